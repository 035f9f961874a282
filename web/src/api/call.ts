import { type Problem, problemOf, unreachable } from "./problem.ts";

/** Bytes under the name that a client would send them by. */
export interface NamedFile {
  name: string;
  type: string;
  bytes: Blob;
}

/** A part of a form: a file, or a text without a content type. */
export type Part = { name: string; file: NamedFile } | { name: string; text: string };

/** A request, complete enough to be sent and to be written down for other clients. */
export interface Call {
  title: string;
  method: "GET" | "POST";
  path: string;
  content?: { body: NamedFile } | { form: Part[] };
  /** The name under which other clients keep the answer, when it is no JSON. */
  answerName?: string;
}

export interface Answer {
  status: number;
  milliseconds: number;
  requestId: string;
  contentType: string;
  bytes: Blob;
  /** Null where the answer is no JSON; `text` is the JSON as it came, in which 1.0 is not 1. */
  json: unknown;
  text: string;
}

/** A call that was sent, and what came of it; `problem` is null where it went well. */
export interface Exchange {
  call: Call;
  answer: Answer | null;
  problem: Problem | null;
}

function requestOf(call: Call): RequestInit {
  if (!call.content) return { method: call.method };
  if ("body" in call.content) {
    const { type, bytes } = call.content.body;
    return { method: call.method, headers: { "Content-Type": type }, body: bytes };
  }
  const form = new FormData();
  for (const part of call.content.form) {
    if ("text" in part) form.append(part.name, part.text);
    else form.append(part.name, new File([part.file.bytes], part.file.name, { type: part.file.type }));
  }
  return { method: call.method, body: form };
}

async function answerOf(response: Response, started: number): Promise<Answer> {
  const bytes = await response.blob();
  const milliseconds = performance.now() - started;
  const contentType = response.headers.get("Content-Type") ?? "";
  const requestId = response.headers.get("X-Request-ID") ?? "";
  const isJson = contentType.startsWith("application/json");
  const text = isJson ? await bytes.text() : "";
  const json = isJson ? JSON.parse(text) : null;
  return { status: response.status, milliseconds, requestId, contentType, bytes, json, text };
}

/** Sends the call. Never throws: what goes wrong is the exchange's problem. */
export async function send(call: Call): Promise<Exchange> {
  const started = performance.now();
  try {
    const answer = await answerOf(await fetch(call.path, requestOf(call)), started);
    return { call, answer, problem: answer.status === 200 ? null : problemOf(answer) };
  } catch {
    return { call, answer: null, problem: unreachable };
  }
}
