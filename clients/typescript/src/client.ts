import { errorOf, retryAfter } from "./errors.js";
import {
  livenessOf,
  type Candidate, type Comparison, type Detection, type Folder, type Health, type Liveness, type Presentation,
  type Quality, type Verification, type Version,
} from "./results.js";
import { analysisAsJson, batches, blobOf, pictureBlob, type Analysis, type Binary, type Many } from "./values.js";

export interface ClientOptions {
  /** How often a busy server or proxy (503) is asked again, each time after the time that it names, up to a minute. Default 3. */
  retries?: number;
  /** Instead of the global fetch. */
  fetch?: typeof fetch;
}

export interface CallOptions {
  /** Ends the call. */
  signal?: AbortSignal;
}

export interface ExplainOptions extends CallOptions {
  /** Also say why, in `explain`. */
  explain?: boolean;
}

/** Seconds. Who is told to wait longer learns it from the error, and decides. */
const LONGEST_PAUSE = 60;

const FACE = "/v1/face/";
const PATTERN = "/v1/face/pattern/";
const LIVENESS = "/v1/face/liveness/";

/**
 * A server. Every method throws `Refused` with the server's code, `Busy` when the tries are used up, `UnexpectedAnswer`
 * for what is no answer of the server's, and fetch's errors when the server cannot be reached.
 */
export class Client {
  readonly #address: string;
  readonly #retries: number;
  readonly #fetch: typeof fetch;

  constructor(address = "http://127.0.0.1:8080", options: ClientOptions = {}) {
    this.#address = address.replace(/\/+$/, "");
    this.#retries = options.retries ?? 3;
    this.#fetch = options.fetch ?? fetch.bind(globalThis);
  }

  /** Versions of the server, its inference engine and its models. */
  async version(options?: CallOptions): Promise<Version> {
    const body = await this.#get<{ core: string; tfss: string; models: Version["models"] }>("/version", options);
    return { core: body.core, inference: body.tfss, models: body.models };
  }

  /** Whether faces can be compared now. */
  biometryHealth(options?: CallOptions): Promise<Health> {
    return this.#health(PATTERN, options);
  }

  /** Whether liveness can be judged now. */
  livenessHealth(options?: CallOptions): Promise<Health> {
    return this.#health(LIVENESS, options);
  }

  /** How well a picture suits recognition, and what would make it better. */
  async quality(picture: Binary, options?: CallOptions): Promise<Quality> {
    return this.#json(FACE + "quality", await pictureBlob(picture), options);
  }

  /** All faces in a picture. */
  async detectFaces(picture: Binary, options?: CallOptions): Promise<Detection> {
    return this.#json(FACE + "detect", await pictureBlob(picture), options);
  }

  /** The template of the one face in a picture. */
  async extract(picture: Binary, options?: CallOptions): Promise<Uint8Array> {
    const answer = await this.#post(PATTERN + "extract", await pictureBlob(picture), options);
    return new Uint8Array(await answer.arrayBuffer());
  }

  /** Two templates. */
  compare(feature: Binary, template: Binary, options?: ExplainOptions): Promise<Comparison> {
    const form = new FormData();
    form.append("bio_feature", blobOf(feature));
    form.append("bio_template", blobOf(template));
    return this.#json(PATTERN + "compare" + query(options), form, options);
  }

