// An export checked right after writing: modules of JavaScript by Node, models of TensorFlow.js by that, and readers that fail.

import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, test } from "@jest/globals";
import {
  type FormatFile,
  type FormatName,
  type FormatOptions,
  formats,
  type PortableModel,
} from "@netwright/formats";
import { checkExport } from "@netwright/formats/node";
import { portable } from "./portable.ts";
import { cases } from "./source/models.ts";

async function written(
  format: FormatName,
  model: PortableModel,
  options: FormatOptions,
): Promise<readonly FormatFile[]> {
  const result = await (await formats[format].load())(model, options);
  if ("refused" in result) throw new Error(JSON.stringify(result.refused));
  return result.files;
}

const importing = (name: string): Promise<unknown> => {
  switch (name) {
    case "@tensorflow/tfjs-core":
      return import("@tensorflow/tfjs-core");
    case "@tensorflow/tfjs-layers":
      return import("@tensorflow/tfjs-layers");
    case "@tensorflow/tfjs-backend-cpu":
      return import("@tensorflow/tfjs-backend-cpu");
    default:
      return Promise.reject(new Error("not here"));
  }
};

async function checked(format: FormatName, model: PortableModel, options: FormatOptions = {}) {
  return checkExport(format, { files: await written(format, model, options), options }, model, importing);
}

const named = (name: string) => {
  const found = cases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};

describe.each([
  "numbers through relu",
  "quantiles",
  "classes",
  "classes that are calibrated",
  "labels",
  "a threshold",
  "margins",
  "an LSTM",
])("%s", (name) => {
  let model: PortableModel;
  beforeAll(async () => {
    const { source, data } = named(name);
    model = await portable(source, data);
  });

  test("Node runs the module", async () => {
    const report = await checked("js", model);
    expect(report).toMatchObject({ kind: "checked", predictions: 40, otherClasses: 0, taken: 0 });
    expect(report.kind === "checked" && report.difference).toBeLessThan(1e-15);
  });

  test("a module that predicts otherwise is found out", async () => {
    const [file] = await written("js", model, {});
    const text = new TextDecoder()
      .decode(file?.content)
      .replace("values[0] =", "values[0] = 1 +")
      .replace("values[i] = given[i]", "values[i] = given[i] + 1");
    const files = [{ name: "other.mjs", content: new TextEncoder().encode(text) }];
    const report = await checkExport("js", { files, options: {} }, model, importing);
    expect(report.kind === "checked" && report.difference).toBeGreaterThan(1e-3);
  });
});

test.each(["numbers through relu", "classes", "a threshold", "an embedding"])(
  "%s: TensorFlow.js runs the model",
  async (name) => {
    const { source, data } = named(name);
    const model = await portable(source, data);
    const report = await checked("tfjs", model);
    expect(report).toMatchObject({
      kind: "checked",
      by: "TensorFlow.js 4.22.0",
      predictions: 40,
      otherClasses: 0,
      taken: 0,
    });
    expect(report.kind === "checked" && report.difference).toBeLessThan(1e-5);
    const raw = await checked("tfjs", model, { rawInput: true });
    expect(raw).toMatchObject({ kind: "checked", predictions: 40 });
    expect(raw.kind === "checked" && raw.difference).toBeLessThan(1e-5);
  },
);

test("without TensorFlow.js it is said what installs it", async () => {
  const { source, data } = named("classes");
  const model = await portable(source, data);
  const files = await written("tfjs", model, {});
  const report = await checkExport("tfjs", { files, options: {} }, model, () =>
    Promise.reject(new Error("not here")),
  );
  expect(report).toMatchObject({ kind: "not installed", reader: "TensorFlow.js" });
});

test("what a reader throws is what it says", async () => {
  const { source, data } = named("classes");
  const model = await portable(source, data);
  const files = await written("onnx", model, {});
  const session = {
    inputNames: [],
    outputNames: [],
    run: () => Promise.reject(new Error("no such operation")),
  };
  const runtime = { InferenceSession: { create: () => Promise.resolve(session) }, Tensor: class {} };
  const report = await checkExport("onnx", { files, options: {} }, model, () => Promise.resolve(runtime));
  expect(report).toEqual({ kind: "failed", by: "ONNX Runtime", says: "no such operation" });
  const broken = [{ name: "model.mjs", content: new TextEncoder().encode("export const predict = 1 +;") }];
  expect(await checkExport("js", { files: broken, options: {} }, model, importing)).toMatchObject({
    kind: "failed",
    by: "Node",
  });
});
