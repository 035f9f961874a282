import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Answer, Call } from "../src/api/call.ts";
import { clipVerdict } from "../src/api/folder.ts";
import { problemOf, reasonIn } from "../src/api/problem.ts";
import { snippets } from "../src/api/snippets.ts";
import { shotName } from "../src/media/clip.ts";
import { joined } from "../src/media/picture.ts";
import { indented, shortened } from "../src/parts/json-text.ts";
import { oneIn, percent, scoreText } from "../src/parts/numbers.ts";
import { placedTicks, placeOf, type Room, worstRates } from "../src/parts/score-scale.ts";

test("the scale is even in log-odds and keeps its ends", () => {
  assert.equal(placeOf(0.5), 0.5);
  assert.equal(placeOf(0), 0);
  assert.equal(placeOf(1), 1);
  assert.ok(Math.abs(placeOf(0.85) + placeOf(0.15) - 1) < 1e-12);
  assert.ok(placeOf(0.99) - placeOf(0.95) > placeOf(0.55) - placeOf(0.5));
});

const roomOf = (width: number): Room => ({ width, widthOf: (label) => 7 * label.length });

test("thresholds keep their ticks, and what would stand on top of them goes", () => {
  const others = [{ at: 0.85, meaning: "1 in 7,700" }, { at: 0.86 }, { at: 0.95 }];
  const ticks = placedTicks(roomOf(1000), 0.6, [0.5, 0.85], others);
  assert.deepEqual(
    ticks.map(({ at, meaning }) => [at, meaning]),
    [
      [0.5, undefined],
      [0.85, "1 in 7,700"],
      [0.95, undefined],
    ],
  );
});

test("a narrow scale has its thresholds and the score's neighbours, meanings that would touch on two lines", () => {
  const others = [0.05, 0.1, 0.2, 0.5, 0.7, 0.85, 0.95].map((at) => ({ at, meaning: "1 in 10,000" }));
  const ticks = placedTicks(roomOf(360), 0.992, [0.85, 0.5], [...others, { at: 0.01 }, { at: 0.99 }]);
  assert.deepEqual(
    ticks.map(({ at, line }) => [at, line]),
    [
      [0.5, 1],
      [0.85, 0],
      [0.95, 1],
    ],
  );
});

test("labels stay on the scale", () => {
  const [tick] = placedTicks(roomOf(360), 0.5, [0.999], []);
  assert.deepEqual(tick, { at: 0.999, line: 0, shift: -17.5 });
});

test("the worst of the measured rates stands for a score", () => {
  const rates = [0.0001, 0.0003, 0].map((fmr) => ({ score: 0.85, fmr, fnmr: 0, set: "any" }));
  assert.deepEqual([...worstRates(rates)], [[0.85, 0.0003]]);
});

test("numbers read as people write them", () => {
  assert.equal(oneIn(0.00002), "1 in 50,000");
  assert.equal(oneIn(0.00013), "1 in 7,700");
  assert.equal(scoreText(0.99999), "0.9999");
  assert.equal(scoreText(1), "1.0");
  assert.deepEqual([0.5, 0.0019, 0.1234, 0.99987].map(percent), ["50 %", "0.19 %", "12.3 %", "99.987 %"]);
  assert.deepEqual([0.29, 0.00209, 1].map(percent), ["29 %", "0.20 %", "100 %"]);
  assert.deepEqual([0.29, 0.00209, 0.84999].map(scoreText), ["0.2900", "0.0020", "0.8499"]);
});

test("names of frames carry their time at 25 a second", () => {
  assert.deepEqual(
    [0, 0.08, 0.4, 3.96].map(shotName),
    [0, 2, 10, 99].map((n) => `frame-${String(n).padStart(4, "0")}.jpg`),
  );
});

