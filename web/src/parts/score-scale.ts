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

/** What a scale has room for: its width, and those of its labels, in pixels. */
export interface Room {
  width: number;
  widthOf: (label: string) => number;
}

/** A tick that has its place. */
export interface PlacedTick extends Tick {
  /** By how many pixels its labels are moved so that they stay on the scale. */
  shift: number;
  /** The line below the numbers, from 0, on which its meaning stands. */
  line: number;
}

/** In pixels: between labels beside each other, and the width below which a scale holds the most important only. */
const [gap, narrow] = [6, 480];

/** The nearest below and above, of those whose meaning is known if any is. */
function neighbours(score: number, ticks: Tick[]): Tick[] {
  const known = ticks.some((tick) => tick.meaning) ? ticks.filter((tick) => tick.meaning) : ticks;
  const sorted = known.toSorted((a, b) => a.at - b.at);
  return [sorted.findLast((tick) => tick.at <= score), sorted.find((tick) => tick.at > score)].filter((tick) => !!tick);
}

/** A label on its line, in pixels. */
interface Label {
  middle: number;
  width: number;
}

const areApart = (a: Label, b: Label) => Math.abs(a.middle - b.middle) >= (a.width + b.width) / 2 + gap;

/**
 * The ticks whose labels have room without touching: first the thresholds, then the score's neighbours, then others,
 * which a narrow scale goes without. Numbers stand on one line; meanings on one too, or where the important ones are
 * close to each other on two. What has no room is left out, of the important ones the meaning alone if that is enough.
 */
export function placedTicks(room: Room, score: number, thresholds: number[], others: Tick[]): PlacedTick[] {
  const limits = [...new Set(thresholds)].map((at) => others.find((tick) => tick.at === at) ?? { at });
  const important = [...limits, ...neighbours(score, others)];
  const wanted = new Set(room.width < narrow ? important : [...important, ...others]);
  const numbers: Label[] = [];
  const meanings: [Label[], Label[]] = [[], []];
  const placed: PlacedTick[] = [];
  for (const tick of wanted) {
    const [number, meaning] = [`${tick.at}`, tick.meaning ?? ""].map(room.widthOf) as [number, number];
    const half = Math.max(number, meaning) / 2;
    const drawn = placeOf(tick.at) * room.width;
    const middle = Math.min(Math.max(drawn, half), room.width - half);
    if (!numbers.every((other) => areApart({ middle, width: number }, other))) continue;
    const isImportant = important.includes(tick);
    const lines = isImportant ? meanings : meanings.slice(0, 1);
    const line = lines.findIndex((labels) => labels.every((other) => areApart({ middle, width: meaning }, other)));
    if (line < 0 && !isImportant) continue;
    numbers.push({ middle, width: number });
    if (tick.meaning) meanings[line]?.push({ middle, width: meaning });
    placed.push({ ...(line < 0 ? { at: tick.at } : tick), shift: middle - drawn, line: Math.max(line, 0) });
  }
  return placed.sort((a, b) => a.at - b.at);
}

/** For each score that a pack has rates for, the highest false match rate that was measured there on any set. */
export function worstRates(rates: RatePoint[]): Map<number, number> {
  const worst = new Map<number, number>();
  for (const { score, fmr } of rates) worst.set(score, Math.max(fmr, worst.get(score) ?? 0));
  return worst;
}
