// A page in a real browser trains the small concrete model and agrees with Node.

import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { train } from "netwright";
import type { Browser, Page } from "playwright-core";
import { browserPath, launch } from "./browser.ts";
import { bundle, serve } from "./serve.ts";

const examples = fileURLToPath(new URL("../../../examples/concrete", import.meta.url));
const source = readFileSync(join(examples, "concrete-activation-layers.net"), "utf8")
  .replace("epochs: 200", "epochs: 5")
  .replace(/\n *stop: .*/, "");
const csv = readFileSync(join(examples, "concrete.csv"), "utf8");
const record = {
  Cement: 540,
  BlastFurnaceSlag: 0,
  FlyAsh: 0,
  Water: 162,
  Superplasticizer: 2.5,
  CoarseAggregate: 1040,
  FineAggregate: 676,
  Age: 28,
};

const path = browserPath();
if (path === undefined) console.warn("skipped: no Chromium on this machine; set NETWRIGHT_CHROMIUM to one");
const withBrowser = path === undefined ? describe.skip : describe;

withBrowser("in Chromium", () => {
  let browser: Browser;
  let server: Server;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    const served = await serve(await bundle());
    server = served.server;
    browser = await launch(path ?? "");
    page = await browser.newPage();
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(served.url);
    await page.waitForFunction("globalThis.runNetwright !== undefined");
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    server.close();
  });

  const inPage = (backend: string) =>
    page.evaluate((request) => globalThis.runNetwright(request), { source, csv, record, backend });

  test("wasm, told where its files are, learns what it learns in Node", async () => {
    const result = await inPage("wasm at /wasm/");
    const node = await train(source, { data: csv, backend: "wasm" });
    expect(result.losses).toHaveLength(5);
    for (const [i, { loss }] of node.history.entries()) expect(result.losses[i]).toBeCloseTo(loss, 4);
    expect(result.prediction["CompressiveStrength"]).toBeCloseTo(
      (await node.predict(record))["CompressiveStrength"] ?? Number.NaN,
      2,
    );
    expect(result.again).toEqual(result.prediction);
    expect(errors).toEqual([]);
  }, 60_000);

  test.each(["reference", "jit"])(
    "%s gives the bits of the reference in Node",
    async (backend) => {
      const result = await inPage(backend);
      const node = await train(source, { data: csv, backend: "reference" });
      expect(result.weights).toBe(node.record.hash.weights);
      expect(result.losses).toEqual(node.history.map(({ loss }) => loss));
      expect(result.again).toEqual(result.prediction);
      expect(errors).toEqual([]);
    },
    60_000,
  );
});
