import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { assertAccessible, desktop, openBrowser, openConsole } from "./browser.ts";
import { type Media, makeMedia } from "./media.ts";
import { drop, go, verdict } from "./page.ts";
import { Server } from "./server.ts";
import { tellMore } from "./told.ts";

const mostBytes = 16_000_000;

let server: Server;
let browser: Browser;
let media: Media;

before(async () => {
  media = makeMedia();
  server = await Server.start("--max_body_bytes", `${mostBytes}`);
  browser = await openBrowser(media.webcam);
});

after(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(media.folder, { recursive: true });
});

/** A test with a page of its own, which must have nothing to complain about but these answers. */
function flow(name: string, steps: (page: Page) => Promise<void>, expected: string[] = []): void {
  test(name, async () => {
    const { page, context, complaints } = await openConsole(browser, server.address, { size: desktop, theme: "light" });
    await steps(page);
    assert.deepEqual(complaints.sort(), expected.sort());
    await context.close();
  });
}

flow("a face is photographed with the camera", async (page) => {
  const view = await go(page, "face");
  await view.getByRole("button", { name: "Camera" }).click();
  const dialog = page.getByRole("dialog", { name: "Take a picture" });
  await dialog.locator(".camera-view.ready").waitFor();
  await assertAccessible(page);
  await dialog.getByRole("button", { name: "Take it" }).click();
  assert.equal(await verdict(view), "One face, and its template");
  await view.getByRole("button", { name: "Save photo.jpg" }).locator("visible=true").waitFor();
});

flow("a clip is recorded and sent as a ZIP of frames", async (page) => {
  const view = await go(page, "liveness");
  await view.getByRole("button", { name: "Record a clip" }).click();
  const dialog = page.getByRole("dialog", { name: "Record a clip" });
  await dialog.getByRole("button", { name: "Record" }).click();
  await dialog.getByText("Keep looking at the camera").waitFor();
  assert.match(await verdict(view), /^(Live person|Presentation attack)$/);
  const about = (await view.locator(".verdict .fine").textContent()) ?? "";
  assert.match(about, /application\/zip/);
  assert.ok(Number(/(\d+) frames/.exec(about)?.[1]) >= 20, about);
  assert.ok((await view.locator(".film img").count()) >= 10);
});

flow("closing the camera records nothing", async (page) => {
  await page.clock.install();
  const view = await go(page, "liveness");
  await view.getByRole("button", { name: "Record a clip" }).click();
  const dialog = page.getByRole("dialog", { name: "Record a clip" });
  await dialog.getByRole("button", { name: "Record" }).click();
  await dialog.getByText("Keep looking at the camera").waitFor();
  await page.keyboard.press("Escape");
  // By its tag: what is closed has no role any more, even before it is taken out of the page.
  await page.locator("dialog").waitFor({ state: "detached" });
  // As often as it takes a clip that was still being recorded to take its last frame and to be packed.
  for (let step = 0; step < 3; step += 1) {
    await page.clock.fastForward(5000);
    await page.evaluate(() => new Promise((taken) => document.createElement("canvas").toBlob(taken)));
  }
  assert.equal(await view.locator(".working, .verdict").count(), 0);
});

flow("pictures, videos and archives are dropped", async (page) => {
  const view = await go(page, "liveness");
  const field = view.locator(".drop");
  await drop(page, field, "frames.zip", "application/zip", readFileSync(media.frames));
  assert.match(await verdict(view), /^(Live person|Presentation attack)$/);
  await view.getByText("frames.zip: 25 frames").waitFor();
  const frames = view.getByRole("group", { name: "Frames that were looked at" }).getByRole("button");
  assert.equal(await frames.count(), 10);
  await frames.first().focus();
  await view.getByText(/^At \d\.\d\d s: [+−]\d+\.\d, speaks for/).waitFor();
  await view.getByText("Stillness adds").waitFor();
  await drop(page, field, "clip.mp4", "video/mp4", readFileSync(media.clip));
  await view.getByText("frames a second").waitFor();
  await drop(page, field, "obama.jpg", "image/jpeg", readFileSync(media.person));
  await view.getByText("In single pictures many good prints pass").waitFor();
});

