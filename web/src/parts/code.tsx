import { useState } from "preact/hooks";
import { CheckIcon, CopyIcon } from "./icons.tsx";

export type Language = "curl" | "Python" | "JavaScript" | "JSON";

const text = /("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')/.source;
const value = /\b(true|false|null|None|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\b/.source;

/** Strings, words of the language, values; in this order, as groups of one expression. */
const tokens: Record<Language, RegExp> = {
  curl: new RegExp(`${text}|(^curl\\b|(?<=\\s)--?[a-zA-Z-]+)`, "gm"),
  Python: new RegExp(`${text}|\\b(import|with|as|open|print)\\b|${value}`, "g"),
  JavaScript: new RegExp(`${text}|\\b(import|from|const|await|new)\\b|${value}`, "g"),
  JSON: new RegExp(`("(?:\\\\.|[^"\\\\])*"(?!\\s*:))|("(?:\\\\.|[^"\\\\])*"(?=\\s*:))|${value}`, "g"),
};

const classes = ["text", "word", "value"];

function coloured(code: string, language: Language) {
  const pieces = [];
  let end = 0;
  for (const match of code.matchAll(tokens[language])) {
    const kind = match.slice(1, 4).findIndex((group) => group !== undefined);
    pieces.push(code.slice(end, match.index), <span class={`code-${classes[kind]}`}>{match[0]}</span>);
    end = match.index + match[0].length;
  }
  return [...pieces, code.slice(end)];
}

/** Code in colours, with a button that copies `copied`, by default the code itself. */
export function Code({
  code,
  language,
  label,
  copied = code,
}: {
  code: string;
  language: Language;
  label: string;
  copied?: string;
}) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(copied);
    setDone(true);
    setTimeout(() => setDone(false), 1500);
  };
  return (
    <div class="code">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="code-frame" tabIndex={0} aria-label={label}>
        <pre>
          <code>{coloured(code, language)}</code>
        </pre>
      </section>
      <button type="button" class="copy" onClick={copy} aria-label={`Copy ${label}`}>
        {done ? <CheckIcon /> : <CopyIcon />}
        <span aria-live="polite">{done ? "Copied" : "Copy"}</span>
      </button>
    </div>
  );
}
