import type { NamedFile } from "../api/call.ts";

/** A picture that is ready to be sent, with what showing it takes. */
export interface Picture extends NamedFile {
  url: string;
  /** What this page did to it before sending, or empty. */
  note: string;
}

const signatures: [string, number[]][] = [
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/png", [0x89, 0x50, 0x4e, 0x47]],
];

/** The content type that the first bytes tell, among those that the server reads. */
async function sentAs(file: Blob): Promise<string | null> {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return signatures.find(([, bytes]) => bytes.every((byte, i) => head[i] === byte))?.[0] ?? null;
}

/** What is drawn, as JPEG. */
export async function jpegOf(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const done = (blob: Blob | null) => (blob ? resolve(blob) : reject(new Error("the browser gave no JPEG")));
    canvas.toBlob(done, "image/jpeg", quality);
  });
}

/** The file as JPEG, if the browser can read it as a picture. */
async function converted(file: File): Promise<Picture | null> {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) return null;
  const canvas = document.createElement("canvas");
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
  bitmap.close();
  const bytes = await jpegOf(canvas, 0.95);
  const name = file.name.replace(/\.\w+$/, "").concat(".jpg");
  return { name, type: "image/jpeg", bytes, url: URL.createObjectURL(bytes), note: `${file.name}, converted to JPEG` };
}

/** A picture from a file: JPEG and PNG as they are, anything else that the browser reads as JPEG; null for the rest. */
export async function openPicture(file: File): Promise<Picture | null> {
  const type = await sentAs(file);
  if (!type) return converted(file);
  return { name: file.name, type, bytes: file, url: URL.createObjectURL(file), note: "" };
}

/** "face (2).jpg", or whichever number no other picture has yet. */
function freeName(name: string, taken: Set<string>): string {
  const dot = name.lastIndexOf(".");
  const [stem, end] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = `${stem} (${count})${end}`;
  return free;
}

/** Both lists as one, in which no two names are the same: by its name alone an answer tells which picture it means. */
export function joined(pictures: Picture[], more: Picture[]): Picture[] {
  const all = [...pictures];
  const taken = new Set(pictures.map((picture) => picture.name));
  for (const picture of more) {
    const name = freeName(picture.name, taken);
    taken.add(name);
    all.push(name === picture.name ? picture : { ...picture, name });
  }
  return all;
}

/** Opens what can be opened, in order. */
export async function openPictures(files: File[]): Promise<{ pictures: Picture[]; others: string[] }> {
  const opened = await Promise.all(files.map(openPicture));
  return {
    pictures: opened.filter((picture) => picture !== null),
    others: files.filter((_, i) => opened[i] === null).map((file) => file.name),
  };
}