flow("what the server does not know is left out, what it knows is shown", async (page) => {
  const body = readFileSync(media.person);
  const known = async (method: string) => {
    const headers = { "Content-Type": "image/jpeg" };
    return (await fetch(`${server.address}/v1/face/${method}`, { method: "POST", headers, body })).status === 200;
  };
  const view = await go(page, "face");
  await view.getByLabel("A picture with a face").setInputFiles(media.person);
  await verdict(view);
  const [detects, measures] = [await known("detect"), await known("quality")];
  assert.equal(await view.locator(".picture .marks").count(), detects ? 1 : 0);
  assert.equal(await view.locator(".quality").count(), measures ? 1 : 0);
  assert.equal(await view.getByText("This server does not tell").count(), detects && measures ? 0 : 1);
});

flow("two pictures that are put at once are compared", async (page) => {
  const view = await go(page, "compare");
  await Promise.all([
    view.getByLabel("First face").setInputFiles(media.person),
    view.getByLabel("Second face").setInputFiles(media.again),
  ]);
  assert.equal(await verdict(view), "The same person");
});

flow("boxes, quality, rates and evidence are shown when they are told", async (page) => {
  await tellMore(page);
  const face = await go(page, "face");
  await face.getByLabel("A picture with a face").setInputFiles(media.person);
  await face.getByRole("img", { name: "One face, with its landmarks." }).waitFor();
  await face.getByRole("img", { name: "Quality: 78 of 100" }).waitFor();
  await face.getByText("use a plain background", { exact: true }).waitFor();
  await face.getByRole("row", { name: "Mouth closed not measured" }).waitFor();
  await assertAccessible(page);

  const compare = await go(page, "compare");
  await compare.getByLabel("First face").setInputFiles(media.person);
  await compare.getByLabel("Second face").setInputFiles(media.again);
  await compare.getByText("About 1 in 50,000 pairs of different people").waitFor();
  await compare.getByRole("img", { name: "declined below 0.4, approved from 0.9" }).waitFor();
  await compare.getByText("move closer", { exact: true }).waitFor();
  await assertAccessible(page);

  const liveness = await go(page, "liveness");
  await liveness.getByLabel("A picture, a video, or an archive").setInputFiles(media.frames);
  const frames = liveness.getByRole("group", { name: "Frames that were looked at" }).getByRole("button");
  await frames.first().waitFor();
  assert.equal(await frames.count(), 5);
  const facts = (await liveness.locator(".facts").textContent()) ?? "";
  assert.match(facts, /Stillness adds\+0\.4What decided: 0\.4 to 0\.8 s\+1\.2$/);
  await frames.nth(2).focus();
  await liveness.getByText("At 0.40 s: +1.2, speaks for an attack").waitFor();
  await liveness.getByAltText("Frame frame_11.jpg").waitFor();
  await page.keyboard.press("Tab");
  await liveness.getByText("At 0.60 s: not used, the face is cut off by the edge of the picture").waitFor();
  await assertAccessible(page);
});

flow(
  "errors are told as a person wants to be told them",
  async (page) => {
    const face = await go(page, "face");
    const field = face.getByLabel("A picture with a face");
    await field.setInputFiles(media.nobody);
    await face.getByRole("alert").getByRole("heading", { name: "No face in this picture" }).waitFor();
    await face.getByText("BPE-003002").first().waitFor();
    await assertAccessible(page);
    await field.setInputFiles(media.broken);
    await face.getByRole("heading", { name: "This picture cannot be read" }).waitFor();
    await field.setInputFiles(media.text);
    await face.getByText("letter.txt: not a picture that this browser can read.").waitFor();

    const liveness = await go(page, "liveness");
    await liveness.getByLabel("A picture, a video, or an archive").setInputFiles(media.text);
    await liveness.getByRole("heading", { name: "This cannot be judged" }).waitFor();
    await liveness.locator(".reason", { hasText: /^letter\.txt: / }).waitFor();

    const compare = await go(page, "compare");
    await compare.getByLabel("First face").setInputFiles(media.person);
    await compare.getByLabel("Second face").setInputFiles(media.group);
    await compare.getByRole("heading", { name: "More than one person" }).waitFor();
    assert.equal(await compare.locator(".reason").textContent(), "Second face.");
  },
  [
    ...["400 /v1/face/pattern/extract", "400 /v1/face/quality"], // no face
    ...["400 /v1/face/pattern/extract", "400 /v1/face/quality", "400 /v1/face/detect"], // no whole picture
    ...["400 /v1/face/liveness/detect", "400 /v1/face/pattern/extract_and_compare"],
  ],
);

