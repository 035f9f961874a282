import type { Locator, Page } from "playwright-core";
import type { ViewName } from "../src/parts/view.tsx";

/** The view that is shown, for looking into it alone: the others stay in the page, hidden. */
export async function go(page: Page, view: ViewName): Promise<Locator> {
  await page.locator(`nav a[href="#${view}"]`).click();
  const shown = page.locator(`#view-${view}`);
  await shown.waitFor();
  return shown;
}

/** Waits until nothing is being worked on, and gives the title of the verdict. */
export async function verdict(view: Locator): Promise<string> {
  return (await view.locator(".verdict h3").textContent()) ?? "";
}

/** Drops files as a person drags them in from the desktop. */
export async function drop(page: Page, onto: Locator, name: string, type: string, bytes: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, fileType, base64]) => {
      const data = new DataTransfer();
      const decoded = Uint8Array.from(atob(base64 ?? ""), (letter) => letter.charCodeAt(0));
      data.items.add(new File([decoded], fileName ?? "", { type: fileType ?? "" }));
      return data;
    },
    [name, type, bytes.toString("base64")],
  );
  await onto.dispatchEvent("drop", { dataTransfer: transfer });
}

/** The code that the view shows in a language, for the step of that title where there are several. */
export async function codeOf(view: Locator, language: string, step?: string): Promise<string> {
  const exchanges = view.locator(".exchanges");
  if (step) await exchanges.getByRole("tab", { name: step }).click();
  const exchange = exchanges.locator(".exchange").locator("visible=true");
  await exchange.getByRole("tab", { name: language, exact: true }).click();
  return (await exchange.locator(".code pre").locator("visible=true").first().textContent()) ?? "";
}
