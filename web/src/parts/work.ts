import { useRef, useState } from "preact/hooks";

/** Work of which only the latest counts: what an earlier one still brings is dropped. */
export function useLatest(): {
  busy: boolean;
  start: (work: (isLatest: () => boolean) => Promise<void>) => void;
  cancel: () => void;
} {
  const round = useRef(0);
  const [busy, setBusy] = useState(false);
  const start = async (work: (isLatest: () => boolean) => Promise<void>) => {
    const mine = ++round.current;
    setBusy(true);
    await work(() => mine === round.current);
    if (mine === round.current) setBusy(false);
  };
  const cancel = () => {
    round.current += 1;
    setBusy(false);
  };
  return { busy, start, cancel };
}

/** State whose newest value can be read at any time: work that began before the last drawing finds what came after it. */
export function useNewest<T>(first: T): [T, () => T, (next: T) => void] {
  const [drawn, draw] = useState(first);
  const newest = useRef(first);
  const set = (next: T) => {
    newest.current = next;
    draw(next);
  };
  return [drawn, () => newest.current, set];
}
