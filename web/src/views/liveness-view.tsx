import { useState } from "preact/hooks";
import type { Facts, FrameEvidence, LivenessExplanation, PictureVerdict } from "../api/answers.ts";
import { type Exchange, send } from "../api/call.ts";
import { type ClipVerdict, clipVerdict } from "../api/folder.ts";
import { judgeMedium, judgePicture, mediumKey } from "../api/methods.ts";
import { type Clip, openClip } from "../media/clip.ts";
import { openPicture, type Picture } from "../media/picture.ts";
import { CameraDialog } from "../parts/camera-dialog.tsx";
import { ClipPreview } from "../parts/clip-preview.tsx";
import { Drop } from "../parts/drop.tsx";
import { Exchanges } from "../parts/exchanges.tsx";
import { FacePicture } from "../parts/face-picture.tsx";
import { type Hint, Hints } from "../parts/hints.tsx";
import { CameraIcon, FaceIcon, PersonIcon, RecordIcon } from "../parts/icons.tsx";
import { LivenessReport } from "../parts/liveness-report.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { View } from "../parts/view.tsx";
import { useLatest } from "../parts/work.ts";

const hints: Hint[] = [
  {
    Icon: RecordIcon,
    title: "A clip tells more than a picture",
    text: "A photograph neither blinks nor moves as a face does. Four seconds are enough.",
  },
  {
    Icon: FaceIcon,
    title: "The whole head, and some of the scene",
    text: "Frames and edges of what is held before the camera are evidence. A tight crop is not judged.",
  },
  { Icon: PersonIcon, title: "One person", text: "What cannot be judged is refused with the reason; it never passes." },
];

type Medium = { picture: Picture } | { clip: Clip };

const mediumTypes = "image/*,video/*,.zip,.tar,.tgz,.gz,.bz2,.xz,.mkv,application/zip";

/** What the file is: a picture where the browser can read it as one, else a clip. */
async function openMedium(file: File): Promise<Medium> {
  const picture = file.type.startsWith("image/") ? await openPicture(file) : null;
  return picture ? { picture } : { clip: await openClip(file) };
}

export interface Judged {
  passed: boolean;
  score: number;
  threshold: number;
  clip: ClipVerdict | null;
  explain: LivenessExplanation | null;
}

function judged(exchange: Exchange | null, medium: Medium | null, facts: Facts | null): Judged | null {
  if (!exchange?.answer || exchange.problem || !medium) return null;
  if ("clip" in medium) {
    const clip = clipVerdict(exchange.answer.json);
    return { ...clip, clip, explain: clip.explain };
  }
  const { passed, score, explain } = exchange.answer.json as PictureVerdict;
  return { passed, score, threshold: facts?.thresholds.liveness ?? 0.5, clip: null, explain: explain ?? null };
}

/** Is this a live person? Asked of a picture, a clip from the camera, a video, or an archive of frames. */
export function LivenessView({ hidden, facts }: { hidden: boolean; facts: Facts | null }) {
  const [medium, setMedium] = useState<Medium | null>(null);
  const [exchange, setExchange] = useState<Exchange | null>(null);
  const [camera, setCamera] = useState<"" | "picture" | "clip">("");
  const [looked, setLooked] = useState<FrameEvidence | null>(null);
  const { busy, start } = useLatest();
  const judge = (next: Medium) => {
    setMedium(next);
    setExchange(null);
    setLooked(null);
    start(async (isLatest) => {
      const answer = await send("clip" in next ? judgeMedium(next.clip) : judgePicture(next.picture));
      if (isLatest()) setExchange(answer);
    });
  };
  const result = judged(exchange, medium, facts);
  return (
    <View
      name="liveness"
      title="Liveness"
      lead="A live person, or a presentation attack: a print, a screen, a replay?"
      hidden={hidden}
    >
      <div class="split">
        <Drop
          label="A picture, a video, or an archive of frames"
          hint="MP4, WebM and others; ZIP or TAR of JPEG frames"
          accept={mediumTypes}
          onFiles={async ([file]) => file && judge(await openMedium(file))}
          actions={
            <>
              <button type="button" onClick={() => setCamera("clip")}>
                <RecordIcon />
                <span>Record a clip</span>
              </button>
              <button type="button" onClick={() => setCamera("picture")}>
                <CameraIcon />
                <span>Picture</span>
              </button>
            </>
          }
        >
          {medium &&
            ("clip" in medium ? (
              <ClipPreview clip={medium.clip} looked={looked} />
            ) : (
              <FacePicture
                picture={medium.picture}
                detection={null}
                label={`Picture to judge: ${medium.picture.name}`}
              />
            ))}
        </Drop>
        <div class="results" aria-live="polite" aria-busy={busy}>
          {busy && <p class="working">Judging …</p>}
          {exchange?.problem && (
            <ProblemNote
              problem={exchange.problem}
              labels={medium && "clip" in medium ? { [mediumKey]: medium.clip.name } : {}}
            />
          )}
          {result && <LivenessReport judged={result} onLook={setLooked} />}
          {!busy && !exchange && <Hints hints={hints} />}
        </div>
      </div>
      <Exchanges exchanges={exchange ? [exchange] : []} />
      {camera && (
        <CameraDialog
          onClose={() => setCamera("")}
          {...(camera === "clip"
            ? { onClip: (clip: Clip) => judge({ clip }) }
            : { onPicture: (picture: Picture) => judge({ picture }) })}
        />
      )}
    </View>
  );
}
