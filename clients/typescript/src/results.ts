export type Decision = "approved" | "operator_required" | "declined";

export interface Health {
  ready: boolean;
  /** Why not; empty when ready. */
  message: string;
}

export interface Version {
  /** Of the server. */
  core: string;
  /** The inference engine and its version. */
  inference: string;
  models: { name: string; version: string }[];
}

export interface Comparison {
  /** 0…1, calibrated. */
  score: number;
  decision: Decision;
}

export interface Verification {
  score: number;
  /** Of the picture. */
  template: Uint8Array;
}

/** One of many that a face was compared with. */
export interface Candidate extends Comparison {
  filename: string;
}

export interface Presentation {
  passed: boolean;
  /** Probability of a presentation attack. */
  score: number;
}

export interface BestShot {
  jpeg: Uint8Array;
  /** Names its position, "frame-37.jpg". */
  frame: string;
  width: number;
  height: number;
}

/** What became of one medium in one analysis. */
export interface MediumLiveness {
  /** Its filename, or the name of its part. */
  name: string;
  kind: "IMAGE_FOLDER" | "VIDEO_FOLDER" | "SHOTS_SET_FOLDER";
  attackProbability: number;
  bestShot: BestShot | null;
}

/** The answer to media: `raw` is the whole of it, the rest what most callers want. */
export interface Liveness {
  /** No analysis declined any medium. */
  passed: boolean;
  /** Of the first analysis, in the order of the call. */
  media: MediumLiveness[];
  raw: Folder;
}

/** The protocol's answer to media, as far as it is read here; docs and /openapi.json have all of it. */
export interface Folder {
  system_resolution: "SUCCESS" | "DECLINED";
  media: { media_id: string; media_type: MediumLiveness["kind"]; original_name: string }[];
  analyses: { results_media: FolderResult[] }[];
  [field: string]: unknown;
}

export interface FolderResult {
  source_media_id: string;
  results_data: { confidence_spoofing: number };
  output_images: {
    image_b64: string;
    original_name: string;
    info: { original: { width: number; height: number } };
  }[];
}

export function livenessOf(folder: Folder): Liveness {
  const media = new Map(folder.media.map((medium) => [medium.media_id, medium]));
  return {
    passed: folder.system_resolution === "SUCCESS",
    media: (folder.analyses[0]?.results_media ?? []).flatMap((result) => {
      const medium = media.get(result.source_media_id);
      return medium ? [mediumOf(medium, result)] : [];
    }),
    raw: folder,
  };
}

function mediumOf(medium: Folder["media"][number], result: FolderResult): MediumLiveness {
  const shot = result.output_images[0];
  return {
    name: medium.original_name,
    kind: medium.media_type,
    attackProbability: result.results_data.confidence_spoofing,
    bestShot: shot
      ? {
          jpeg: fromBase64(shot.image_b64),
          frame: shot.original_name,
          width: shot.info.original.width,
          height: shot.info.original.height,
        }
      : null,
  };
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
