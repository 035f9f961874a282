import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { Facts } from "../src/api/answers.ts";
import { oneIn } from "../src/parts/numbers.ts";
import type { ViewName } from "../src/parts/view.tsx";
import {
  assertAccessible,
  assertFits,
  assertFitsEverywhere,
  assertLegible,
  desktop,
  type Look,
  openBrowser,
  openConsole,
  phone,
  type Watched,
} from "./browser.ts";
import { type Media, makeMedia } from "./media.ts";
import { go, verdict } from "./page.ts";
import { Server } from "./server.ts";

/** Where pictures of the page are wanted (docs/images), and which; none where it is not set. */
const pictures = process.env.SCREENSHOTS ?? "";
const wanted = [
  ...["face-desktop-light", "compare-desktop-light", "search-desktop-light"],
  ...["server-desktop-light", "liveness-desktop-dark", "compare-phone-light"],
  ...["liveness-phone-dark"],
];

/** Of the page's first screen, or more where what came of it needs more. */
async function photograph(page: Page, name: string): Promise<void> {
  if (!pictures || !wanted.includes(name)) return;
  const size = page.viewportSize() ?? desktop;
  const outcomes = await page.locator(".outcome").locator("visible=true").all();
  const outcome = await outcomes[0]?.boundingBox();
  const navigation = 100;
  const end = outcome ? Math.ceil(outcome.y + outcome.height) + navigation : 0;
  await page.setViewportSize({ ...size, height: Math.max(size.height, end) });
  const session = await page.context().newCDPSession(page);
  const shot = await session.send("Page.captureScreenshot", { format: "webp", quality: 82 });
  mkdirSync(pictures, { recursive: true });
  writeFileSync(`${pictures}/console-${name}.webp`, Buffer.from(shot.data, "base64"));
  await page.setViewportSize(size);
}

const looks: [string, Look][] = [
  ["desktop-light", { size: desktop, theme: "light" }],
  ["desktop-dark", { size: desktop, theme: "dark" }],
  ["phone-light", { size: phone, theme: "light" }],
  ["phone-dark", { size: phone, theme: "dark" }],
];

let server: Server;
let browser: Browser;
let media: Media;

before(async () => {
  media = makeMedia();
  server = await Server.start("--console", "on");
  browser = await openBrowser(media.webcam);
});

after(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(media.folder, { recursive: true });
});

/** Fills each view with what it is for. */
const fill: Record<ViewName, (page: Page) => Promise<void>> = {
  face: async (page) => {
    const view = await go(page, "face");
    await view.getByLabel("A picture with a face").setInputFiles(media.person);
    assert.equal(await verdict(view), "One face, and its template");
  },
  compare: async (page) => {
    const view = await go(page, "compare");
    await view.getByLabel("First face").setInputFiles(media.person);
    await view.getByLabel("Second face").setInputFiles(media.again);
    assert.equal(await verdict(view), "The same person");
  },
  search: async (page) => {
    const view = await go(page, "search");
    await view.getByLabel("The face to look for").setInputFiles(media.person);
    await view.getByLabel("The pictures to search").setInputFiles([media.other, media.again, media.webp]);
    await view.getByText("1 of 3 pictures is approved as this person.").waitFor();
    const names = await view.locator(".ranked-name").allTextContents();
    assert.equal(names[0], "obama2.jpg");
    assert.deepEqual(names.slice(1).sort(), ["biden.jpg", "portrait.jpg"]);
  },
  liveness: async (page) => {
    const view = await go(page, "liveness");
    await view.getByLabel("A picture, a video, or an archive").setInputFiles(media.clip);
    assert.match(await verdict(view), /^(Live person|Presentation attack)$/);
    await view.getByAltText("Best shot of the clip").waitFor();
  },
  server: async (page) => {
    const view = await go(page, "server");
    await view.getByRole("rowheader", { name: "MobileFaceNet-192" }).waitFor();
    assert.equal(await view.locator(".tile.ok").count(), 2);
    const facts: Facts = await page.evaluate(async () => (await fetch("/console/facts.json")).json());
    const approved = facts.calibration?.rates.find((rate) => rate.score === 0.85 && rate.fmr > 0);
    assert.ok(approved);
    const row = view.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "0.85", exact: true }) });
    assert.ok((await row.textContent())?.includes(oneIn(approved.fmr)));
    assert.match((await view.textContent()) ?? "", /Apache-2\.0/);
  },
};

for (const [name, look] of looks)
  describe(name, () => {
    let watched: Watched;
    before(async () => {
      watched = await openConsole(browser, server.address, look);
    });
    after(() => watched.context.close());

    for (const view of Object.keys(fill) as ViewName[])
      test(`${view}: empty and filled, accessible, no wider than the window, legible, content`, async () => {
        const { page, complaints } = watched;
        await go(page, view);
        await assertAccessible(page);
        await assertFits(page);
        await fill[view](page);
        await page.evaluate(() => scrollTo(0, 0));
        await assertAccessible(page);
        await assertFits(page);
        await assertLegible(page);
        await photograph(page, `${view}-${name}`);
        if (name === "desktop-light") await assertFitsEverywhere(page);
        assert.deepEqual(complaints, []);
      });
  });
