import { useEffect, useRef, useState } from "preact/hooks";
import { cameras, openCamera, recordClip, takePicture, whyNoCamera } from "../media/camera.ts";
import type { Clip } from "../media/clip.ts";
import type { Picture } from "../media/picture.ts";
import { CameraIcon, CloseIcon, RecordIcon } from "./icons.tsx";

interface Props {
  onClose: () => void;
  /** One of both says what is taken. */
  onPicture?: (picture: Picture) => void;
  onClip?: (clip: Clip) => void;
}

function stopAll(stream: MediaStream | null) {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** The chosen camera's picture in a video element, as long as the dialog is open. */
function useCamera(id: string) {
  const video = useRef<HTMLVideoElement>(null);
  const [ready, setReady] = useState(false);
  const [trouble, setTrouble] = useState("");
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([]);
  useEffect(() => {
    let stream: MediaStream | null = null;
    let closed = false;
    const open = async () => {
      try {
        stream = await openCamera(id);
        if (closed || !video.current) return stopAll(stream);
        video.current.srcObject = stream;
        await video.current.play();
        setReady(true);
        setDevices(await cameras());
      } catch (error) {
        if (!closed) setTrouble(whyNoCamera(error));
      }
    };
    open();
    return () => {
      closed = true;
      setReady(false);
      stopAll(stream);
    };
  }, [id]);
  return { video, ready, trouble, devices };
}

/** A modal with the camera's picture, and a button that takes a picture or records a clip. */
export function CameraDialog({ onClose, onPicture, onClip }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [id, setId] = useState("");
  const [progress, setProgress] = useState<number | null>(null);
  const { video, ready, trouble, devices } = useCamera(id);
  const stop = useRef(new AbortController());
  useEffect(() => {
    dialog.current?.showModal();
    return () => stop.current.abort();
  }, []);
  const take = async () => {
    if (!video.current) return;
    if (onPicture) onPicture(await takePicture(video.current));
    if (onClip) {
      const clip = await recordClip(video.current, setProgress, stop.current.signal);
      if (!clip) return;
      onClip(clip);
    }
    onClose();
  };
  const recording = progress !== null;
  return (
    <dialog ref={dialog} class="camera" aria-labelledby="camera-title" onClose={onClose}>
      <div class="camera-head">
        <h2 id="camera-title">{onClip ? "Record a clip" : "Take a picture"}</h2>
        <button type="button" class="round" aria-label="Close" onClick={() => dialog.current?.close()}>
          <CloseIcon />
        </button>
      </div>
      {trouble ? (
        <p class="camera-trouble" role="alert">
          {trouble}
        </p>
      ) : (
        <div class={`camera-view ${ready ? "ready" : ""}`}>
          <video ref={video} muted playsInline aria-label="What the camera sees" />
          <div class="camera-guide" aria-hidden="true" />
          {recording && <progress value={progress} max={1} aria-label="Recorded" />}
        </div>
      )}
      <div class="camera-foot">
        {devices.length > 1 && (
          <label class="camera-choice">
            <span class="unseen">Camera</span>
            <select value={id} disabled={recording} onChange={(event) => setId(event.currentTarget.value)}>
              <option value="">Facing you</option>
              {devices.map((device, i) => (
                <option key={device.deviceId} value={device.deviceId}>
                  {device.label || `Camera ${i + 1}`}
                </option>
              ))}
            </select>
          </label>
        )}
        <p class="fine">
          {recording
            ? "Keep looking at the camera. Blinking is welcome."
            : onClip
              ? "Four seconds, your whole head in the frame. Nothing is kept."
              : "Your whole head in the frame. Nothing is kept."}
        </p>
        <button type="button" class="primary" disabled={!ready || recording} onClick={take}>
          {onClip ? <RecordIcon /> : <CameraIcon />}
          {recording ? "Recording …" : onClip ? "Record" : "Take it"}
        </button>
      </div>
    </dialog>
  );
}
