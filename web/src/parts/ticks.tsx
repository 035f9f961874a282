import type { CSSProperties } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { placedTicks, placeOf, type Room, type Tick } from "./score-scale.ts";

/** The room below a scale, as wide as it is now. */
function useRoom() {
  const below = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<Room | null>(null);
  useLayoutEffect(() => {
    const element = below.current;
    const context = document.createElement("canvas").getContext("2d");
    if (!element || !context) return;
    const widthOf = (label: string) => context.measureText(label).width;
    const observer = new ResizeObserver(() => {
      const { fontWeight, fontSize, fontFamily } = getComputedStyle(element);
      context.font = `${fontWeight} ${fontSize} ${fontFamily}`;
      setRoom({ width: element.clientWidth, widthOf });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { below, room };
}

interface Props {
  score: number;
  thresholds: number[];
  others: Tick[];
}

/** Numbers below a scale and what is known of them, as many as have room. */
export function Ticks({ score, thresholds, others }: Props) {
  const { below, room } = useRoom();
  const ticks = room ? placedTicks(room, score, thresholds, others) : [];
  const lines = Math.max(0, ...ticks.map(({ meaning, line }) => (meaning ? line + 1 : 0)));
  return (
    <div ref={below} class="scale-ticks" style={{ "--lines": lines } as CSSProperties}>
      {ticks.map(({ at, meaning, shift, line }) => (
        <div
          key={at}
          class="scale-tick"
          style={
            { left: `${(100 * placeOf(at)).toFixed(2)}%`, "--shift": `${shift}px`, "--line": line } as CSSProperties
          }
        >
          <b>{at}</b>
          {meaning ? <i>{meaning}</i> : null}
        </div>
      ))}
    </div>
  );
}
