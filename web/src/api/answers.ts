/** The server's answers, as far as this page reads them. Pixels are those of the upright picture. */

export interface Health {
  status: number;
  message: string;
}

export interface Network {
  name: string;
  version: string;
  role: string;
  licence: string;
  origin: string;
  training_data: string;
}

export interface RatePoint {
  score: number;
  fmr: number;
  fnmr: number;
  set: string;
}

export interface Facts {
  version: string;
  inference: string;
  thresholds: { approve: number; decline: number; liveness: number };
  limits: { max_body_bytes: number; max_pixels: number; max_video_seconds: number };
  /** By measure of quality: the score below which there is advice. */
  advice_below: Record<string, number>;
  profile: string | null;
  networks: Network[] | null;
  calibration: { fitted_on: string; rates: RatePoint[] } | null;
}

export type Point = [number, number];

export interface DetectedFace {
  box: { x: number; y: number; width: number; height: number };
  score: number;
  landmarks: Record<string, Point>;
  pose: { yaw: number; pitch: number; roll: number } | null;
}

export interface Detection {
  width: number;
  height: number;
  faces: DetectedFace[];
}

export interface Measure {
  score: number;
  raw: number;
  unit: string;
}

export interface Quality {
  unified_score: number;
  measures: Record<string, Measure | null>;
  advice: string[];
}

export type Decision = "approved" | "operator_required" | "declined";

export interface Comparison {
  score: number;
  decision: Decision;
  explain?: {
    similarity: number;
    approve_threshold: number;
    decline_threshold: number;
    false_match_rate: number | null;
    false_match_rate_below: number | null;
    measured_on: string | null;
    quality: Quality[] | null;
  };
}

export interface Candidate {
  filename: string;
  score: number;
  decision: Decision;
}

export interface FrameEvidence {
  /** Its place in the medium, from 1. */
  number: number;
  /** Seconds. */
  time: number;
  usable: boolean;
  reason: string | null;
  log_odds: number | null;
}

export interface Stillness {
  eyes: number;
  plane: number;
  log_odds: number;
  weight: number;
  /** What it adds to the networks' log-odds of an attack, 0 or more. */
  added: number;
}

/** A part of a clip that decided, because it looks so much more like an attack than the whole; times in seconds. */
export interface TellingPart {
  from: number;
  to: number;
  log_odds: number;
}

export interface LivenessExplanation {
  networks: { name: string; log_odds: number }[];
  stillness: Stillness | null;
  part: TellingPart | null;
  frames: FrameEvidence[];
}

export interface PictureVerdict {
  passed: boolean;
  score: number;
  explain?: LivenessExplanation;
}
