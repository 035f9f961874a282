import type { LivenessExplanation } from "./answers.ts";

/** What this page shows of the answer to a clip. */
export interface ClipVerdict {
  passed: boolean;
  score: number;
  threshold: number;
  about: string[];
  bestShot: { base64: string; width: number; height: number } | null;
  explain: LivenessExplanation | null;
}

type Tree = Record<string, unknown>;

/** What lies under a path of keys and indexes, or undefined. */
function at(tree: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((node, key) => (node as Tree | undefined)?.[key], tree);
}

function aboutMedium(info: unknown): string[] {
  const seconds = at(info, "video", "duration");
  const rate = at(info, "video", "FPS");
  const count = at(info, "shots_set", "count");
  const kind = at(info, "video") ?? at(info, "shots_set") ?? at(info, "original");
  const lines: (string | false)[] = [
    typeof seconds === "number" && `${seconds.toFixed(1)} s`,
    typeof rate === "number" && `${Math.round(rate)} frames a second`,
    typeof count === "number" && `${count} frames`,
    `${at(kind, "width")} × ${at(kind, "height")}`,
    String(at(kind, "mime-type")),
  ];
  return lines.filter((line) => line !== false);
}

/** Reads the published folder of one medium and one analysis. */
export function clipVerdict(folder: unknown): ClipVerdict {
  const result = at(folder, "analyses", 0, "results_media", 0);
  const shot = at(result, "output_images", 0);
  return {
    passed: at(folder, "system_resolution") === "SUCCESS",
    score: at(result, "results_data", "confidence_spoofing") as number,
    threshold: at(folder, "analyses", 0, "confs", "threshold_spoofing") as number,
    about: aboutMedium(at(folder, "media", 0, "info")),
    bestShot: shot
      ? {
          base64: at(shot, "image_b64") as string,
          width: at(shot, "info", "original", "width") as number,
          height: at(shot, "info", "original", "height") as number,
        }
      : null,
    explain: (at(folder, "explain", "media", 0) as LivenessExplanation | undefined) ?? null,
  };
}