test("a server that is gone is said to be", async () => {
  const { page, context, complaints } = await openConsole(browser, server.address, { size: desktop, theme: "light" });
  await page.route("**/extract", (route) => route.abort());
  const face = await go(page, "face");
  await face.getByLabel("A picture with a face").setInputFiles(media.person);
  await face.getByRole("heading", { name: "The server does not answer" }).waitFor();
  assert.deepEqual(complaints, ["Failed to load resource: net::ERR_FAILED"]);
  await context.close();
});

flow(
  "one bad picture of many can be left out of a search, also if another has its name",
  async (page) => {
    const view = await go(page, "search");
    await view.getByLabel("The face to look for").setInputFiles(media.person);
    const alike = [media.again, media.group].map((file) => readFileSync(file));
    const files = alike.map((buffer) => ({ name: "image.jpg", mimeType: "image/jpeg", buffer }));
    await view.getByLabel("The pictures to search").setInputFiles(files);
    await view.getByRole("button", { name: "Search without image (2).jpg" }).click();
    await view.getByText("1 of 1 picture is approved as this person.").waitFor();
    await view.getByRole("button", { name: "Remove image.jpg" }).click();
    await view.getByLabel("The pictures to search").waitFor({ state: "attached" });
  },
  ["400 /v1/face/pattern/extract_and_compare_n"],
);

flow("pictures to search are photographed one after the other", async (page) => {
  const view = await go(page, "search");
  for (const name of ["photo.jpg", "photo (2).jpg"]) {
    await view.getByRole("button", { name: "Camera" }).last().click();
    await page.getByRole("dialog").getByRole("button", { name: "Take it" }).click();
    await view.getByRole("img", { name }).waitFor();
  }
});

flow("everything is reached by keyboard", async (page) => {
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "content");
  await page.locator('nav a[href="#server"]').focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "title-server");
  const health = page.locator("#view-server").getByRole("tab", { name: "Health", exact: true });
  await health.focus();
  await page.keyboard.press("ArrowLeft");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Version");
  await page.getByText('"tfss"').waitFor();
});

flow("a theme is chosen and remembered", async (page) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.getByRole("button", { name: "Change to light" }).click();
  assert.equal(await ground(), light);
  await page.getByRole("button", { name: "Change to dark" }).click();
  const dark = await ground();
  assert.notEqual(dark, light);
  await page.reload();
  await page.getByText("Server: Ready").waitFor();
  assert.equal(await ground(), dark);
});

flow("without a camera the page says why", async (page) => {
  await page.evaluate(() => Object.defineProperty(navigator, "mediaDevices", { value: undefined }));
  const view = await go(page, "face");
  await view.getByRole("button", { name: "Camera" }).click();
  await page.getByText("only on this machine (localhost) or over HTTPS").waitFor();
});

flow(
  "what is too large for the server is said to be",
  async (page) => {
    const large = join(media.folder, "large.jpg");
    writeFileSync(large, Buffer.concat([readFileSync(media.person), Buffer.alloc(mostBytes)]));
    const view = await go(page, "face");
    await view.getByLabel("A picture with a face").setInputFiles(large);
    await view.getByRole("heading", { name: "Too large for this server" }).waitFor();
  },
  ["detect", "pattern/extract", "quality"].map((method) => `413 /v1/face/${method}`),
);
