import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const desktop = { width: 1280, height: 900 };
export const phone = { width: 390, height: 844 };

/** Debian's Chromium, whose webcam shows the file. */
export function openBrowser(webcam: string): Promise<Browser> {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox", // it does not start as root with one
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      `--use-file-for-fake-video-capture=${webcam}`,
    ],
  });
}

export interface Look {
  size: { width: number; height: number };
  theme: "light" | "dark";
}

/** A page of the console that is watched: `complaints` are errors on its console and requests to anywhere else. */
export interface Watched {
  page: Page;
  context: BrowserContext;
  complaints: string[];
}

export async function openConsole(browser: Browser, address: string, look: Look): Promise<Watched> {
  const context = await browser.newContext({
    viewport: look.size,
    colorScheme: look.theme,
    reducedMotion: "reduce",
    hasTouch: look.size === phone,
    permissions: ["camera", "clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    // The browser itself notes every answer that is not 200 as an error; the page shows those to the person.
    const isAnswer = message.text().startsWith("Failed to load resource: the server responded with a status of");
    if (message.type() === "error" && !isAnswer) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith("blob:")) complaints.push(request.url());
  });
  await page.goto(`${address}/console`);
  await page.getByText("Server: Ready").waitFor();
  return { page, context, complaints };
}

/** Fails where axe-core finds a violation in what the page shows now. */
export async function assertAccessible(page: Page): Promise<void> {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: Violation[] }> } };
    interface Violation {
      id: string;
      nodes: { html: string; failureSummary: string }[];
    }
    const found = (await axe.run()).violations;
    return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}: ${node.failureSummary}`));
  });
  assert.deepEqual(violations, []);
}

/** Fails where the page is wider than the window. */
export async function assertFits(page: Page): Promise<void> {
  const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok((inner ?? 0) <= (outer ?? 0), `the page is ${inner} px wide in a window of ${outer}`);
}