test("JSON is shown as it came, on lines, with long strings cut", () => {
  const long = "x".repeat(200);
  const text = indented(`{"score": 1.0, "list": [1, {"a": "b, {c}"}], "none": [], "picture": "${long}"}`);
  assert.deepEqual(JSON.parse(text).picture, long);
  assert.match(text, /^ {2}"score": 1\.0,$/m);
  assert.match(text, /^ {2}"none": \[\],$/m);
  assert.match(text, /^ {6}"a": "b, \{c\}"$/m);
  assert.match(shortened(text), /"picture": "x{39}… \(200 characters\)"/);
});

const answered = (json: object): Answer => ({
  ...{ status: 400, milliseconds: 1, requestId: "r-1", contentType: "application/json", bytes: new Blob(), text: "" },
  json,
});

test("every code of the protocol has words of its own", () => {
  const table = readFileSync(new URL("../../service/api/error_table.cpp", import.meta.url), "utf8");
  const codes = [...new Set(table.match(/\b(BPE|LDE|SRV)-\d+/g))];
  const lastResort = problemOf(answered({ code: "BPE-001001", message: "" })).title;
  const without = codes.filter((code) => problemOf(answered({ code, message: "" })).title === lastResort);
  assert.deepEqual(without.sort(), ["BPE-001001", "LDE-001001"]);
});

test("a problem keeps the server's own words", () => {
  const problem = problemOf(
    answered({ code: "LDE-002004", message: "Failed to extract the biometric sample: clip: too small" }),
  );
  assert.equal(problem.title, "This cannot be judged");
  assert.equal(reasonIn(problem.message, {}), "Clip: too small");
  assert.equal(problem.requestId, "r-1");
});

test("parts of a request have the names that the page gives them", () => {
  const labels = { sample_2: "Second face" };
  const reasonOf = (reason: string) => reasonIn(`More than one face: ${reason}`, labels);
  assert.equal(reasonOf("sample_2"), "Second face");
  assert.equal(reasonOf("sample_2: it is empty"), "Second face: it is empty");
  assert.equal(reasonOf('sample_2 "a.jpg": it is empty'), 'Second face "a.jpg": it is empty');
  assert.equal(reasonOf("sample_20: it is empty"), "Sample_20: it is empty");
});

test("pictures of one name get names of their own", () => {
  const named = (name: string) => ({ name, type: "image/jpeg", bytes: new Blob(), url: "", note: "" });
  const all = joined([named("image.jpg")], ["image.jpg", "image (2).jpg", "image.jpg", "face"].map(named));
  const names = all.map((picture) => picture.name);
  assert.deepEqual(names, ["image.jpg", "image (2).jpg", "image (2) (2).jpg", "image (3).jpg", "face"]);
});

test("a name that a shell or curl would read as more is quoted", () => {
  const file = { name: 'it\'s; a "face".jpg', type: "image/jpeg", bytes: new Blob() };
  const call: Call = { title: "", method: "POST", path: "/v", content: { form: [{ name: "sample", file }] } };
  const command = snippets(call, "http://localhost")[0]?.code ?? "";
  const words = execFileSync("bash", ["-c", command.replace(/^curl/, "printf '%s\\n'")], { encoding: "utf8" });
  assert.deepEqual(words.trim().split("\n"), [
    "-F",
    'sample=@"it\'s; a \\"face\\".jpg";type=image/jpeg',
    "http://localhost/v",
  ]);
});

test("the explanation of a clip is that of the one medium", () => {
  const explain = { networks: [], stillness: null, part: null, frames: [] };
  assert.equal(clipVerdict({ explain: { media: [explain] } }).explain, explain);
  assert.equal(clipVerdict({}).explain, null);
});

test("what the page and its tools are made of has free licences", () => {
  const free = ["0BSD", "Apache-2.0", "BSD-3-Clause", "ISC", "MIT", "MIT OR Apache-2.0", "MPL-2.0", "OFL-1.1"];
  const lock = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
  const packages = Object.entries<{ license?: string }>(lock.packages).filter(([name]) => name !== "");
  assert.ok(packages.length > 20);
  assert.deepEqual(
    packages.filter(([, { license }]) => !free.includes(license ?? "")),
    [],
  );
});
