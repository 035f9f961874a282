const token = /"(?:\\.|[^"\\])*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** JSON text with a line for each value, every value as it was written. */
export function indented(json: string): string {
  let text = "";
  let depth = 0;
  let last = "";
  const newLine = () => `\n${"  ".repeat(depth)}`;
  for (const [word] of json.matchAll(token)) {
    const opens = last === "{" || last === "[";
    if (word === "}" || word === "]") {
      depth -= 1;
      text += opens ? word : newLine() + word;
    } else if (word === ",") {
      text += word;
    } else if (word === ":") {
      text += ": ";
    } else {
      if (opens || last === ",") text += newLine();
      text += word;
      if (word === "{" || word === "[") depth += 1;
    }
    last = word;
  }
  return text;
}

const mostShown = 120;

/** With the middle of long strings, such as pictures in base64, left out. */
export function shortened(json: string): string {
  return json.replace(/"(?:\\.|[^"\\])*"/g, (text) =>
    text.length > mostShown ? `${text.slice(0, 40)}… (${text.length - 2} characters)"` : text,
  );
}
