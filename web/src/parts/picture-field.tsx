import { useState } from "preact/hooks";
import type { Detection } from "../api/answers.ts";
import { openPictures, type Picture } from "../media/picture.ts";
import { CameraDialog } from "./camera-dialog.tsx";
import { Drop } from "./drop.tsx";
import { FacePicture } from "./face-picture.tsx";
import { CameraIcon } from "./icons.tsx";

export const pictureTypes = "image/*";

/** Said of files that are no pictures to this browser. */
export const noPicture = (names: string[]) => `${names.join(", ")}: not a picture that this browser can read.`;

interface Props {
  label: string;
  hint?: string;
  picture: Picture | null;
  detection: Detection | null;
  onPicture: (picture: Picture) => void;
}

/** A field for one picture of a face: dropped, chosen or taken with the camera, and then shown with what was found. */
export function PictureField({ label, hint, picture, detection, onPicture }: Props) {
  const [camera, setCamera] = useState(false);
  const [complaint, setComplaint] = useState("");
  const take = async (files: File[]) => {
    const { pictures, others } = await openPictures(files);
    setComplaint(others.length > 0 ? noPicture(others) : "");
    if (pictures[0]) onPicture(pictures[0]);
  };
  return (
    <div class="picture-field">
      <Drop
        label={label}
        {...(hint ? { hint } : {})}
        accept={pictureTypes}
        onFiles={take}
        actions={
          <button type="button" onClick={() => setCamera(true)}>
            <CameraIcon />
            <span>Camera</span>
          </button>
        }
      >
        {picture && <FacePicture picture={picture} detection={detection} label={`${label}: ${picture.name}`} />}
      </Drop>
      {picture?.note ? <p class="fine">{picture.note}</p> : null}
      {complaint ? (
        <p class="complaint" role="alert">
          {complaint}
        </p>
      ) : null}
      {camera && <CameraDialog onClose={() => setCamera(false)} onPicture={onPicture} />}
    </div>
  );
}
