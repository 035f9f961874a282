// The TypeScript client under Node.js. FACEWARD_ADDRESS names a running server, SAMPLES a folder of pictures and templates.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { Busy, Client, Refused, UnexpectedAnswer, zipFrames } from "faceward";

const client = new Client(process.env.FACEWARD_ADDRESS + "/");
const sample = async (name) => new Uint8Array(await readFile(`${process.env.SAMPLES}/${name}`));
const picture = { a1: await sample("a1.jpg"), a2: await sample("a2.jpg"), b: await sample("b.jpg") };
const template = { a1: await sample("a1"), a2: await sample("a2"), b: await sample("b") };

async function collected(items) {
  const all = [];
  for await (const item of items) all.push(item);
  return all;
}

test("versions and health", async () => {
  const version = await client.version();
  assert.match(version.inference, /^OpenVINO /);
  assert.ok(version.models.some((model) => model.name === "YuNet"));
  assert.deepEqual(await client.biometryHealth(), { ready: true, message: "" });
  assert.deepEqual(await client.livenessHealth(), { ready: true, message: "" });
});

test("one to one", async () => {
  assert.deepEqual(await client.extract(picture.a1), template.a1);
  assert.deepEqual(await client.extract(new Blob([picture.a1])), template.a1);
  assert.deepEqual(await client.extract(await sample("a1.png")), await client.extract(await sample("a1.png")));
  assert.deepEqual(await client.compare(template.a1, template.a1.buffer), { score: 1, decision: "approved" });
  const verified = await client.verify(picture.a2, template.a1);
  assert.deepEqual(verified.template, template.a2);
  assert.equal(verified.score, (await client.compare(template.a1, template.a2)).score);
  assert.equal((await client.extractAndCompare(picture.a1, picture.b)).decision, "declined");
});

test("quality, faces and explanations", async () => {
  const quality = await client.quality(picture.a1);
  assert.ok(quality.unified_score > 0);
  assert.equal(quality.measures.inter_eye_distance?.unit, "px");
  const { faces } = await client.detectFaces(picture.a1);
  assert.equal(faces.length, 1);
  assert.ok(faces[0].landmarks.right_eye[0] < faces[0].landmarks.left_eye[0]);
  const explained = await client.extractAndCompare(picture.a1, picture.b, { explain: true });
  assert.equal(explained.explain.quality.length, 2);
  assert.equal((await client.extractAndCompare(picture.a1, picture.b)).explain, undefined);
  assert.equal((await client.compare(template.a1, template.b, { explain: true })).explain.quality, null);
  assert.ok((await client.verify(picture.a1, template.b, { explain: true })).explain.similarity < 1);
  assert.ok((await client.detect(await sample("face.jpg"), { explain: true })).explain.networks.length > 0);
});

test("one to many", async () => {
  const names = ['ünï "q"', "x", "x"];
  const keys = ["a1", "a2", "b"];
  const references = keys.map((key, i) => [names[i], template[key]]);
  const found = await collected(client.compareN(template.a1, references));
  assert.deepEqual(found.map((candidate) => candidate.filename), names);
  assert.deepEqual(found.map((candidate) => candidate.decision), ["approved", "approved", "declined"]);
  assert.deepEqual(await client.verifyN(picture.a1, references), found);
  const pictures = keys.map((key, i) => [names[i], picture[key]]);
  assert.deepEqual(await client.extractAndCompareN(picture.a1, pictures), found);
});

test("compareN takes no more of the many than are asked for", async () => {
  let taken = 0;
  async function* endless() {
    for (;;) yield [String(taken++), template.b];
  }
  const found = [];
  for await (const candidate of client.compareN(template.a1, endless(), { batch: 50 })) {
    found.push(candidate.filename);
    if (found.length === 120) break;
  }
  assert.deepEqual(found, [...Array(120).keys()].map(String));
  assert.equal(taken, 150);
});

