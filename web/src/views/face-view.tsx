import { useState } from "preact/hooks";
import type { DetectedFace, Detection, Facts, Quality } from "../api/answers.ts";
import { type Exchange, send } from "../api/call.ts";
import { sendIfKnown } from "../api/known.ts";
import { detectFaces, extract, measureQuality } from "../api/methods.ts";
import type { Picture } from "../media/picture.ts";
import { Exchanges, SaveButton } from "../parts/exchanges.tsx";
import { type Hint, Hints } from "../parts/hints.tsx";
import { CheckIcon, DownloadIcon, FaceIcon } from "../parts/icons.tsx";
import { bytesText, signed } from "../parts/numbers.ts";
import { PictureField } from "../parts/picture-field.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { QualityCard } from "../parts/quality-card.tsx";
import { Verdict } from "../parts/verdict.tsx";
import { View } from "../parts/view.tsx";
import { useLatest } from "../parts/work.ts";

interface Found {
  /** Null where the server does not have the method. */
  detection: Exchange | null;
  quality: Exchange | null;
  extraction: Exchange;
}

const jsonOf = <T,>(exchange: Exchange | null): T | null =>
  exchange && !exchange.problem ? (exchange.answer?.json as T) : null;

function FaceFacts({ face }: { face: DetectedFace }) {
  const { box, pose } = face;
  return (
    <dl class="facts">
      <div>
        <dt>Face</dt>
        <dd>
          {Math.round(box.width)} × {Math.round(box.height)} px
        </dd>
      </div>
      <div>
        <dt>Detector</dt>
        <dd>{face.score.toFixed(2)}</dd>
      </div>
      {pose && (
        <div>
          <dt>Yaw, pitch, roll</dt>
          <dd>{[pose.yaw, pose.pitch, pose.roll].map((angle) => `${signed(angle, 0)}°`).join(" ")}</dd>
        </div>
      )}
    </dl>
  );
}

function TemplateNote({ bytes }: { bytes: Blob }) {
  return (
    <Verdict tone="ok" title="One face, and its template">
      <p>
        {bytesText(bytes.size)} that stand for this face in comparisons.{" "}
        <SaveButton file={{ name: "face.template", type: "application/octet-stream", bytes }}>
          Save the template
        </SaveButton>
      </p>
    </Verdict>
  );
}

function FoundView({ found, facts }: { found: Found; facts: Facts | null }) {
  const detection = jsonOf<Detection>(found.detection);
  const quality = jsonOf<Quality>(found.quality);
  const { problem, answer } = found.extraction;
  const absent = [found.detection ? "" : "boxes and landmarks", found.quality ? "" : "quality"].filter(Boolean);
  return (
    <>
      {problem && <ProblemNote problem={problem} />}
      {!problem && answer && (
        <div class="card outcome">
          <TemplateNote bytes={answer.bytes} />
          {detection?.faces[0] && <FaceFacts face={detection.faces[0]} />}
        </div>
      )}
      {quality && <QualityCard quality={quality} facts={facts} />}
      {absent.length > 0 && <p class="fine">This server does not tell {absent.join(" and ")}.</p>}
    </>
  );
}

const hints: Hint[] = [
  { Icon: FaceIcon, title: "Where the faces are", text: "Boxes, landmarks, and how the head is turned." },
  {
    Icon: CheckIcon,
    title: "How good the picture is",
    text: "Measures of ISO/IEC 29794-5, and what would make it better.",
  },
  { Icon: DownloadIcon, title: "The template", text: "The few bytes that comparisons work on. Nothing is kept." },
];

/** One picture: the faces in it, their quality, and the template. */
export function FaceView({ hidden, facts }: { hidden: boolean; facts: Facts | null }) {
  const [picture, setPicture] = useState<Picture | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const { busy, start } = useLatest();
  const look = (next: Picture) => {
    setPicture(next);
    setFound(null);
    start(async (isLatest) => {
      const [detection, quality, extraction] = await Promise.all([
        sendIfKnown(detectFaces(next)),
        sendIfKnown(measureQuality(next)),
        send(extract(next)),
      ]);
      if (isLatest()) setFound({ detection, quality, extraction });
    });
  };
  const exchanges = found
    ? [found.detection, found.quality, found.extraction].filter((exchange) => exchange !== null)
    : [];
  return (
    <View
      name="face"
      title="Face"
      lead="What the server sees in a picture, and how good the picture is."
      hidden={hidden}
    >
      <div class="split">
        <PictureField
          label="A picture with a face"
          hint="Drop a photograph here, or choose one"
          picture={picture}
          detection={jsonOf<Detection>(found?.detection ?? null)}
          onPicture={look}
        />
        <div class="results" aria-live="polite" aria-busy={busy}>
          {busy && <p class="working">Looking …</p>}
          {found && <FoundView found={found} facts={facts} />}
          {!busy && !found && <Hints hints={hints} />}
        </div>
      </div>
      <Exchanges exchanges={exchanges} />
    </View>
  );
}
