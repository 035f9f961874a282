export { Client, type CallOptions, type ExplainOptions, type ClientOptions } from "./client.js";
export { Busy, FacewardError, Refused, UnexpectedAnswer } from "./errors.js";
export { captureFrames, recordFromCamera, zipFrames, type CaptureOptions, type Frame } from "./capture.js";
export type { Analysis, Binary, Many } from "./values.js";
export type {
  BestShot, Candidate, Comparison, Decision, Detection, Face, Health, Liveness, Measure, MediumLiveness, Point,
  Presentation, Quality, Verification, Version,
} from "./results.js";
