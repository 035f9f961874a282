import { useEffect, useState } from "preact/hooks";
import type { FrameEvidence, LivenessExplanation, Stillness, TellingPart } from "../api/answers.ts";
import type { ClipVerdict } from "../api/folder.ts";
import type { Judged } from "../views/liveness-view.tsx";
import { SaveButton } from "./exchanges.tsx";
import { percent, signed } from "./numbers.ts";
import { AttackScale } from "./scale.tsx";
import { Timeline } from "./timeline.tsx";
import { Verdict } from "./verdict.tsx";

function bytesOf(base64: string): Blob {
  return new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: "image/jpeg" });
}

function BestShot({ shot }: { shot: NonNullable<ClipVerdict["bestShot"]> }) {
  const [made, setMade] = useState<{ bytes: Blob; url: string } | null>(null);
  useEffect(() => {
    const bytes = bytesOf(shot.base64);
    const url = URL.createObjectURL(bytes);
    setMade({ bytes, url });
    return () => URL.revokeObjectURL(url);
  }, [shot.base64]);
  if (!made) return null;
  return (
    <figure class="best-shot">
      <img src={made.url} alt="Best shot of the clip" />
      <figcaption>
        <b>Best shot</b>
        <span>
          {shot.width} × {shot.height}
        </span>
        <span class="fine">The frame that is best for comparing.</span>
        <SaveButton file={{ name: "best-shot.jpg", type: "image/jpeg", bytes: made.bytes }}>Save it</SaveButton>
      </figcaption>
    </figure>
  );
}

/** What a still face adds to the networks' evidence: nothing where it moves, or the clip is short. */
const stillnessText = ({ added }: Stillness) => (added < 0.05 ? "nothing" : signed(added, 1));

const partName = ({ from, to }: TellingPart) => `What decided: ${from.toFixed(1)} to ${to.toFixed(1)} s`;

/** The evidence behind a verdict, where the server tells it. */
function Evidence({ explain, onLook }: { explain: LivenessExplanation; onLook: (frame: FrameEvidence) => void }) {
  const facts = [
    ...explain.networks.map(({ name, log_odds }): [string, string] => [name, signed(log_odds, 1)]),
    ...(explain.stillness ? [["Stillness adds", stillnessText(explain.stillness)]] : []),
    ...(explain.part ? [[partName(explain.part), signed(explain.part.log_odds, 1)]] : []),
  ];
  return (
    <section class="card" aria-label="Evidence">
      {explain.frames.length > 1 && <Timeline frames={explain.frames} onLook={onLook} />}
      {facts.length > 0 && (
        <dl class="facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <p class="fine">Log-odds of an attack: below 0 speaks for a live person, above 0 for an attack.</p>
    </section>
  );
}

/** What the server thinks of a medium, and why. */
export function LivenessReport({ judged, onLook }: { judged: Judged; onLook: (frame: FrameEvidence) => void }) {
  const { passed, score, threshold, clip, explain } = judged;
  return (
    <>
      <div class="card outcome">
        <Verdict tone={passed ? "ok" : "bad"} title={passed ? "Live person" : "Presentation attack"}>
          <p>
            Attack probability <b class="figure">{percent(score)}</b>, {passed ? "at most" : "above"}{" "}
            {percent(threshold)}
          </p>
          {clip && <p class="fine">{clip.about.join(", ")}</p>}
        </Verdict>
        <AttackScale score={score} threshold={threshold} />
        {!clip && passed && (
          <p class="fine">In single pictures many good prints pass. Record a clip where it matters.</p>
        )}
        {clip && passed && (
          <p class="fine">
            A clip that was made up and sent in a camera's place looks like what it shows. No judgement can tell that.
          </p>
        )}
      </div>
      {explain && <Evidence explain={explain} onLook={onLook} />}
      {clip?.bestShot && <BestShot shot={clip.bestShot} />}
    </>
  );
}
