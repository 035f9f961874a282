import type { Call, NamedFile } from "./call.ts";

/** Health, versions and facts. */
export const patternHealth: Call = { title: "Health", method: "GET", path: "/v1/face/pattern/health" };
export const livenessHealth: Call = { title: "Liveness health", method: "GET", path: "/v1/face/liveness/health" };
export const version: Call = { title: "Version", method: "GET", path: "/version" };
export const facts: Call = { title: "Facts", method: "GET", path: "/console/facts.json" };

const ofPicture = (title: string, path: string, picture: NamedFile): Call => ({
  title,
  method: "POST",
  path,
  content: { body: picture },
});

export const detectFaces = (picture: NamedFile) => ofPicture("Find faces", "/v1/face/detect", picture);
export const measureQuality = (picture: NamedFile) => ofPicture("Measure quality", "/v1/face/quality", picture);
export const extract = (picture: NamedFile): Call => ({
  ...ofPicture("Extract the template", "/v1/face/pattern/extract", picture),
  answerName: "face.template",
});

/** The names of the parts that carry the two pictures of a comparison; of a search the first carries whom to look for. */
export const sampleKeys = ["sample_1", "sample_2"] as const;

export const compare = (first: NamedFile, second: NamedFile): Call => ({
  title: "Compare",
  method: "POST",
  path: "/v1/face/pattern/extract_and_compare?explain=1",
  content: {
    form: [
      { name: sampleKeys[0], file: first },
      { name: sampleKeys[1], file: second },
    ],
  },
});

export const search = (probe: NamedFile, gallery: NamedFile[]): Call => ({
  title: "Search",
  method: "POST",
  path: "/v1/face/pattern/extract_and_compare_n",
  content: {
    form: [{ name: sampleKeys[0], file: probe }, ...gallery.map((file) => ({ name: "samples_n", file }))],
  },
});

export const judgePicture = (picture: NamedFile) =>
  ofPicture("Judge liveness", "/v1/face/liveness/detect?explain=1", picture);

/** The name of the part that carries a clip. */
export const mediumKey = "clip";

export const judgeMedium = (medium: NamedFile): Call => ({
  title: "Judge liveness",
  method: "POST",
  path: "/v1/face/liveness/detect?explain=1",
  content: {
    form: [
      { name: mediumKey, file: medium },
      { name: "payload", text: '{"analyses": [{"type": "quality", "params": {"extract_best_shot": true}}]}' },
    ],
  },
});
