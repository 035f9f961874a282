import { useState } from "preact/hooks";
import type { Comparison, Decision, Detection, Facts } from "../api/answers.ts";
import { type Exchange, send } from "../api/call.ts";
import { sendIfKnown } from "../api/known.ts";
import { compare, detectFaces, sampleKeys } from "../api/methods.ts";
import type { Picture } from "../media/picture.ts";
import { Exchanges } from "../parts/exchanges.tsx";
import { oneIn, scoreText } from "../parts/numbers.ts";
import { PictureField } from "../parts/picture-field.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { Dial, noAdvice } from "../parts/quality-card.tsx";
import { ComparisonScale } from "../parts/scale.tsx";
import { worstRates } from "../parts/score-scale.ts";
import { type Tone, Verdict } from "../parts/verdict.tsx";
import { View } from "../parts/view.tsx";
import { useLatest, useNewest } from "../parts/work.ts";

export const decisions: Record<Decision, { tone: Tone; title: string; word: string }> = {
  approved: { tone: "ok", title: "The same person", word: "approved" },
  operator_required: { tone: "warn", title: "Let a person decide", word: "operator" },
  declined: { tone: "bad", title: "Different people", word: "declined" },
};

/** What the score means in false matches: the server's own estimate, or else the nearest rate that was measured. */
function meaningOf({ score, explain }: Comparison, facts: Facts | null): string {
  if (explain?.false_match_rate)
    return `About ${oneIn(explain.false_match_rate)} pairs of different people score as high.`;
  if (explain?.false_match_rate_below)
    return `Fewer than ${oneIn(explain.false_match_rate_below)} pairs of different people score as high.`;
  const reached = [...worstRates(facts?.calibration?.rates ?? [])].filter(([at, rate]) => at <= score && rate > 0);
  const highest = reached.sort(([a], [b]) => b - a)[0];
  if (!highest) return "";
  return `At most ${oneIn(highest[1])} pairs of different people reached ${highest[0]} on the sets that were measured.`;
}

function Outcome({ comparison, facts }: { comparison: Comparison; facts: Facts | null }) {
  const { tone, title, word } = decisions[comparison.decision];
  const { explain } = comparison;
  const thresholds = {
    approve: explain?.approve_threshold ?? facts?.thresholds.approve ?? 0.85,
    decline: explain?.decline_threshold ?? facts?.thresholds.decline ?? 0.5,
  };
  return (
    <div class="card outcome">
      <Verdict tone={tone} title={title}>
        <p>
          Score <b class="figure">{scoreText(comparison.score)}</b>, <span class={`chip ${tone}`}>{word}</span>
        </p>
        <p>{meaningOf(comparison, facts)}</p>
      </Verdict>
      <ComparisonScale score={comparison.score} thresholds={thresholds} rates={facts?.calibration?.rates ?? []} />
      <p class="fine">
        Below the scale: how often pairs of different people reached a score, on the worst of the sets that this model
        pack was measured on. Your people and cameras may differ.
      </p>
    </div>
  );
}

function QualityOf({ comparison, index }: { comparison: Comparison | null; index: number }) {
  const quality = comparison?.explain?.quality?.[index];
  if (!quality) return null;
  return (
    <div class="small-quality">
      <Dial score={quality.unified_score} label="Quality" />
      <p>{quality.advice[0] ?? noAdvice}</p>
    </div>
  );
}

const slots = ["First face", "Second face"] as const;
const labels = { [sampleKeys[0]]: slots[0], [sampleKeys[1]]: slots[1] };

/** Two pictures: are they of one person? */
export function CompareView({ hidden, facts }: { hidden: boolean; facts: Facts | null }) {
  const [pictures, newest, setPictures] = useNewest<(Picture | null)[]>([null, null]);
  const [detections, setDetections] = useState<(Detection | null)[]>([null, null]);
  const [exchange, setExchange] = useState<Exchange | null>(null);
  const { busy, start } = useLatest();
  const detect = async (picture: Picture, slot: number) => {
    const found = await sendIfKnown(detectFaces(picture));
    const detection = found && !found.problem ? (found.answer?.json as Detection) : null;
    if (newest()[slot] === picture) setDetections((last) => last.with(slot, detection));
  };
  const put = (picture: Picture, slot: number) => {
    const both = newest().with(slot, picture);
    setPictures(both);
    setDetections((last) => last.with(slot, null));
    setExchange(null);
    detect(picture, slot);
    const [first, second] = both;
    if (!first || !second) return;
    start(async (isLatest) => {
      const answer = await send(compare(first, second));
      if (isLatest()) setExchange(answer);
    });
  };
  const comparison = exchange && !exchange.problem ? (exchange.answer?.json as Comparison) : null;
  return (
    <View name="compare" title="Compare" lead="Two pictures: are they of the same person?" hidden={hidden}>
      <div class="pair">
        {slots.map((label, slot) => (
          <div key={label}>
            <PictureField
              label={label}
              hint="Drop a photograph here, or choose one"
              picture={pictures[slot] ?? null}
              detection={detections[slot] ?? null}
              onPicture={(picture) => put(picture, slot)}
            />
            <QualityOf comparison={comparison} index={slot} />
          </div>
        ))}
      </div>
      <div aria-live="polite" aria-busy={busy}>
        {busy && <p class="working">Comparing …</p>}
        {exchange?.problem && <ProblemNote problem={exchange.problem} labels={labels} />}
        {comparison && <Outcome comparison={comparison} facts={facts} />}
      </div>
      <Exchanges exchanges={exchange ? [exchange] : []} />
    </View>
  );
}
