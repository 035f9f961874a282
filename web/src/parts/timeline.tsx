import { useState } from "preact/hooks";
import type { FrameEvidence } from "../api/answers.ts";
import { signed } from "./numbers.ts";

/** Evidence beyond these log-odds is drawn as strong as this. */
const mostLogOdds = 8;

function described(frame: FrameEvidence): string {
  const when = `At ${frame.time.toFixed(2)} s`;
  if (!frame.usable || frame.log_odds === null) return `${when}: not used${frame.reason ? `, ${frame.reason}` : ""}`;
  const meaning = frame.log_odds > 0 ? "speaks for an attack" : "speaks for a live person";
  return `${when}: ${signed(frame.log_odds, 1)}, ${meaning}`;
}

function FrameBar({ frame }: { frame: FrameEvidence }) {
  if (!frame.usable || frame.log_odds === null) return <span class="frame-unused" />;
  const strength = Math.min(1, Math.abs(frame.log_odds) / mostLogOdds);
  return (
    <span
      class={`frame-bar ${frame.log_odds > 0 ? "bad" : "ok"}`}
      style={{ height: `${(50 * strength).toFixed(1)}%` }}
    />
  );
}

interface Props {
  frames: FrameEvidence[];
  /** Called with the frame that the person looks at. */
  onLook: (frame: FrameEvidence) => void;
}

/** The evidence frame by frame; each can be looked at. */
export function Timeline({ frames, onLook }: Props) {
  const [chosen, setChosen] = useState<FrameEvidence | null>(null);
  const look = (frame: FrameEvidence) => {
    setChosen(frame);
    onLook(frame);
  };
  return (
    <figure class="timeline">
      <figcaption>Evidence frame by frame</figcaption>
      <div class="timeline-axis" aria-hidden="true">
        <span>attack</span>
        <span>live</span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div class="timeline-frames" role="group" aria-label="Frames that were looked at">
        {frames.map((frame) => (
          <button
            key={frame.number}
            type="button"
            aria-label={described(frame)}
            aria-pressed={frame === chosen}
            onClick={() => look(frame)}
            onFocus={() => look(frame)}
            onPointerEnter={() => look(frame)}
          >
            <FrameBar frame={frame} />
          </button>
        ))}
      </div>
      <p class="timeline-words">{chosen ? described(chosen) : "Point at a frame to see it."}</p>
    </figure>
  );
}
