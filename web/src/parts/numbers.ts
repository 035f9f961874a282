/** Numbers as people read them. */

/** "1 in 50,000" for a rate between 0 and 1, to two significant digits. */
export function oneIn(rate: number): string {
  const count = Number((1 / rate).toPrecision(2));
  return `1 in ${count.toLocaleString("en")}`;
}

/** To so many digits, cut off: a score just below a threshold never reads as one that reaches it. */
function cut(value: number, digits: number, style: "decimal" | "percent"): string {
  const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const format = new Intl.NumberFormat("en", { ...fraction, style, roundingMode: "trunc" });
  return format.format(`${value}`); // as a text its digits are those that are seen, not the binary fraction's
}

/** A share as per cent, with as many digits as tell it from 0 and 100. */
export function percent(share: number): string {
  const digits = share < 0.001 || share > 0.999 ? 3 : share < 0.01 || share > 0.99 ? 2 : 1;
  return cut(share, digits, "percent").replace(/(\.0+)?%$/, " %");
}

/** A score as the server writes it, to four digits, never rounded up to 1. */
export function scoreText(score: number): string {
  return score === 1 ? "1.0" : cut(score, 4, "decimal");
}

export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** A length of time in milliseconds. */
export function timeText(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** "inter_eye_distance" as "Inter eye distance". */
export function wordsOf(key: string): string {
  const words = key.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A number with its sign, with a true minus. */
export function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 ? `−${text}` : `+${text}`;
}
