import { useEffect, useState } from "preact/hooks";
import type { DetectedFace, Detection } from "../api/answers.ts";
import { sendIfKnown } from "../api/known.ts";
import { detectFaces } from "../api/methods.ts";
import type { Picture } from "../media/picture.ts";

/** Side of the square that is shown, in sides of the face's box, and how far below its middle the face's is. */
const [room, lower] = [1.8, 0.07];

/** How a picture is placed in a square frame so that the face fills it. */
function placedOn({ box }: DetectedFace, { width, height }: Detection) {
  const side = Math.min(room * Math.max(box.width, box.height), width, height);
  const within = (start: number, size: number, whole: number) =>
    Math.min(Math.max(start + size / 2 - side / 2, 0), whole - side);
  const percent = (pixels: number) => `${((100 * pixels) / side).toFixed(2)}%`;
  return {
    width: percent(width),
    height: percent(height),
    left: percent(-within(box.x, box.width, width)),
    top: percent(-within(box.y - lower * side, box.height, height)),
  };
}

const detections = new WeakMap<Picture, Promise<Detection | null>>();

/** Asked once for each picture, however often it is shown; null where the server cannot tell. */
function detectionOf(picture: Picture): Promise<Detection | null> {
  const known = detections.get(picture);
  if (known) return known;
  const asked = sendIfKnown(detectFaces(picture)).then((found) =>
    found && !found.problem ? (found.answer?.json as Detection) : null,
  );
  detections.set(picture, asked);
  return asked;
}

/** A picture in a square frame: its face where the server tells where it is, else its upper middle. */
export function FaceThumb({ picture, alt }: { picture: Picture; alt: string }) {
  const [detection, setDetection] = useState<Detection | null>(null);
  useEffect(() => {
    let left = false;
    detectionOf(picture).then((found) => {
      if (!left) setDetection(found);
    });
    return () => {
      left = true;
    };
  }, [picture]);
  const face = detection?.faces[0];
  return (
    <div class="thumb">
      <img
        src={picture.url}
        alt={alt}
        {...(face && detection ? { class: "placed", style: placedOn(face, detection) } : {})}
      />
    </div>
  );
}
