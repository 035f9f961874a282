import { zip, type AsyncZippable } from "fflate";

import { blobOf, type Binary } from "./values.js";

/** A picture of a face at a time. */
export interface Frame {
  jpeg: Binary;
  /** Seconds since the first frame. */
  time: number;
}

export interface CaptureOptions {
  /** How long; a face needs some seconds to blink or move. Default 3. */
  seconds?: number;
  /** At most 25, which is what names of frames can tell apart. Default 12.5. */
  framesPerSecond?: number;
  /** Larger pictures are scaled down to it. Default 720. */
  maxHeight?: number;
  /** Of JPEG, 0…1. Default 0.9. */
  quality?: number;
  /** Ends the recording. */
  signal?: AbortSignal;
  /** Told after each frame, with the share of the time that is over (0…1). */
  onFrame?: (done: number) => void;
}

/** The server takes the numbers in the names of frames for frame numbers at this rate. */
const RATE = 25;

/** The archive of frames that detectMedia takes; pictures are not compressed twice. */
export async function zipFrames(frames: Iterable<Frame> | AsyncIterable<Frame>): Promise<Blob> {
  const files: AsyncZippable = {};
  let last = 0;
  for await (const frame of frames) {
    last = Math.max(last + 1, 1 + Math.round(frame.time * RATE));
    const bytes = new Uint8Array(await blobOf(frame.jpeg).arrayBuffer());
    files[`frame-${String(last).padStart(5, "0")}.jpg`] = bytes;
  }
  const packed = await new Promise<Uint8Array>((resolve, reject) =>
    zip(files, { level: 0 }, (error, data) => (error ? reject(error) : resolve(data))),
  );
  return blobOf(packed, "application/zip");
}

/** Frames of a video that plays, a camera's or any other. Browsers only. */
export async function* captureFrames(video: HTMLVideoElement, options: CaptureOptions = {}): AsyncGenerator<Frame> {
  const seconds = options.seconds ?? 3;
  const interval = 1 / Math.min(RATE, options.framesPerSecond ?? RATE / 2);
  const canvas = document.createElement("canvas");
  const scale = Math.min(1, (options.maxHeight ?? 720) / video.videoHeight);
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  const context = canvas.getContext("2d");
  if (!context || canvas.width === 0) throw new Error("the video has no picture yet");
  const started = performance.now();
  for (let time = 0; time < seconds; time = await until(started, time + interval)) {
    options.signal?.throwIfAborted();
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    yield { jpeg: await jpegOf(canvas, options.quality ?? 0.9), time };
    options.onFrame?.(Math.min(1, (time + interval) / seconds));
  }
}

/**
 * Opens the front camera, shows it in `video` (mirrored or not is the page's affair), records, and closes it again:
 * what detectMedia takes. Browsers only, on pages from https or this machine, where the user allows it.
 */
export async function recordFromCamera(video: HTMLVideoElement, options: CaptureOptions = {}): Promise<Blob> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 720 } },
  });
  try {
    video.srcObject = stream;
    video.muted = true;
    video.playsInline = true;
    await video.play();
    return await zipFrames(captureFrames(video, options));
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}

/** Waits until so many seconds after the start, and gives the seconds that it then is. */
async function until(started: number, seconds: number): Promise<number> {
  const now = () => (performance.now() - started) / 1000;
  if (now() < seconds) await new Promise((resolve) => setTimeout(resolve, (seconds - now()) * 1000));
  return now();
}

function jpegOf(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture could be made"))), "image/jpeg", quality),
  );
}