  /** A picture against a template; also gives the picture's template. */
  async verify(picture: Binary, template: Binary, options?: ExplainOptions): Promise<Verification> {
    const form = new FormData();
    form.append("sample", await pictureBlob(picture));
    form.append("bio_template", blobOf(template));
    const parts = await (await this.#post(PATTERN + "verify" + query(options), form, options)).formData();
    const score = parts.get("score");
    const made = parts.get("bio_feature") as File;
    const told: Comparison = JSON.parse(typeof score === "string" ? score : await (score as File).text());
    return { ...told, template: new Uint8Array(await made.arrayBuffer()) };
  }

  /** Two pictures. */
  async extractAndCompare(first: Binary, second: Binary, options?: ExplainOptions): Promise<Comparison> {
    const form = new FormData();
    form.append("sample_1", await pictureBlob(first));
    form.append("sample_2", await pictureBlob(second));
    return this.#json(PATTERN + "extract_and_compare" + query(options), form, options);
  }

  /**
   * A template against many, in their order. The references are taken `batch` at a time, so that they may be more than
   * fit into memory or into one request; each batch is one request, whose results are given before the next is taken.
   */
  async *compareN(
    template: Binary, references: Many, options: CallOptions & { batch?: number } = {},
  ): AsyncGenerator<Candidate> {
    for await (const some of batches(references, options.batch ?? 1000)) {
      const form = new FormData();
      form.append("template_1", blobOf(template));
      for (const [name, reference] of some) form.append("templates_n", blobOf(reference), name);
      yield* await this.#candidates("compare_n", form, options);
    }
  }

  /** A picture against many templates, in one request. */
  async verifyN(picture: Binary, references: Many, options?: CallOptions): Promise<Candidate[]> {
    const form = new FormData();
    form.append("sample_1", await pictureBlob(picture));
    for await (const [name, reference] of references) form.append("templates_n", blobOf(reference), name);
    return this.#candidates("verify_n", form, options);
  }

  /** A picture against many pictures, in one request. */
  async extractAndCompareN(picture: Binary, references: Many, options?: CallOptions): Promise<Candidate[]> {
    const form = new FormData();
    form.append("sample_1", await pictureBlob(picture));
    for await (const [name, reference] of references) form.append("samples_n", await pictureBlob(reference), name);
    return this.#candidates("extract_and_compare_n", form, options);
  }

  /** Whether a picture shows a live person. */
  async detect(picture: Binary, options?: ExplainOptions): Promise<Presentation> {
    return this.#json(LIVENESS + "detect" + query(options), await pictureBlob(picture), options);
  }

  /** Whether pictures, videos and archives of frames show a live person. `payload`: further fields of it. */
  async detectMedia(
    media: Record<string, Binary>,
    options: ExplainOptions & { analyses?: Analysis[]; payload?: Record<string, unknown> } = {},
  ): Promise<Liveness> {
    const form = new FormData();
    for (const [key, medium] of Object.entries(media)) {
      form.append(key, blobOf(medium), medium instanceof File ? medium.name : key);
    }
    const payload = { ...options.payload, analyses: (options.analyses ?? [{}]).map(analysisAsJson) };
    form.append("payload", new Blob([JSON.stringify(payload)], { type: "application/json" }));
    return livenessOf(await this.#json<Folder>(LIVENESS + "detect" + query(options), form, options));
  }

  async #health(group: string, options?: CallOptions): Promise<Health> {
    const body = await this.#get<{ status: number; message: string }>(group + "health", options);
    return { ready: body.status === 0, message: body.message };
  }

  async #candidates(method: string, form: FormData, options?: CallOptions): Promise<Candidate[]> {
    return (await this.#json<{ results: Candidate[] }>(PATTERN + method, form, options)).results;
  }

  async #get<T>(path: string, options?: CallOptions): Promise<T> {
    return (await this.#send(path, { method: "GET" }, options)).json();
  }

  async #json<T>(path: string, body: BodyInit, options?: CallOptions): Promise<T> {
    return (await this.#post(path, body, options)).json();
  }

  #post(path: string, body: BodyInit, options?: CallOptions): Promise<Response> {
    return this.#send(path, { method: "POST", body }, options);
  }

  async #send(path: string, request: RequestInit, options: CallOptions = {}): Promise<Response> {
    const signal = options.signal ?? null;
    for (let triesLeft = this.#retries; ; --triesLeft) {
      const answer = await this.#fetch(this.#address + path, { ...request, signal });
      if (answer.ok) return answer;
      const error = await errorOf(answer);
      if (triesLeft <= 0 || !isWorthWaiting(answer)) throw error;
      await pause(retryAfter(answer), signal);
    }
  }
}

/** Whether it is a 503, the server's own or that of a proxy before it, which names a time that is not too long. */
function isWorthWaiting(answer: Response): boolean {
  return answer.status === 503 && answer.headers.has("Retry-After") && retryAfter(answer) <= LONGEST_PAUSE;
}

function query(options?: ExplainOptions): string {
  return options?.explain ? "?explain=1" : "";
}

async function pause(seconds: number, signal: AbortSignal | null): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  signal?.throwIfAborted();
}
