import type { ComponentChildren } from "preact";
import { AlertIcon, CheckIcon, CloseIcon } from "./icons.tsx";

export type Tone = "ok" | "warn" | "bad";

const icons = { ok: CheckIcon, warn: AlertIcon, bad: CloseIcon };

/** The outcome in one line, what it means below it, and what it rests on. */
export function Verdict({ tone, title, children }: { tone: Tone; title: string; children: ComponentChildren }) {
  const Icon = icons[tone];
  return (
    <div class={`verdict ${tone}`}>
      <span class="verdict-sign">
        <Icon />
      </span>
      <div class="verdict-words">
        <h3>{title}</h3>
        {children}
      </div>
    </div>
  );
}
