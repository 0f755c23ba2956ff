// A page in a real browser exports its model, and imports it again: the bytes are those of Node, as the weights are.

import { expect, test } from "@jest/globals";
import { exportModel, train } from "netwright";
import { IMPORTED } from "../page/protocol.ts";
import { describeInBrowser, launch } from "./browser.ts";
import { csv, example } from "./concrete.ts";
import { bundle, serve } from "./serve.ts";

const source = example("concrete-activation-layers.net")
  .replace("epochs: 200", "epochs: 2")
  .replace(/\n *stop: .*/, "");

const formats = ["onnx", "tfjs", "sql", "xlsx", "pmml", "c", "js", "safetensors", "wasm"] as const;

describeInBrowser("a model exported in Chromium", () => {
  test("is the bytes of Node", async () => {
    const { url, server } = await serve(await bundle("formats"));
    const browser = await launch();
    try {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      await page.goto(url);
      await page.waitForFunction("globalThis.exportFormats !== undefined");
      const { files: made, imported } = await page.evaluate((request) => globalThis.exportFormats(request), {
        source,
        csv,
        formats,
      });
      const model = await train(source, { data: csv, backend: "jit" });
      const expected = [];
      for (const format of formats) expected.push(...(await exportModel(model.bundle, format)));
      await model.dispose();
      expect(made.map(({ name }) => name)).toEqual(expected.map(({ name }) => name));
      for (const [i, { content }] of expected.entries()) expect(made[i]?.bytes).toEqual([...content]);
      expect(imported).toEqual(
        IMPORTED.map(() => ({ own: true, weights: model.bundle.record.hash.weights })),
      );
      expect(errors).toEqual([]);
    } finally {
      await browser.close();
      server.close();
    }
  }, 90_000);
});
