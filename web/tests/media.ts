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
  "format=yuv420p,loop=loop=-1:size=1,setpts=N/25/TB,fps=25",
  "crop=w=860:h=645:x=25+20*sin(2*t):y=40+12*cos(3*t)",
  "scale=640:480",
  "rotate=a=0.02*sin(2.4*t):fillcolor=gray",
].join(",");

/** Files for the tests, made of the free photographs that ./test fetches; nothing moving is kept in the repository. */
export function makeMedia() {
  const folder = mkdtempSync(join(tmpdir(), "faceward-console-"));
  const at = (name: string) => join(folder, name);
  const photograph = (name: string) => join(pictures, name);
  ffmpeg(
    ...["-i", photograph("obama.jpg"), "-filter_complex", `${swaying},split=3[camera][clip][frames]`],
    ...["-map", "[camera]", "-t", "4", "-pix_fmt", "yuvj420p", "-q:v", "3", at("webcam.mjpeg")],
    ...["-map", "[clip]", "-t", "2", "-pix_fmt", "yuv420p", at("clip.mp4")],
    ...["-map", "[frames]", "-t", "1", "-pix_fmt", "yuvj420p", "-q:v", "3", at("frame_%02d.jpg")],
  );
  const frames = Array.from({ length: 25 }, (_, i) => `frame_${String(i + 1).padStart(2, "0")}.jpg`);
  writeFileSync(at("frames.zip"), zipSync(Object.fromEntries(frames.map((name) => [name, readFileSync(at(name))]))));
  ffmpeg("-i", photograph("biden.jpg"), "-vf", "crop=700:700:130:60,scale=500:-1", at("portrait.webp"));
  const gradient = "gradients=s=640x480:c0=0x305070:c1=0xc0a080:n=2:seed=1";
  ffmpeg("-f", "lavfi", "-i", gradient, "-frames:v", "1", at("nobody.jpg"));
  const two = ["-i", photograph("obama.jpg"), "-i", photograph("biden.jpg")];
  ffmpeg(...two, "-filter_complex", "[0]scale=-1:640[a];[1]scale=-1:640[b];[a][b]hstack", at("group.jpg"));
  writeFileSync(at("broken.jpg"), readFileSync(photograph("biden.jpg")).subarray(0, 20_000));
  writeFileSync(at("letter.txt"), "This is not a picture.\n");
  return {
    folder,
    webcam: at("webcam.mjpeg"),
    clip: at("clip.mp4"),
    frames: at("frames.zip"),
    webp: at("portrait.webp"),
    nobody: at("nobody.jpg"),
    group: at("group.jpg"),
    broken: at("broken.jpg"),
    text: at("letter.txt"),
    person: photograph("obama.jpg"),
    again: photograph("obama2.jpg"),
    other: photograph("biden.jpg"),
  };
}

export type Media = ReturnType<typeof makeMedia>;
