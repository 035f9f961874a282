import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Locator, Page } from "playwright-core";
import { desktop, openBrowser, openConsole } from "./browser.ts";
import { type Media, makeMedia } from "./media.ts";
import { codeOf, go, verdict } from "./page.ts";
import { Server } from "./server.ts";

let server: Server;
let browser: Browser;
let media: Media;
let page: Page;

before(async () => {
  media = makeMedia();
  server = await Server.start();
  browser = await openBrowser(media.webcam);
  ({ page } = await openConsole(browser, server.address, { size: desktop, theme: "light" }));
});

after(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(media.folder, { recursive: true });
});

const python = process.env.FACEWARD_TEST_PYTHON ?? "python3";

/** Runs the page's code in a folder with these files; what it printed. */
const run: Record<string, (code: string, folder: string) => string> = {
  curl: (code, cwd) =>
    execFileSync("bash", ["-euc", code], { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
  Python: (code, cwd) => execFileSync(python, ["-c", code], { cwd, encoding: "utf8" }),
  JavaScript: (code, cwd) => {
    writeFileSync(join(cwd, "try.mjs"), code);
    return execFileSync(process.execPath, ["try.mjs"], { cwd, encoding: "utf8" });
  },
};

function folderWith(files: string[]): string {
  const folder = mkdtempSync(join(media.folder, "code-"));
  for (const file of files) copyFileSync(file, join(folder, basename(file)));
  return folder;
}

/** The shares and words of an answer that are the same each time, however a language prints them; no ends of times. */
const facts = (text: string) =>
  text
    .match(/(?<!\d)0\.\d{3,}|approved|declined|SUCCESS|DECLINED|VIDEO_FOLDER/g)
    ?.filter((fact) => !/^0\.0*$/.test(fact));

async function shown(view: Locator): Promise<string> {
  const answer = view.locator(".exchange").locator("visible=true").getByRole("region", { name: "the answer" });
  return (await answer.textContent()) ?? "";
}

async function sameEverywhere(view: Locator, files: string[], expected: RegExp): Promise<void> {
  const told = await shown(view);
  assert.match(told, expected);
  for (const [language, runner] of Object.entries(run)) {
    const printed = runner(await codeOf(view, language), folderWith(files));
    assert.match(printed, expected, language);
    assert.equal(facts(printed)?.[0], facts(told)?.[0], language);
  }
}

test("comparing: the page's code gives the page's answer in each language", async () => {
  const view = await go(page, "compare");
  await view.getByLabel("First face").setInputFiles(media.person);
  await view.getByLabel("Second face").setInputFiles(media.other);
  await verdict(view);
  await sameEverywhere(view, [media.person, media.other], /declined/);
});

test("searching", async () => {
  const view = await go(page, "search");
  await view.getByLabel("The face to look for").setInputFiles(media.person);
  await view.getByLabel("The pictures to search").setInputFiles([media.again, media.other]);
  await view.locator(".strip").waitFor();
  await sameEverywhere(view, [media.person, media.again, media.other], /obama2\.jpg.*approved.*biden\.jpg.*declined/s);
});

test("judging a picture and a clip", async () => {
  const view = await go(page, "liveness");
  const field = view.getByLabel("A picture, a video, or an archive");
  await field.setInputFiles(media.person);
  await verdict(view);
  await sameEverywhere(view, [media.person], /passed/);
  await field.setInputFiles(media.clip);
  await view.locator(".best-shot").waitFor();
  await sameEverywhere(view, [media.clip], /VIDEO_FOLDER/);
});

test("extracting: each language keeps the same template", async () => {
  const view = await go(page, "face");
  await view.getByLabel("A picture with a face").setInputFiles(media.person);
  await verdict(view);
  const several = (await view.locator(".exchanges").getByRole("tab", { name: "Extract the template" }).count()) > 0;
  const templates = [];
  for (const [language, runner] of Object.entries(run)) {
    const folder = folderWith([media.person]);
    runner(await codeOf(view, language, several ? "Extract the template" : undefined), folder);
    templates.push(readFileSync(join(folder, "face.template")));
  }
  assert.ok((templates[0]?.length ?? 0) > 1000);
  for (const template of templates) assert.deepEqual(template, templates[0]);
});

test("asking for health", async () => {
  const view = await go(page, "server");
  for (const [language, runner] of Object.entries(run))
    assert.match(runner(await codeOf(view, language, "Version"), media.folder), /tfss/, language);
});

test("code and answers are copied in full", async () => {
  const view = await go(page, "server");
  await view.getByRole("button", { name: "Copy the answer to “Version”" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.deepEqual(JSON.parse(copied), await (await fetch(`${server.address}/version`)).json());
});
