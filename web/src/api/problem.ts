import type { Answer } from "./call.ts";

/** Something that went wrong, as a person wants to be told it. */
export interface Problem {
  title: string;
  advice: string;
  /** The protocol's code and the server's own words; empty where there was no answer. */
  code: string;
  message: string;
  requestId: string;
}

type Words = Pick<Problem, "title" | "advice">;

const again: Words = {
  title: "The server could not do this",
  advice: "Look at the server page: if its health is good, try again, and tell the operator the request's number.",
};

const misunderstood: Words = {
  title: "The server did not understand the request",
  advice: "This page may be of another version than the server. Reload it.",
};

/** By the protocol's code without its group (BPE, LDE), or by the server's own. */
const byCode: Record<string, Words> = {
  "001001": again,
  "001002": {
    title: "The models are not ready",
    advice: "They are loading, or failed their self-test. The server page tells which; it tries them again by itself.",
  },
  "002001": misunderstood,
  "002002": misunderstood,
  "002003": {
    title: "This picture cannot be read",
    advice: "Send a complete JPEG or PNG picture.",
  },
  "002004": {
    title: "This template cannot be compared",
    advice: "It is damaged, or of other models than the server's. Make it anew from a picture.",
  },
  "002005": {
    title: "The server does not take this kind of file here",
    advice: "Send JPEG or PNG pictures.",
  },
  "002006": misunderstood,
  "003001": {
    title: "The face cannot be measured",
    advice: "A face was found, but it is too small or too blurred. Use a larger or sharper picture.",
  },
  "003002": {
    title: "No face in this picture",
    advice: "Use a picture in which a face is seen from the front, not covered, not cut off and not in the dark.",
  },
  "003003": {
    title: "More than one person in this picture",
    advice: "Crop it so that only one person is left, or have the others step aside.",
  },
  "SRV-400": misunderstood,
  "SRV-404": {
    title: "This server does not have the method",
    advice: "It may be of an older version.",
  },
  "SRV-408": { title: "Sending took too long", advice: "Send a smaller file, or try again on a faster connection." },
  "SRV-413": {
    title: "Too large for this server",
    advice: "Send smaller or fewer files, or have max_body_bytes raised.",
  },
  "SRV-431": misunderstood,
  "SRV-503": { title: "The server is busy", advice: "All its workers are taken. Try again in a moment." },
};

/** On liveness one code stands for all that cannot be judged; the reason in the message tells more. */
const unjudgeable: Words = {
  title: "This cannot be judged",
  advice: "What cannot be judged never passes. Use a clear, uncropped picture or clip of one person.",
};

export const unreachable: Problem = {
  title: "The server does not answer",
  advice: "It may have been stopped, or the connection was lost. Start it again and repeat.",
  code: "",
  message: "",
  requestId: "",
};

function wordsFor(code: string): Words {
  if (code === "LDE-002004") return unjudgeable;
  return byCode[code] ?? byCode[code.replace(/^(BPE|LDE)-/, "")] ?? again;
}

function fieldsOf(json: unknown): { code: string; message: string } {
  const { code, message } = (json ?? {}) as Record<string, unknown>;
  return { code: String(code ?? ""), message: String(message ?? "") };
}

export function problemOf(answer: Answer): Problem {
  const { code, message } = fieldsOf(answer.json);
  return { ...wordsFor(code), code, message, requestId: answer.requestId };
}

/** What the page calls the parts of a request, by their names in it. */
export type PartLabels = Record<string, string>;

/**
 * What the server adds to the published description of a code, behind the first colon. Where it names a part of the
 * request, the person is told what the page calls it.
 */
export function reasonIn(message: string, labels: PartLabels): string {
  const colon = message.indexOf(": ");
  if (colon < 0) return "";
  const reason = message.slice(colon + 2);
  const [name] = /^\w+(?=$|:| ")/.exec(reason) ?? [""];
  const label = labels[name];
  if (label) return label + reason.slice(name.length);
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}

/** Whether the server does not know the method at all. */
export function isUnknownMethod(problem: Problem | null): boolean {
  return problem !== null && (problem.code === "SRV-404" || problem.message.endsWith("there is no such method"));
}
