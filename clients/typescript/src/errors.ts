/** The server was reached and gave no result. Errors of the connection are those of fetch. */
export class FacewardError extends Error {}

/** An answer with an error code. */
export class Refused extends FacewardError {
  override name = "Refused";
  constructor(
    /** Of HTTP. */
    readonly status: number,
    /** "BPE-003002", … */
    readonly code: string,
    /** The code in words, and a reason after a colon where there is one. */
    readonly reason: string,
    /** Stands in the server's log. */
    readonly requestId: string,
  ) {
    super(`${code}: ${reason}`);
  }
}

/** The server had no room (503), at the last try as at the first. */
export class Busy extends Refused {
  override name = "Busy";
  /** Seconds after which to try again. */
  retryAfter = 1;
}

/** Not an answer of a faceward server; something between may have given it. */
export class UnexpectedAnswer extends FacewardError {
  override name = "UnexpectedAnswer";
  constructor(readonly status: number, text: string) {
    super(`unexpected answer with status ${status}: ${text.slice(0, 200)}`);
  }
}

/** The error that an answer without success means. */
export async function errorOf(answer: Response): Promise<FacewardError> {
  const text = await answer.text();
  const body = parsed(text);
  if (typeof body?.code !== "string" || typeof body.message !== "string") {
    return new UnexpectedAnswer(answer.status, text);
  }
  const requestId = answer.headers.get("X-Request-ID") ?? "";
  if (answer.status !== 503) return new Refused(answer.status, body.code, body.message, requestId);
  const busy = new Busy(503, body.code, body.message, requestId);
  busy.retryAfter = retryAfter(answer);
  return busy;
}

/** Seconds that the answer asks to wait, one where it does not say them in figures. */
export function retryAfter(answer: Response): number {
  const seconds = Number(answer.headers.get("Retry-After") ?? NaN);
  return seconds >= 0 ? seconds : 1;
}

function parsed(text: string): { code?: unknown; message?: unknown } | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
