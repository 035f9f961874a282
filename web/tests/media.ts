import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { pictures } from "./server.ts";

function ffmpeg(...command: string[]): void {
  execFileSync("ffmpeg", ["-loglevel", "error", "-y", ...command]);
}

/** A portrait as a hand-held camera at arm's length would see it. */
const swaying = [
  "crop=w=860:h=645:x=25+20*sin(2*t):y=40+12*cos(3*t)",
  "rotate=a=0.02*sin(2.4*t):fillcolor=gray",
  "scale=640:480",
].join(",");

/** Files for the tests, made of the free photographs that ./test fetches; nothing moving is kept in the repository. */
export function makeMedia() {
  const folder = mkdtempSync(join(tmpdir(), "faceward-console-"));
  const at = (name: string) => join(folder, name);
  const photograph = (name: string) => join(pictures, name);
  const moving = ["-loop", "1", "-framerate", "25", "-i", photograph("obama.jpg"), "-vf", swaying];
  ffmpeg(...moving, "-t", "4", "-pix_fmt", "yuvj420p", "-q:v", "3", at("webcam.mjpeg"));
  ffmpeg(...moving, "-t", "2", "-pix_fmt", "yuv420p", at("clip.mp4"));
  ffmpeg(...moving, "-t", "1", "-vsync", "0", at("frame_%02d.jpg"));
  const frames = Array.from({ length: 25 }, (_, i) => `frame_${String(i + 1).padStart(2, "0")}.jpg`);
  writeFileSync(at("frames.zip"), zipSync(Object.fromEntries(frames.map((name) => [name, readFileSync(at(name))]))));
  ffmpeg("-i", photograph("biden.jpg"), "-vf", "crop=700:700:130:60,scale=500:-1", at("portrait.webp"));
  ffmpeg(
    "-f",
    "lavfi",
    "-i",
    "gradients=s=640x480:c0=0x305070:c1=0xc0a080:n=2:seed=1",
    "-frames:v",
    "1",
    at("nobody.jpg"),
  );
  writeFileSync(at("broken.jpg"), readFileSync(photograph("biden.jpg")).subarray(0, 20_000));
  writeFileSync(at("letter.txt"), "This is not a picture.\n");
  return {
    folder,
    webcam: at("webcam.mjpeg"),
    clip: at("clip.mp4"),
    frames: at("frames.zip"),
    webp: at("portrait.webp"),
    nobody: at("nobody.jpg"),
    broken: at("broken.jpg"),
    text: at("letter.txt"),
    person: photograph("obama.jpg"),
    again: photograph("obama2.jpg"),
    other: photograph("biden.jpg"),
  };
}

export type Media = ReturnType<typeof makeMedia>;
