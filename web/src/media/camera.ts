import { type Clip, shotName, zipOfShots } from "./clip.ts";
import { jpegOf, type Picture } from "./picture.ts";

/** Longest side of what is taken, in pixels. */
const mostPixels = 1280;
const clipSeconds = 4;
const clipRate = 12.5;

/** Why there is no camera, as a person wants to be told it. */
export function whyNoCamera(error: unknown): string {
  if (!navigator.mediaDevices)
    return "Browsers give a page the camera only on this machine (localhost) or over HTTPS. Choose a file instead.";
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError") return "The browser was not allowed to use the camera. Allow it, and try again.";
  if (name === "NotFoundError") return "There is no camera. Choose a file instead.";
  if (name === "NotReadableError") return "Another program is using the camera. Close it, and try again.";
  return "The camera cannot be used. Choose a file instead.";
}

/** The camera that looks at the person, or the one of that id. */
export async function openCamera(id: string): Promise<MediaStream> {
  const which = id ? { deviceId: { exact: id } } : { facingMode: "user" };
  return navigator.mediaDevices.getUserMedia({ video: { ...which, width: { ideal: 1280 }, height: { ideal: 720 } } });
}

export async function cameras(): Promise<MediaDeviceInfo[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter((device) => device.kind === "videoinput");
}

/** What the camera shows now, as JPEG. */
async function grab(video: HTMLVideoElement, canvas: HTMLCanvasElement): Promise<Blob> {
  const scale = Math.min(1, mostPixels / Math.max(video.videoWidth, video.videoHeight));
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return jpegOf(canvas, 0.92);
}

export async function takePicture(video: HTMLVideoElement): Promise<Picture> {
  const bytes = await grab(video, document.createElement("canvas"));
  return { name: "photo.jpg", type: "image/jpeg", bytes, url: URL.createObjectURL(bytes), note: "" };
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Records frames; `progress` is told how much is done, 0 to 1. Null when `stop` is aborted meanwhile. */
export async function recordClip(
  video: HTMLVideoElement,
  progress: (done: number) => void,
  stop: AbortSignal,
): Promise<Clip | null> {
  const canvas = document.createElement("canvas");
  const frames: Record<string, Uint8Array<ArrayBuffer>> = {};
  const started = performance.now();
  for (let seconds = 0; seconds < clipSeconds; seconds = (performance.now() - started) / 1000) {
    if (stop.aborted) return null;
    progress(seconds / clipSeconds);
    const shot = await grab(video, canvas);
    frames[shotName(seconds)] = new Uint8Array(await shot.arrayBuffer());
    const next = (Math.floor(seconds * clipRate) + 1) / clipRate;
    await wait(Math.max(0, next * 1000 - (performance.now() - started)));
  }
  progress(1);
  return stop.aborted ? null : zipOfShots(frames);
}
