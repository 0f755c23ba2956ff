// The jit backend with workers in a real browser: the bits of Node, and the whole conformance kit.

import type { Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { train } from "netwright";
import type { Browser, Page } from "playwright-core";
import { describeInBrowser, launch } from "./browser.ts";
import { csv, example, record } from "./concrete.ts";
import { bundle, serve } from "./serve.ts";

// 18 steps of 128 rows and the smaller last batch of each epoch, in layers of 512 with dropout.
const source = example("concrete.net")
  .replace("epochs: 100", "epochs: 3")
  .replace("dense(width, relu)", "dense(width, relu) -> dropout(0.1)")
  .replace(/\nexpect \{[^}]*\}/, "");

describeInBrowser("threads in Chromium", () => {
  let browser: Browser;
  const servers: Server[] = [];
  /** Each page is bundled once. */
  const urls = new Map<string, string>();
  const errors: string[] = [];
  let weights: string;

  beforeAll(async () => {
    browser = await launch();
    weights = (await train(source, { data: csv, backend: "jit", threads: 1 })).record.hash.weights;
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    for (const server of servers) server.close();
  });

  async function open(page: "train" | "conformance", where: string, ready: string): Promise<Page> {
    let url = urls.get(page);
    if (url === undefined) {
      const served = await serve(await bundle(page));
      servers.push(served.server);
      url = served.url;
      urls.set(page, url);
    }
    const opened = await browser.newPage();
    opened.on("pageerror", (error) => errors.push(error.message));
    await opened.goto(`${url}${where}`);
    await opened.waitForFunction(`globalThis.${ready} !== undefined`);
    return opened;
  }

  test.each([
    { where: "", asked: 2, threads: 1 },
    { where: "isolated", asked: 1, threads: 1 },
    { where: "isolated", asked: 2, threads: 2 },
  ])(
    "concrete at /$where with $asked asked for has $threads, and the weights of Node",
    async ({ where, asked, threads }) => {
      const page = await open("train", where, "runNetwright");
      const result = await page.evaluate((request) => globalThis.runNetwright(request), {
        source,
        csv,
        record,
        backend: "jit",
        threads: asked,
      });
      expect(result.weights).toBe(weights);
      expect(result.threads).toBe(threads);
      expect(page.workers()).toHaveLength(0);
      expect(errors).toEqual([]);
      await page.close();
    },
    60_000,
  );

  // A worker for each program takes time, so the kit is run whole on one thread, and on two where each kind of kernel that
  // threads share has a case; of types that are reduced, one, as threads divide them all alike.
  test.each([
    { what: "whole", threads: 1, cases: "", least: 500 },
    {
      what: "of what threads share",
      threads: 2,
      cases:
        "^(op/(dot_general|rng_bit_generator|reduce/f32 (sum|max))|numerics|sharing|training|state|init)",
      least: 30,
    },
  ])(
    "the kit $what, on $threads",
    async ({ threads, cases, least }) => {
      const page = await open("conformance", "isolated", "runKit");
      const outcome = await page.evaluate((request) => globalThis.runKit(request), { threads, cases });
      expect(outcome.failures).toEqual([]);
      expect(outcome.threads).toBe(threads);
      expect(outcome.cases).toBeGreaterThanOrEqual(least);
      expect(errors).toEqual([]);
      await page.close();
    },
    120_000,
  );
});
