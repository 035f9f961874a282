import type { Facts, Measure, Quality } from "../api/answers.ts";
import { wordsOf } from "./numbers.ts";

/** Names that say more to a person than the standard's component does. */
const names: Record<string, string> = {
  inter_eye_distance: "Distance of the eyes",
  head_pose_yaw: "Head turned (yaw)",
  head_pose_pitch: "Head nodded (pitch)",
  head_pose_roll: "Head tilted (roll)",
  under_exposure_prevention: "Not too dark",
  over_exposure_prevention: "Not too bright",
  illumination_uniformity: "Even light",
  crop_of_the_face_image: "Room around the face",
  background_uniformity: "Even background",
  single_face_present: "One person only",
  no_compression_artefacts: "No traces of compression",
};

/** Said of a picture on which the server has no advice. */
export const noAdvice = "No advice for this picture.";

const units: Record<string, string> = { degree: "°", ratio: "" };

function rawText({ raw, unit }: Measure): string {
  const digits = unit === "degree" || Math.abs(raw) >= 10 ? 1 : 2;
  return `${String(Number(raw.toFixed(digits))).replace("-", "−")}${units[unit] ?? (unit ? ` ${unit}` : "")}`;
}

interface RowProps {
  name: string;
  measure: Measure | null;
  /** The score below which there is advice. */
  advisedBelow: number;
}

function MeasureRow({ name, measure, advisedBelow }: RowProps) {
  return (
    <tr>
      <th scope="row">{names[name] ?? wordsOf(name)}</th>
      {measure ? (
        <>
          <td class="measure-raw">{rawText(measure)}</td>
          <td class="measure-score">
            <span class={`bar ${measure.score < advisedBelow ? "warn" : "ok"}`} aria-hidden="true">
              <span style={{ width: `${measure.score}%` }} />
            </span>
            <span class="measure-number">{measure.score}</span>
          </td>
        </>
      ) : (
        <td colSpan={2} class="fine">
          not measured by these models
        </td>
      )}
    </tr>
  );
}

/** A dial for 0 to 100. */
export function Dial({ score, label }: { score: number; label: string }) {
  const length = 2 * Math.PI * 26;
  return (
    <svg class="dial" viewBox="0 0 64 64" role="img" aria-label={`${label}: ${score} of 100`}>
      <circle cx="32" cy="32" r="26" class="dial-rest" />
      <circle cx="32" cy="32" r="26" class="dial-part" stroke-dasharray={`${(length * score) / 100} ${length}`} />
      <text x="32" y="38">
        {score}
      </text>
    </svg>
  );
}

/** The quality of a face picture: in one number, as advice, and measure by measure. */
export function QualityCard({ quality, facts }: { quality: Quality; facts: Facts | null }) {
  return (
    <section class="card quality" aria-label="Quality">
      <div class="quality-head">
        <Dial score={quality.unified_score} label="Quality" />
        <div>
          <h3>Quality</h3>
          {quality.advice.length > 0 ? (
            <ul class="advice">
              {quality.advice.map((advice) => (
                <li key={advice}>{advice}</li>
              ))}
            </ul>
          ) : (
            <p>{noAdvice}</p>
          )}
        </div>
      </div>
      <table class="measures">
        <caption class="unseen">Measures of quality, 0 to 100, higher is better</caption>
        <tbody>
          {Object.entries(quality.measures).map(([name, measure]) => (
            <MeasureRow key={name} name={name} measure={measure} advisedBelow={facts?.advice_below[name] ?? 0} />
          ))}
        </tbody>
      </table>
    </section>
  );
}
