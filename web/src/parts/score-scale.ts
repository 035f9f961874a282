import type { RatePoint } from "../api/answers.ts";

/** The scale ends at these log-odds, scores of 0.0025 and 0.9975; what lies beyond is drawn at its end. */
const mostLogOdds = 6;

/**
 * Where a score lies, 0 to 1, from left to right. Linear in log-odds: on that scale similarity is linear too, and what
 * matters, the scores near 1, is not squeezed together.
 */
export function placeOf(score: number): number {
  const logOdds = Math.log(score / (1 - score));
  return (Math.min(mostLogOdds, Math.max(-mostLogOdds, logOdds)) + mostLogOdds) / (2 * mostLogOdds);
}

export interface Tick {
  at: number;
  /** What is known of this score, below it. */
  meaning?: string;
}

/** Thresholds keep their ticks; others that would stand on top of them go. */
export function clearTicks(thresholds: number[], others: Tick[]): Tick[] {
  const apart = 0.055;
  const ticks: Tick[] = thresholds.map((at) => others.find((tick) => tick.at === at) ?? { at });
  for (const tick of others)
    if (ticks.every((kept) => Math.abs(placeOf(kept.at) - placeOf(tick.at)) > apart)) ticks.push(tick);
  return ticks.sort((a, b) => a.at - b.at);
}

/** For each score that a pack has rates for, the highest false match rate that was measured there on any set. */
export function worstRates(rates: RatePoint[]): Map<number, number> {
  const worst = new Map<number, number>();
  for (const { score, fmr } of rates) worst.set(score, Math.max(fmr, worst.get(score) ?? 0));
  return worst;
}
