import { useState } from "preact/hooks";
import type { Candidate, Detection } from "../api/answers.ts";
import { type Exchange, send } from "../api/call.ts";
import { sendIfKnown } from "../api/known.ts";
import { detectFaces, sampleKeys, search } from "../api/methods.ts";
import { joined, type Picture } from "../media/picture.ts";
import { Exchanges } from "../parts/exchanges.tsx";
import { FaceThumb } from "../parts/face-thumb.tsx";
import { GalleryField } from "../parts/gallery-field.tsx";
import { scoreText } from "../parts/numbers.ts";
import { PictureField } from "../parts/picture-field.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { placeOf } from "../parts/score-scale.ts";
import { View } from "../parts/view.tsx";
import { useLatest, useNewest } from "../parts/work.ts";
import { decisions } from "./compare-view.tsx";

interface Ranked {
  picture: Picture;
  candidate: Candidate;
}

/** Results come in the order of the request; here the most similar comes first. */
function ranked(gallery: Picture[], exchange: Exchange | null): Ranked[] {
  if (!exchange || exchange.problem) return [];
  const answer = exchange.answer?.json as { results: Candidate[] } | undefined;
  return (answer?.results ?? [])
    .flatMap((candidate, i) => (gallery[i] ? [{ picture: gallery[i], candidate }] : []))
    .sort((a, b) => b.candidate.score - a.candidate.score);
}

function RankedFace({ rank, entry }: { rank: number; entry: Ranked }) {
  const { tone, word } = decisions[entry.candidate.decision];
  const { score } = entry.candidate;
  return (
    <li class={`ranked ${tone}`}>
      <span class="rank">{rank}</span>
      <FaceThumb picture={entry.picture} alt="" />
      <div class="ranked-words">
        <b class="figure">{scoreText(score)}</b>
        <span class={`chip ${tone}`}>{word}</span>
        <span class="ranked-bar" aria-hidden="true">
          <span style={{ width: `${100 * placeOf(score)}%` }} />
        </span>
        <span class="ranked-name">{entry.picture.name}</span>
      </div>
    </li>
  );
}

function summaryOf(entries: Ranked[]): string {
  const approved = entries.filter((entry) => entry.candidate.decision === "approved").length;
  const all = `${entries.length} ${entries.length === 1 ? "picture" : "pictures"}`;
  if (approved === 0) return `Nobody in ${all} is this person with a score that is approved.`;
  return `${approved} of ${all} ${approved === 1 ? "is" : "are"} approved as this person.`;
}

/** A gallery picture that the server's message names, if it names one: one bad picture refuses the whole request. */
function namedIn(exchange: Exchange | null, gallery: Picture[]): Picture | null {
  const message = exchange?.problem?.message ?? "";
  return gallery.find((picture) => message.includes(`"${picture.name}"`)) ?? null;
}

const probeLabel = "The face to look for";

/** One picture against many, the most similar first. */
export function SearchView({ hidden }: { hidden: boolean }) {
  const [probe, newestProbe, setProbe] = useNewest<Picture | null>(null);
  const [detection, setDetection] = useState<Detection | null>(null);
  const [gallery, newestGallery, setGallery] = useNewest<Picture[]>([]);
  const [exchange, setExchange] = useState<Exchange | null>(null);
  const { busy, start, cancel } = useLatest();
  const run = (nextProbe: Picture | null, nextGallery: Picture[]) => {
    setProbe(nextProbe);
    setGallery(nextGallery);
    setExchange(null);
    if (!nextProbe || nextGallery.length === 0) return cancel();
    start(async (isLatest) => {
      const answer = await send(search(nextProbe, nextGallery));
      if (isLatest()) setExchange(answer);
    });
  };
  const takeProbe = async (picture: Picture) => {
    run(picture, newestGallery());
    setDetection(null);
    const found = await sendIfKnown(detectFaces(picture));
    if (found && !found.problem && newestProbe() === picture) setDetection(found.answer?.json as Detection);
  };
  const leaveOut = (picture: Picture) =>
    run(
      newestProbe(),
      newestGallery().filter((other) => other !== picture),
    );
  const entries = ranked(gallery, exchange);
  const unfit = namedIn(exchange, gallery);
  return (
    <View name="search" title="Search" lead="One face against many: who of them is it?" hidden={hidden}>
      <div class="split search">
        <PictureField
          label={probeLabel}
          hint="Drop a photograph here, or choose one"
          picture={probe}
          detection={detection}
          onPicture={takeProbe}
        />
        <div class="results">
          <GalleryField
            pictures={gallery}
            onAdd={(pictures) => run(newestProbe(), joined(newestGallery(), pictures))}
            onRemove={leaveOut}
            onClear={() => run(newestProbe(), [])}
          />
          <div class="results" aria-live="polite" aria-busy={busy}>
            {busy && <p class="working">Searching …</p>}
            {exchange?.problem && <ProblemNote problem={exchange.problem} labels={{ [sampleKeys[0]]: probeLabel }} />}
            {unfit && (
              <button type="button" class="primary" onClick={() => leaveOut(unfit)}>
                Search without {unfit.name}
              </button>
            )}
            {entries.length > 0 && (
              <section class="card" aria-label="Ranking">
                <h3>{summaryOf(entries)}</h3>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
                <ol class="strip" tabIndex={0} aria-label="The most similar first">
                  {entries.map((entry, i) => (
                    <RankedFace key={entry.picture.url} rank={i + 1} entry={entry} />
                  ))}
                </ol>
                {entries.length > 100 && (
                  <p class="fine">Among more than a hundred pictures, ask for a score of 0.95.</p>
                )}
              </section>
            )}
          </div>
        </div>
      </div>
      <Exchanges exchanges={exchange ? [exchange] : []} />
    </View>
  );
}
