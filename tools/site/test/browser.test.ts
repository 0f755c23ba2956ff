// The site in a real browser, opened as files: nothing is wider than the screen, and the search finds.

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readSources, siteFiles, writeSite } from "@netwright/site";
import { type Browser, chromium } from "playwright-core";

const executablePath = [
  process.env["NETWRIGHT_CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
].find((path) => path !== undefined && existsSync(path));

const files = await siteFiles(readSources(fileURLToPath(new URL("../../..", import.meta.url))));

/** Those at the top, and the longest of each folder. */
const longest = new Map<string, string>();
for (const [path, html] of files) {
  const key = path.includes("/") ? posix.dirname(path) : path;
  if (html.length > (files.get(longest.get(key) ?? "")?.length ?? 0)) longest.set(key, path);
}

const withBrowser = executablePath === undefined ? describe.skip : describe;

withBrowser("in Chromium (skipped without one: /usr/bin/chromium or NETWRIGHT_CHROMIUM)", () => {
  let browser: Browser;
  let folder: string;
  const address = (path: string) => `${pathToFileURL(folder)}/${path}`;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "netwright-site-"));
    writeSite(folder, files);
    browser = await chromium.launch({
      executablePath: executablePath ?? "",
      args: ["--no-sandbox", "--disable-gpu"],
    });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("nothing is wider than the screen", async () => {
    const page = await browser.newPage();
    const wide: string[] = [];
    for (const path of longest.values()) {
      await page.goto(address(path));
      for (const width of [360, 768, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        const found = await page.evaluate("document.documentElement.scrollWidth");
        if (found !== width) wide.push(`${path}: ${found} on ${width}`);
      }
    }
    await page.close();
    expect(wide).toEqual([]);
    expect(longest.size).toBeGreaterThan(20);
  }, 60_000);

  test("what stands beside a page is folded on narrow screens and open on wide ones", async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
    await page.goto(address("language.html"));
    const link = page.locator("aside a").first();
    expect(await link.isVisible()).toBe(false);
    await page.setViewportSize({ width: 1280, height: 800 });
    expect(await link.isVisible()).toBe(true);
    await page.close();
  }, 30_000);

  test("the search leads from any page to what is looked for", async () => {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(address("reference/loss/mse.html"));
    await page.fill("input[name=q]", "adamw");
    await page.press("input[name=q]", "Enter");
    const shown = page.locator("#list li:visible");
    expect(await shown.first().locator("a").textContent()).toBe("adamw");
    expect(await shown.count()).toBeLessThan(10);
    await page.fill("input[name=q]", "nw0301");
    expect(await shown.locator("a").allTextContents()).toEqual(["NW0301: Unknown parameter"]);
    expect(await page.textContent("#found")).toBe("1 page for “nw0301”.");
    await page.fill("input[name=q]", "adam");
    const many = await shown.count();
    expect(await page.textContent("#found")).toBe(`${many} pages for “adam”.`);
    expect(await page.getAttribute("#found", "aria-live")).toBe("polite");
    await page.fill("input[name=q]", "wibble wobble");
    expect(await page.textContent("#found")).toBe(
      "Nothing found for “wibble wobble”. The search looks for every word in the titles and summaries of all pages.",
    );
    await page.fill("input[name=q]", "");
    expect(await shown.count()).toBe(await page.locator("#list li").count());
    expect(errors).toEqual([]);
    await page.close();
  }, 30_000);

  test("the tables of speeds show our own columns behind the label", async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
    await page.goto(address("performance.html"));
    const titles = await page
      .locator("tbody tr")
      .first()
      .locator("td")
      .evaluateAll((cells) => cells.map((cell) => cell.getAttribute("data-title")));
    expect(titles.slice(1, 5)).toEqual(["wasm to it", "native to it", "jit-1 to it", "jit-2 to it"]);
    await page.close();
  }, 30_000);

  test("without JavaScript the list is whole", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(address("all.html?q=adam"));
    expect(await page.locator("#list li:visible").count()).toBeGreaterThan(200);
    await context.close();
  }, 30_000);
});
