import { unzipSync, zipSync } from "fflate";
import type { NamedFile } from "../api/call.ts";

/** A frame of a clip, to be shown. */
export interface Shot {
  name: string;
  url: string;
}

/** A medium for liveness, with what showing it takes. */
export interface Clip extends NamedFile {
  kind: "video" | "archive";
  /** For a video to play. */
  url: string;
  /** Of an archive that this page can open, in the order in which the server takes them. */
  shots: Shot[];
}

/** The server takes numbers in the names of frames for frame numbers at this rate. */
const namedRate = 25;

/** "frame-0010.jpg" for what was taken at 0.4 seconds. */
export function shotName(seconds: number): string {
  return `frame-${String(Math.round(seconds * namedRate)).padStart(4, "0")}.jpg`;
}

const inNaturalOrder = (a: Shot, b: Shot) => a.name.localeCompare(b.name, "en", { numeric: true });

const shotOf = (name: string, bytes: Uint8Array<ArrayBuffer>): Shot => ({
  name,
  url: URL.createObjectURL(new Blob([bytes])),
});

/** Frames as the capture kits of phones send them: a ZIP, stored, since JPEG does not get smaller. */
export function zipOfShots(frames: Record<string, Uint8Array<ArrayBuffer>>): Clip {
  const packed = zipSync(frames, { level: 0 });
  return {
    name: "clip.zip",
    type: "application/zip",
    bytes: new Blob([packed]),
    kind: "archive",
    url: "",
    shots: Object.entries(frames).map(([name, bytes]) => shotOf(name, bytes)),
  };
}

const isShown = (name: string) => /\.(jpe?g|png)$/i.test(name) && !/(^|\/)(\.|__MACOSX)/.test(name);

/** The frames in a ZIP; none of another archive, which only the server opens. */
async function shotsIn(file: File): Promise<Shot[]> {
  try {
    const entries = unzipSync(new Uint8Array(await file.arrayBuffer()), { filter: (entry) => isShown(entry.name) });
    return Object.entries(entries)
      .map(([name, bytes]) => shotOf(name, bytes as Uint8Array<ArrayBuffer>))
      .sort(inNaturalOrder);
  } catch {
    return [];
  }
}

/** A video or an archive from a file. The server judges by the bytes, whatever they are called here. */
export async function openClip(file: File): Promise<Clip> {
  const type = /^video\/|zip/.test(file.type) ? file.type : "application/octet-stream";
  if (type.startsWith("video/"))
    return { name: file.name, type, bytes: file, kind: "video", url: URL.createObjectURL(file), shots: [] };
  return { name: file.name, type, bytes: file, kind: "archive", url: "", shots: await shotsIn(file) };
}
