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

/**
 * A page of the console that is watched: `complaints` are errors on its console, answers that are errors ("400 /path"),
 * and requests to anywhere else.
 */
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
    // The browser notes answers that are errors here too, without telling what was asked.
    const isAnswer = message.text().startsWith("Failed to load resource: the server responded with a status of");
    if (message.type() === "error" && !isAnswer) complaints.push(message.text());
  });
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${new URL(response.url()).pathname}`);
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
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<{ violations: Violation[] }> } };
    interface Violation {
      id: string;
      nodes: { html: string; failureSummary: string }[];
    }
    const found = (await axe.run({ resultTypes: ["violations"] })).violations;
    return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}: ${node.failureSummary}`));
  });
  assert.deepEqual(violations, []);
}

/** Fails where the page is wider than the window. */
export async function assertFits(page: Page): Promise<void> {
  const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok((inner ?? 0) <= (outer ?? 0), `the page is ${inner} px wide in a window of ${outer}`);
}

/** Fails where words stand on top of each other, as far as nothing that scrolls or cuts hides them. */
export async function assertLegible(page: Page): Promise<void> {
  const overlaps = await page.evaluate(() => {
    interface Words {
      text: string;
      box: DOMRect;
    }
    const common = (a: DOMRect, b: DOMRect) => {
      const [left, top] = [Math.max(a.left, b.left), Math.max(a.top, b.top)];
      return new DOMRect(left, top, Math.min(a.right, b.right) - left, Math.min(a.bottom, b.bottom) - top);
    };
    const isSeen = ({ width, height }: DOMRect) => width > 1 && height > 1;
    const seenPart = (box: DOMRect, element: Element | null): DOMRect => {
      if (!element) return box;
      const cut = getComputedStyle(element).overflowX !== "visible";
      return seenPart(cut ? common(box, element.getBoundingClientRect()) : box, element.parentElement);
    };
    const words: Words[] = [];
    const texts = document.createTreeWalker(document.querySelector("main") as Element, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(texts.currentNode);
      const text = texts.currentNode.textContent ?? "";
      for (const box of range.getClientRects())
        words.push({ text, box: seenPart(box, range.startContainer.parentElement) });
    }
    const seen = words.filter(({ text, box }) => text.trim() !== "" && isSeen(box));
    return seen.flatMap((one, i) =>
      seen
        .slice(i + 1)
        .filter((other) => other.text !== one.text && isSeen(common(one.box, other.box)))
        .map((other) => `${one.text} | ${other.text}`),
    );
  });
  assert.deepEqual(overlaps, [], `at a width of ${page.viewportSize()?.width}`);
}

/** Fails where at one of these widths the page is wider than the window, or words overlap. */
export async function assertFitsEverywhere(page: Page): Promise<void> {
  const size = page.viewportSize() ?? desktop;
  for (const width of [320, 390, 768, 1280]) {
    await page.setViewportSize({ ...size, width });
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    await assertFits(page);
    await assertLegible(page);
  }
  await page.setViewportSize(size);
}
