/** A picture, medium or template. */
export type Binary = Blob | Uint8Array | ArrayBuffer;

/** Many of them, each with a name, which may come one by one. */
export type Many = Iterable<readonly [string, Binary]> | AsyncIterable<readonly [string, Binary]>;

/** What is asked of media. */
export interface Analysis {
  /** 0…1; a higher attack probability declines. The server's own, if it is left out. */
  thresholdSpoofing?: number;
  extractBestShot?: boolean;
  /** Comes back as it is. */
  metaData?: Record<string, unknown>;
}

export function analysisAsJson(analysis: Analysis): Record<string, unknown> {
  return {
    type: "quality",
    meta_data: analysis.metaData ?? {},
    params: {
      extract_best_shot: analysis.extractBestShot ?? false,
      ...(analysis.thresholdSpoofing === undefined ? {} : { threshold_spoofing: analysis.thresholdSpoofing }),
    },
  };
}

export function blobOf(value: Binary, type = "application/octet-stream"): Blob {
  return new Blob([value as BlobPart], { type });
}

/** The picture, labelled with what its first bytes say it is. */
export async function pictureBlob(value: Binary): Promise<Blob> {
  const blob = blobOf(value);
  const start = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  return blob.slice(0, blob.size, start[0] === 0x89 && start[1] === 0x50 ? "image/png" : "image/jpeg");
}

/** The items in groups of up to `size`. */
export async function* batches<T>(items: Iterable<T> | AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let some: T[] = [];
  for await (const item of items) {
    some.push(item);
    if (some.length === size) {
      yield some;
      some = [];
    }
  }
  if (some.length > 0) yield some;
}
