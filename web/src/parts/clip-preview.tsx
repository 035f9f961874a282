import { useEffect, useRef } from "preact/hooks";
import type { FrameEvidence } from "../api/answers.ts";
import type { Clip } from "../media/clip.ts";
import { bytesText } from "./numbers.ts";

/** Film of an archive holds this many frames at most. */
const mostShots = 12;

function spread<T>(items: T[], count: number): T[] {
  if (items.length <= count) return items;
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)] as T);
}

function VideoPreview({ clip, looked }: { clip: Clip; looked: FrameEvidence | null }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (looked && video.current) video.current.currentTime = looked.time;
  }, [looked]);
  return <video ref={video} src={clip.url} controls muted playsInline aria-label={`Video to judge: ${clip.name}`} />;
}

function ArchivePreview({ clip, looked }: { clip: Clip; looked: FrameEvidence | null }) {
  const shown = (looked && clip.shots[looked.number - 1]) ?? clip.shots[Math.floor(clip.shots.length / 2)];
  if (!shown)
    return (
      <p class="archive-name">
        {clip.name}, {bytesText(clip.bytes.size)}
      </p>
    );
  return (
    <>
      <img class="shot" src={shown.url} alt={`Frame ${shown.name} of ${clip.name}`} />
      <div class="film" aria-hidden="true">
        {spread(clip.shots, mostShots).map((shot) => (
          <img key={shot.name} src={shot.url} alt="" />
        ))}
      </div>
      <p class="fine film-words">
        {clip.name}: {clip.shots.length} frames, {bytesText(clip.bytes.size)}
      </p>
    </>
  );
}

/** A clip before and after it is judged; shows the frame that is looked at in the timeline. */
export function ClipPreview({ clip, looked }: { clip: Clip; looked: FrameEvidence | null }) {
  return (
    <div class="clip">
      {clip.kind === "video" ? (
        <VideoPreview clip={clip} looked={looked} />
      ) : (
        <ArchivePreview clip={clip} looked={looked} />
      )}
    </div>
  );
}
