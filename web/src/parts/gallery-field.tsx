import { useState } from "preact/hooks";
import { openPictures, type Picture } from "../media/picture.ts";
import { CameraDialog } from "./camera-dialog.tsx";
import { Drop } from "./drop.tsx";
import { FaceThumb } from "./face-thumb.tsx";
import { CameraIcon, CloseIcon } from "./icons.tsx";
import { noPicture, pictureTypes } from "./picture-field.tsx";

interface Props {
  pictures: Picture[];
  onAdd: (pictures: Picture[]) => void;
  onRemove: (picture: Picture) => void;
  onClear: () => void;
}

/** A field for many pictures: dropped, chosen or taken with the camera one after the other. */
export function GalleryField({ pictures, onAdd, onRemove, onClear }: Props) {
  const [camera, setCamera] = useState(false);
  const [complaint, setComplaint] = useState("");
  const isEmpty = pictures.length === 0;
  const add = async (files: File[]) => {
    const opened = await openPictures(files);
    setComplaint(opened.others.length > 0 ? noPicture(opened.others) : "");
    if (opened.pictures.length > 0) onAdd(opened.pictures);
  };
  return (
    <div class="picture-field">
      <Drop
        label={isEmpty ? "The pictures to search" : "Add pictures"}
        hint="Drop any number of photographs here"
        accept={pictureTypes}
        multiple
        onFiles={add}
        actions={
          <>
            <button type="button" onClick={() => setCamera(true)}>
              <CameraIcon />
              <span>Camera</span>
            </button>
            {!isEmpty && (
              <button type="button" onClick={onClear}>
                Clear
              </button>
            )}
          </>
        }
      >
        {!isEmpty && (
          <ul class="gallery" aria-label="Pictures to search">
            {pictures.map((picture) => (
              <li key={picture.url}>
                <FaceThumb picture={picture} alt={picture.name} />
                <button
                  type="button"
                  class="round"
                  aria-label={`Remove ${picture.name}`}
                  onClick={() => onRemove(picture)}
                >
                  <CloseIcon />
                </button>
              </li>
            ))}
          </ul>
        )}
      </Drop>
      {complaint ? (
        <p class="complaint" role="alert">
          {complaint}
        </p>
      ) : null}
      {camera && <CameraDialog onClose={() => setCamera(false)} onPicture={(picture) => onAdd([picture])} />}
    </div>
  );
}
