import type { Page } from "playwright-core";

/** Answers of methods that not every server has, in the shapes of the API's description, with fixed values. */
const measure = (score: number, raw: number, unit: string) => ({ score, raw, unit });

export const quality = {
  unified_score: 78,
  measures: {
    inter_eye_distance: measure(100, 126.3, "px"),
    head_pose_yaw: measure(97, -3.1, "degree"),
    head_pose_pitch: measure(88, 6.2, "degree"),
    head_pose_roll: measure(99, 0.4, "degree"),
    sharpness: measure(62, 0.41, ""),
    under_exposure_prevention: measure(95, 0.02, ""),
    over_exposure_prevention: measure(91, 0.04, ""),
    dynamic_range: measure(84, 6.9, "bit"),
    illumination_uniformity: measure(58, 0.71, ""),
    crop_of_the_face_image: measure(100, 0.3, ""),
    background_uniformity: measure(34, 12.5, ""),
    eyes_open: measure(96, 0.31, ""),
    mouth_closed: null,
    single_face_present: measure(100, 1, ""),
    no_compression_artefacts: measure(93, 0.07, ""),
  },
  advice: ["use a plain background", "light the face from the front"],
};

export const detection = {
  width: 910,
  height: 1137,
  faces: [
    {
      box: { x: 372.7, y: 83.5, width: 238.9, height: 326.8 },
      score: 0.93,
      landmarks: {
        right_eye: [436.1, 210.5],
        left_eye: [550.9, 213.5],
        nose_tip: [495.7, 273.2],
        right_mouth_corner: [438.0, 309.8],
        left_mouth_corner: [548.1, 312.0],
      },
      pose: { yaw: -3.1, pitch: 6.2, roll: 0.4 },
    },
  ],
};

const frame = (number: number, log_odds: number | null, reason: string | null = null) => ({
  number,
  time: (number - 1) / 25,
  log_odds,
  usable: reason === null,
  reason,
});

const liveness = {
  networks: [
    { name: "minifasnet_v2", log_odds: -3.2 },
    { name: "minifasnet_v1se", log_odds: -2.4 },
  ],
  stillness: { eyes: 0.031, plane: 0.022, log_odds: -0.7, weight: 0.26, added: 0.4 },
  part: { from: 0.4, to: 0.84, log_odds: 1.2 },
  frames: [
    frame(1, -3.1),
    frame(6, -4.4),
    frame(11, 1.2),
    frame(16, null, "the face is cut off by the edge of the picture"),
    frame(21, -5.9),
  ],
  gestures: null,
};

const comparison = {
  similarity: 0.61,
  approve_threshold: 0.9,
  decline_threshold: 0.4,
  false_match_rate: 0.00002,
  false_match_rate_below: null,
  measured_on: "some pairs",
  quality: [quality, { ...quality, unified_score: 41, advice: ["move closer"] }],
};

/** Has the server's answers told more than it tells itself: boxes, quality, and explanations. */
export async function tellMore(page: Page): Promise<void> {
  await page.route("**/v1/face/detect", (route) => route.fulfill({ json: detection }));
  await page.route("**/v1/face/quality", (route) => route.fulfill({ json: quality }));
  const explained: [string, object][] = [
    ["**/extract_and_compare?explain=1", comparison],
    ["**/liveness/detect?explain=1", { media: [liveness] }],
  ];
  for (const [path, explain] of explained)
    await page.route(path, async (route) => {
      const response = await route.fetch();
      if (!response.ok()) return route.fulfill({ response });
      return route.fulfill({ response, json: { ...(await response.json()), explain } });
    });
}
