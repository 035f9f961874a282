import { useState } from "preact/hooks";
import type { DetectedFace, Detection, Point } from "../api/answers.ts";
import type { Picture } from "../media/picture.ts";
import { PersonIcon } from "./icons.tsx";

/** The corners of a box, as a viewfinder marks them. */
function corners({ x, y, width, height }: DetectedFace["box"]): string {
  const long = 0.18 * Math.min(width, height);
  const [right, bottom] = [x + width, y + height];
  return [
    `M${x} ${y + long}V${y}H${x + long}`,
    `M${right - long} ${y}H${right}V${y + long}`,
    `M${right} ${bottom - long}V${bottom}H${right - long}`,
    `M${x + long} ${bottom}H${x}V${bottom - long}`,
  ].join("");
}

function FaceMarks({ face, first }: { face: DetectedFace; first: boolean }) {
  const points = Object.values(face.landmarks);
  return (
    <g class={first ? "marks" : "marks other"}>
      <rect {...face.box} class="mark-box" />
      <path d={corners(face.box)} class="mark-corners" />
      {points.map(([x, y]: Point) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r={Math.max(1.5, face.box.width * 0.018)} class="mark-point" />
      ))}
    </g>
  );
}

function described(detection: Detection): string {
  const count = detection.faces.length;
  if (count === 0) return "No face was found.";
  return count === 1 ? "One face, with its landmarks." : `${count} faces, with their landmarks.`;
}

interface Props {
  picture: Picture;
  /** What was found in it, or null where nothing is known. */
  detection: Detection | null;
  label: string;
}

/** A picture with the boxes and landmarks of the faces in it. */
export function FacePicture({ picture, detection, label }: Props) {
  const [broken, setBroken] = useState("");
  if (broken === picture.url)
    return (
      <div class="picture broken">
        <PersonIcon />
        <span>{picture.name}</span>
      </div>
    );
  return (
    <div class="picture">
      <img src={picture.url} alt={label} onError={() => setBroken(picture.url)} />
      {detection && (
        <svg viewBox={`0 0 ${detection.width} ${detection.height}`} role="img" aria-label={described(detection)}>
          {detection.faces.map((face, i) => (
            <FaceMarks key={face.box.x} face={face} first={i === 0} />
          ))}
        </svg>
      )}
    </div>
  );
}