test("liveness", async () => {
  const face = await sample("face.jpg");
  const presentation = await client.detect(face);
  assert.equal(presentation.passed, presentation.score <= 0.5);
  const clip = new File([await sample("clip.mp4")], "selfie.mp4");
  const answer = await client.detectMedia(
    { clip, photo: face },
    {
      analyses: [{ thresholdSpoofing: 1, extractBestShot: true, metaData: { a: 1 } }],
      payload: { "media:tags": { clip: ["video_selfie"] }, "folder:meta_data": { customer: 1 } },
    },
  );
  assert.equal(answer.passed, true);
  assert.deepEqual(answer.raw.meta_data, { customer: 1 });
  assert.deepEqual(answer.media.map((medium) => medium.name), ["selfie.mp4", "photo"]);
  assert.deepEqual(answer.media.map((medium) => medium.kind), ["VIDEO_FOLDER", "IMAGE_FOLDER"]);
  const shot = answer.media[0].bestShot;
  assert.deepEqual([...shot.jpeg.slice(0, 2)], [0xff, 0xd8]);
  assert.deepEqual([shot.width, shot.height], [640, 480]);
  assert.equal(answer.media[1].bestShot, null);
  assert.equal(answer.media[1].attackProbability, presentation.score);
});

test("frames become an archive that keeps their times", async () => {
  const face = await sample("face.jpg");
  const times = [0, 0.01, 0.4, 1, 2];
  const archive = await zipFrames(times.map((time) => ({ jpeg: face, time })));
  assert.equal(archive.type, "application/zip");
  const text = Buffer.from(await archive.arrayBuffer()).toString("latin1");
  const names = [...text.matchAll(/PK\x01\x02.{42}(frame-\d+\.jpg)/gs)].map((found) => found[1]);
  assert.deepEqual(names, ["00001", "00002", "00011", "00026", "00051"].map((number) => `frame-${number}.jpg`));
  const answer = await client.detectMedia({ shots: archive });
  assert.equal(answer.media[0].kind, "SHOTS_SET_FOLDER");
  assert.equal(answer.raw.media[0].info.shots_set.count, 5);
});

test("a refusal says why and under which id", async () => {
  await assert.rejects(client.extractAndCompare(picture.a1, await sample("nobody.jpg")), (error) => {
    assert.ok(error instanceof Refused);
    assert.equal(error.message, "BPE-003002: The biometric sample is missing face: sample_2");
    assert.equal(error.status, 400);
    assert.equal(error.requestId.length, 36);
    return true;
  });
});

function busy(times, { proxy = false, retryAfter = "0" } = {}) {
  const headers = { "Retry-After": retryAfter, "X-Request-ID": "r" };
  const busyFetch = async (url, request) => {
    busyFetch.bodies.push([...request.body.keys()].join());
    if (times-- > 0) {
      if (proxy) return new Response("<html>later</html>", { status: 503, headers });
      return Response.json({ code: "SRV-503", message: "The server is busy" }, { status: 503, headers });
    }
    return Response.json({ score: 1, decision: "approved" });
  };
  busyFetch.bodies = [];
  return busyFetch;
}

for (const proxy of [false, true]) {
  test(`a busy ${proxy ? "proxy" : "server"} is asked again`, async () => {
    const twice = busy(2, { proxy });
    assert.equal((await new Client("http://localhost", { fetch: twice }).compare(template.a1, template.b)).score, 1);
    assert.deepEqual(twice.bodies, Array(3).fill("bio_feature,bio_template"));
  });
}

test("tries are used up", async () => {
  const never = new Client("http://localhost", { fetch: busy(9), retries: 1 });
  await assert.rejects(never.compare(template.a1, template.b), (error) => {
    assert.ok(error instanceof Busy);
    assert.equal(error.retryAfter, 0);
    assert.equal(error.requestId, "r");
    return true;
  });
  const proxy = busy(9, { proxy: true });
  const client = new Client("http://localhost", { fetch: proxy, retries: 1 });
  await assert.rejects(client.compare(template.a1, template.b), UnexpectedAnswer);
  assert.equal(proxy.bodies.length, 2);
});

test("who names a long time is not waited for", async () => {
  const long = busy(1, { proxy: true, retryAfter: "3600" });
  await assert.rejects(new Client("http://localhost", { fetch: long }).compare(template.a1, template.b), UnexpectedAnswer);
  assert.equal(long.bodies.length, 1);
});

test("an answer that is none of the server's", async () => {
  const proxy = async () => new Response("<html>", { status: 502 });
  await assert.rejects(new Client("http://localhost", { fetch: proxy }).version(), UnexpectedAnswer);
});

test("a call can be ended", async () => {
  await assert.rejects(client.version({ signal: AbortSignal.abort() }), { name: "AbortError" });
});
