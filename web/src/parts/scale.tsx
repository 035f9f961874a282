import type { RatePoint } from "../api/answers.ts";
import { oneIn, scoreText } from "./numbers.ts";
import { placeOf, type Tick, worstRates } from "./score-scale.ts";
import { Ticks } from "./ticks.tsx";

const left = (score: number) => ({ left: `${(100 * placeOf(score)).toFixed(2)}%` });

/** Moves a text at this place so that it stays on the scale. */
const kept = (score: number) => ({ transform: `translateX(${(-100 * placeOf(score)).toFixed(0)}%)` });

interface Zone {
  from: number;
  to: number;
  name: string;
  tone: "ok" | "warn" | "bad";
}

interface Props {
  /** The scale in words, for those who do not see it. */
  label: string;
  score: number;
  zones: Zone[];
  /** Where the zones meet, and what else can be told of the scale. */
  thresholds: number[];
  others: Tick[];
}

function ZoneView({ zone }: { zone: Zone }) {
  const width = { width: `${(100 * (placeOf(zone.to) - placeOf(zone.from))).toFixed(2)}%` };
  return (
    <div class={`scale-zone ${zone.tone}`} style={{ ...left(zone.from), ...width }}>
      <span>{zone.name}</span>
    </div>
  );
}

function Scale({ label, score, zones, thresholds, others }: Props) {
  return (
    <div class="scale" role="img" aria-label={label}>
      <div class="scale-needle" style={left(score)}>
        <span style={kept(score)}>{scoreText(score)}</span>
      </div>
      <div class="scale-bar">
        {zones
          .filter((zone) => zone.to > zone.from)
          .map((zone) => (
            <ZoneView key={zone.name} zone={zone} />
          ))}
      </div>
      <Ticks score={score} thresholds={thresholds} others={others} />
    </div>
  );
}

interface Thresholds {
  approve: number;
  decline: number;
}

/** The comparison's scale: the zones of the decisions, and below it the false match rates that were measured. */
export function ComparisonScale({
  score,
  thresholds,
  rates,
}: {
  score: number;
  thresholds: Thresholds;
  rates: RatePoint[];
}) {
  const { approve, decline } = thresholds;
  const zones: Zone[] = [
    { from: 0, to: decline, name: "declined", tone: "bad" },
    { from: decline, to: approve, name: "operator", tone: "warn" },
    { from: approve, to: 1, name: "approved", tone: "ok" },
  ];
  const measured = [...worstRates(rates)].filter(([, rate]) => rate > 0);
  const meant = measured.map(([at, rate]) => ({ at, meaning: oneIn(rate) }));
  const others = [...meant, { at: 0.01 }, { at: 0.99 }];
  const label = `Score ${scoreText(score)} on a scale from 0 to 1: declined below ${decline}, approved from ${approve}.`;
  return <Scale label={label} score={score} zones={zones} thresholds={[approve, decline]} others={others} />;
}

/** The scale of attack probability. */
export function AttackScale({ score, threshold }: { score: number; threshold: number }) {
  const zones: Zone[] = [
    { from: 0, to: threshold, name: "live", tone: "ok" },
    { from: threshold, to: 1, name: "attack", tone: "bad" },
  ];
  const label = `Attack probability ${scoreText(score)} on a scale from 0 to 1: an attack above ${threshold}.`;
  const others = [{ at: 0.01 }, { at: 0.99 }];
  return <Scale label={label} score={score} zones={zones} thresholds={[threshold]} others={others} />;
}
