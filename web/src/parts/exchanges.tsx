import type { Answer, Exchange, NamedFile } from "../api/call.ts";
import { filesOf, snippets } from "../api/snippets.ts";
import { Code } from "./code.tsx";
import { DownloadIcon } from "./icons.tsx";
import { indented, shortened } from "./json-text.ts";
import { bytesText, timeText } from "./numbers.ts";
import { Tabs } from "./tabs.tsx";

/** Saves bytes as a file of the person's. */
export function save(file: NamedFile) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file.bytes);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A button that saves a file. */
export function SaveButton({ file, children }: { file: NamedFile; children: string }) {
  return (
    <button type="button" class="quiet" onClick={() => save(file)}>
      <DownloadIcon />
      {children}
    </button>
  );
}

function AnswerView({ answer, title }: { answer: Answer; title: string }) {
  return (
    <>
      <p class="answer-line">
        <span class={`chip ${answer.status === 200 ? "ok" : "bad"}`}>{answer.status}</span>
        <span>{timeText(answer.milliseconds)}</span>
        <span>{bytesText(answer.bytes.size)}</span>
        <span>{answer.contentType}</span>
      </p>
      {answer.json === null ? (
        <p class="fine">Bytes that only the server reads. Keep them as they are.</p>
      ) : (
        <Code
          code={shortened(indented(answer.text))}
          copied={indented(answer.text)}
          language="JSON"
          label={`the answer to “${title}”`}
        />
      )}
    </>
  );
}

/** Files that only this page has, because its camera took them or it converted them. */
function MadeHere({ files }: { files: NamedFile[] }) {
  const made = files.filter((file) => !(file.bytes instanceof File));
  if (made.length === 0) return null;
  return (
    <p class="made-here">
      {made.map((file) => (
        <SaveButton key={file.name} file={file}>{`Save ${file.name}`}</SaveButton>
      ))}
      <span class="fine">to send it yourself</span>
    </p>
  );
}

function ExchangeView({ exchange }: { exchange: Exchange }) {
  const { call, answer } = exchange;
  return (
    <div class="exchange">
      <section class="exchange-side" aria-label={`Request: ${call.title}`}>
        <h4>
          <span class="verb">{call.method}</span> <code>{call.path}</code>
        </h4>
        <Tabs
          label="Language"
          tabs={snippets(call, location.origin).map(({ language, code }) => ({
            name: language,
            content: <Code code={code} language={language} label={`the request in ${language}`} />,
          }))}
        />
        <MadeHere files={filesOf(call)} />
      </section>
      <section class="exchange-side" aria-label={`Answer: ${call.title}`}>
        <h4>Answer</h4>
        {answer ? <AnswerView answer={answer} title={call.title} /> : <p class="fine">There was none.</p>}
      </section>
    </div>
  );
}

/** The requests behind what a view shows, ready to be sent from elsewhere, and their answers in full. */
export function Exchanges({ exchanges }: { exchanges: Exchange[] }) {
  if (exchanges.length === 0) return null;
  return (
    <section class="card exchanges" aria-label="Requests and answers">
      <h3>The same from your own code</h3>
      {exchanges.length === 1 && exchanges[0] ? (
        <ExchangeView exchange={exchanges[0]} />
      ) : (
        <Tabs
          label="Step"
          tabs={exchanges.map((exchange) => ({
            name: exchange.call.title,
            content: <ExchangeView exchange={exchange} />,
          }))}
        />
      )}
    </section>
  );
}
