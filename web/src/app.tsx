import { useEffect, useState } from "preact/hooks";
import { CompareIcon, FaceIcon, LivenessIcon, SearchIcon, ServerIcon } from "./parts/icons.tsx";
import type { ViewName } from "./parts/view.tsx";
import { type ServerState, useServer } from "./server.ts";
import mark from "./style/mark.svg";
import { ThemeButton } from "./theme.tsx";
import { CompareView } from "./views/compare-view.tsx";
import { FaceView } from "./views/face-view.tsx";
import { LivenessView } from "./views/liveness-view.tsx";
import { SearchView } from "./views/search-view.tsx";
import { ServerView } from "./views/server-view.tsx";

const views: { name: ViewName; label: string; Icon: typeof FaceIcon }[] = [
  { name: "face", label: "Face", Icon: FaceIcon },
  { name: "compare", label: "Compare", Icon: CompareIcon },
  { name: "search", label: "Search", Icon: SearchIcon },
  { name: "liveness", label: "Liveness", Icon: LivenessIcon },
  { name: "server", label: "Server", Icon: ServerIcon },
];

const viewInAddress = () => views.find(({ name }) => `#${name}` === location.hash)?.name;

/** The view that the address names; its title gets the focus when it changes, so that screen readers say it. */
function useView(): ViewName {
  const [view, setView] = useState<ViewName>(() => viewInAddress() ?? "face");
  useEffect(() => {
    const go = () => setView((last) => viewInAddress() ?? last);
    addEventListener("hashchange", go);
    return () => removeEventListener("hashchange", go);
  }, []);
  const [first, setFirst] = useState(true);
  useEffect(() => {
    document.title = `${views.find(({ name }) => name === view)?.label} · faceward console`;
    if (!first) document.getElementById(`title-${view}`)?.focus({ preventScroll: true });
    if (!first) scrollTo(0, 0);
    setFirst(false);
  }, [view]);
  return view;
}

function statusOf(server: ServerState | null): { tone: string; words: string } {
  if (!server) return { tone: "", words: "Asking …" };
  if (!server.pattern) return { tone: "bad", words: "No answer" };
  if (server.pattern.status !== 0) return { tone: "warn", words: "Not ready" };
  if (server.liveness?.status !== 0) return { tone: "warn", words: "Ready, without liveness" };
  return { tone: "ok", words: "Ready" };
}

function Status({ server }: { server: ServerState | null }) {
  const { tone, words } = statusOf(server);
  return (
    <a class={`status ${tone}`} href="#server">
      <span class="dot" aria-hidden="true" />
      <span role="status">
        <span class="unseen">Server: </span>
        {words}
      </span>
    </a>
  );
}

export function App() {
  const view = useView();
  const { server, refresh } = useServer();
  const facts = server?.facts ?? null;
  return (
    <>
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <header class="top">
        <h1>
          <img src={mark} alt="" width="28" height="28" />
          faceward
        </h1>
        <nav aria-label="Views">
          {views.map(({ name, label, Icon }) => (
            <a key={name} href={`#${name}`} {...(name === view ? { "aria-current": "page" as const } : {})}>
              <Icon />
              {label}
            </a>
          ))}
        </nav>
        <div class="top-end">
          <Status server={server} />
          <ThemeButton />
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        <FaceView hidden={view !== "face"} facts={facts} />
        <CompareView hidden={view !== "compare"} facts={facts} />
        <SearchView hidden={view !== "search"} />
        <LivenessView hidden={view !== "liveness"} facts={facts} />
        <ServerView hidden={view !== "server"} server={server} onRefresh={refresh} />
      </main>
    </>
  );
}
