import type { Call, NamedFile, Part } from "./call.ts";

/** A call as other clients would send it: the same method, path, parts, names and content types. */
export interface Snippet {
  language: "curl" | "Python" | "JavaScript";
  code: string;
}

const quoted = (text: string) => JSON.stringify(text);

/** For a POSIX shell; what is plain stays as it is. */
function forShell(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A file name as curl's -F takes it: between quotes where it would be read as more than a name. */
const forForm = (name: string) => (/[;,"\\]/.test(name) ? quoted(name) : name);

function partForCurl(part: Part): string {
  if ("text" in part) return `${part.name}=${part.text}`;
  return `${part.name}=@${forForm(part.file.name)};type=${part.file.type}`;
}

function contentForCurl(call: Call): string[] {
  if (!call.content) return [];
  if ("form" in call.content) return call.content.form.map((part) => `-F ${forShell(partForCurl(part))}`);
  const { name, type } = call.content.body;
  return [`-H ${forShell(`Content-Type: ${type}`)}`, `--data-binary ${forShell(`@${name}`)}`];
}

function curl(call: Call, address: string): string {
  const keep = call.answerName ? [`-o ${forShell(call.answerName)}`] : [];
  return ["curl", ...contentForCurl(call), ...keep, forShell(address)].join(" \\\n  ").replace("curl \\\n  ", "curl ");
}

function partForPython(part: Part): string {
  if ("text" in part) return `    (${quoted(part.name)}, (None, ${quoted(part.text)})),`;
  const { name, type } = part.file;
  return `    (${quoted(part.name)}, (${quoted(name)}, open(${quoted(name)}, "rb"), ${quoted(type)})),`;
}

function python(call: Call, address: string): string {
  const lines = ["import requests", ""];
  if (!call.content) {
    lines.push(`answer = requests.get(${quoted(address)})`);
  } else if ("form" in call.content) {
    lines.push("parts = [", ...call.content.form.map(partForPython), "]");
    lines.push(`answer = requests.post(${quoted(address)}, files=parts)`);
  } else {
    const { name, type } = call.content.body;
    lines.push(`with open(${quoted(name)}, "rb") as file:`, "    answer = requests.post(");
    lines.push(`        ${quoted(address)},`, `        headers={"Content-Type": ${quoted(type)}},`);
    lines.push("        data=file,", "    )");
  }
  const keep = `open(${quoted(call.answerName ?? "")}, "wb").write(answer.content)`;
  return [...lines, call.answerName ? keep : "print(answer.json())"].join("\n");
}

const blobOf = (file: NamedFile) => `await openAsBlob(${quoted(file.name)}, { type: ${quoted(file.type)} })`;

function partForJavaScript(part: Part): string {
  const value = "text" in part ? quoted(part.text) : `${blobOf(part.file)}, ${quoted(part.file.name)}`;
  return `form.append(${quoted(part.name)}, ${value});`;
}

function javaScript(call: Call, address: string): string {
  const lines: string[] = [];
  if (call.content) lines.push('import { openAsBlob } from "node:fs";');
  if (call.answerName) lines.push('import { writeFile } from "node:fs/promises";');
  if (lines.length > 0) lines.push("");
  if (!call.content) {
    lines.push(`const answer = await fetch(${quoted(address)});`);
  } else if ("form" in call.content) {
    lines.push("const form = new FormData();", ...call.content.form.map(partForJavaScript));
    lines.push(`const answer = await fetch(${quoted(address)}, { method: "POST", body: form });`);
  } else {
    const { body } = call.content;
    lines.push(`const answer = await fetch(${quoted(address)}, {`, '  method: "POST",');
    lines.push(`  headers: { "Content-Type": ${quoted(body.type)} },`, `  body: ${blobOf(body)},`, "});");
  }
  const keep = `await writeFile(${quoted(call.answerName ?? "")}, new Uint8Array(await answer.arrayBuffer()));`;
  return [...lines, call.answerName ? keep : "console.log(await answer.json());"].join("\n");
}

/** The call in each language; `origin` is the server's address without a slash at its end. */
export function snippets(call: Call, origin: string): Snippet[] {
  const address = origin + call.path;
  return [
    { language: "curl", code: curl(call, address) },
    { language: "Python", code: python(call, address) },
    { language: "JavaScript", code: javaScript(call, address) },
  ];
}

/** The files that a call sends, once each. */
export function filesOf(call: Call): NamedFile[] {
  if (!call.content) return [];
  if ("body" in call.content) return [call.content.body];
  return call.content.form.flatMap((part) => ("file" in part ? [part.file] : []));
}
