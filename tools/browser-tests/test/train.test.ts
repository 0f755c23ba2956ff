// A page in a real browser trains the small concrete model and agrees with Node.

import type { Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { train } from "netwright";
import type { Browser, Page } from "playwright-core";
import { describeInBrowser, launch } from "./browser.ts";
import { csv, example, record } from "./concrete.ts";
import { bundle, serve } from "./serve.ts";

const source = example("concrete-activation-layers.net")
  .replace("epochs: 200", "epochs: 5")
  .replace(/\n *stop: .*/, "");

describeInBrowser("in Chromium", () => {
  let browser: Browser;
  let server: Server;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    const served = await serve(await bundle());
    server = served.server;
    browser = await launch();
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
      Number((await node.predict(record))["CompressiveStrength"]),
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

  test("numerics: fused is an instruction there, with the bits of the reference in Node", async () => {
    const fused = source.replace("train {", "train {\n  numerics: fused");
    const result = await page.evaluate((request) => globalThis.runNetwright(request), {
      source: fused,
      csv,
      record,
      backend: "jit",
    });
    const node = await train(fused, { data: csv, backend: "reference" });
    expect(result.fusedBy).toBe("engine");
    expect(result.weights).toBe(node.record.hash.weights);
    expect(result.prediction).toEqual(await node.predict(record));
    expect(errors).toEqual([]);
  }, 60_000);
});
