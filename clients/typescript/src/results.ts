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
  /** Where it was asked for. */
  explain?: Record<string, unknown>;
}

export interface Verification {
  score: number;
  /** Of the picture. */
  template: Uint8Array;
  /** Where it was asked for. */
  explain?: Record<string, unknown>;
}

/** One of many that a face was compared with. */
export interface Candidate extends Comparison {
  filename: string;
}

export interface Presentation {
  passed: boolean;
  /** Probability of a presentation attack. */
  score: number;
  /** Where it was asked for. */
  explain?: Record<string, unknown>;
}

/** A component of the quality of a picture (ISO/IEC 29794-5). */
export interface Measure {
  /** 0…100, higher is better. */
  score: number;
  /** What was measured. */
  raw: number;
  unit: string;
}

export interface Quality {
  /** 0…100, higher is better. */
  unified_score: number;
  /** Null where the server lacks the network for it. */
  measures: Record<string, Measure | null>;
  /** What would make the picture better, the worst first. */
  advice: string[];
}

/** x to the right and y down, in pixels of the upright picture. */
export type Point = [number, number];

export interface Face {
  box: { x: number; y: number; width: number; height: number };
  /** How sure the detector is, 0…1. */
  score: number;
  landmarks: Record<"right_eye" | "left_eye" | "nose_tip" | "right_mouth_corner" | "left_mouth_corner", Point>;
  /** In degrees; null where the server lacks the network for it. */
  pose: { yaw: number; pitch: number; roll: number } | null;
}

export interface Detection {
  /** Of the upright picture. */
  width: number;
  height: number;
  /** The largest first. */
  faces: Face[];
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
