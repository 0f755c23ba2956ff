// A table of pixels from the file to a prediction: trained in memory and from the disk, saved, read back, exported.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, jest, test } from "@jest/globals";
import {
  explain,
  explainColumns,
  exportModel,
  exportWasm,
  load,
  memoryFiles,
  openProject,
  train,
} from "netwright";

// On a machine with other things to do.
jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), "netwright-images-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A bar that lies or stands in 4 x 4 pixels. */
const rows = Array.from({ length: 120 }, (_, i) => {
  const [stands, at] = [i % 2 === 1, i % 4];
  const bright = 120 + ((i * 37) % 130);
  const pixels = Array.from({ length: 16 }, (_, p) =>
    (stands ? p % 4 : Math.floor(p / 4)) === at ? bright : (i * p) % 30,
  );
  return { pixels, age: (i * 53) % 31, bar: stands ? "stands" : "lies" };
});
const names = Array.from({ length: 16 }, (_, p) => `pixel${p}`);
const csv = [
  ["bar", ...names, "age"].join(","),
  ...rows.map(({ pixels, age, bar }) => [bar, ...pixels, age].join(",")),
].join("\n");

const fileOf = (type: string, flow: string) => `netwright 1
data bars {
  source: "bars.csv"
  target: bar
  columns {
    picture: ${type}
    bar: category
  }
}
model { ${flow} }
train { loss: cross_entropy, optimizer: adam(learning_rate: 0.02), epochs: 12, batch: 16, seed: 1 }
`;
const beside = `
  parallel {
    seen { input(picture) -> flatten -> dense(8, relu) }
    known { input(features) }
  } -> concat
  dense(outputs)`;
const PIXELS = 'image(4, 4, columns: "pixel*")';

function opened(text: string) {
  return openProject(
    { file: "bars.net", text },
    { files: memoryFiles(new Map([["bars.csv", csv]])), data: csv },
  );
}

test("an image beside other columns is learned from, saved, and exported to the bit", async () => {
  const model = await train(fileOf(PIXELS, beside), { data: csv, backend: "jit" });
  const inputs = rows.slice(0, 5).map(({ pixels, age }) => ({
    ...Object.fromEntries(pixels.map((x, p) => [`pixel${p}`, x])),
    age,
  }));
  const predicted = await model.predict(inputs);
  expect(predicted.map(({ bar }) => bar)).toEqual(["lies", "stands", "lies", "stands", "lies"]);
  const again = load(await model.save(folder), { backend: "reference" });
  expect((await again.predict(inputs)).map(({ bar }) => bar)).toEqual(predicted.map(({ bar }) => bar));
  const { js, wasm } = await exportWasm(model.bundle);
  const wrapper = await import(`data:text/javascript,${encodeURIComponent(js)}`);
  const alone = await wrapper.load(wasm);
  expect(alone.predictMany(inputs)).toEqual(predicted);
  await model.dispose();
});

test("explain has one line for all pixels, and the shape of the input", () => {
  const { model, prepared, diagnostics } = opened(fileOf(PIXELS, beside));
  if (prepared === undefined || model === undefined) throw new Error(JSON.stringify(diagnostics));
  expect(explainColumns(prepared.encoders).map(({ name, size }) => [name, size])).toEqual([
    ["age", { numbers: 1 }],
    ["picture", { numbers: 16 }],
    ["bar", { indices: 2 }],
  ]);
  expect(explainColumns(prepared.encoders)[1]).toMatchObject({
    encoder: "rescaling",
    image: {
      shape: [4, 4, 1],
      columns: names,
      steps: [
        { kind: "subtract", by: 0 },
        { kind: "divide", by: 255 },
      ],
    },
  });
  expect(explain(model).inputs.map(({ name, type }) => [name, type.shape])).toEqual([
    ["x", [1]],
    ["picture", [4, 4, 1]],
  ]);
});

test("mistakes have their places", () => {
  const found = (type: string) =>
    opened(fileOf(type, beside)).diagnostics.map(({ code, span }) => [
      code,
      span === undefined ? null : fileOf(type, beside).slice(span.start, span.end),
    ]);
  expect(found('image(4, 5, columns: "pixel*")')).toEqual([["NW0640", "picture"]]);
  expect(found('image(4, 4, columns: "pixel")')).toEqual([["NW0605", 'columns: "pixel"']]);
  expect(found('image(4, 4, columns: ["pixel*", "q*"])')).toEqual([["NW0605", 'columns: ["pixel*", "q*"]']]);
});

test("lists of pixels are learned from, and predicted by whoever opens the model", async () => {
  const text = (flow: string) => fileOf("image(4, 4)", flow);
  const lists = [
    "bar,age,picture",
    ...rows.map(({ pixels, age, bar }) => `${bar},${age},"[${pixels.join(", ")}]"`),
  ].join("\n");
  const model = await train(text(beside), { data: lists, backend: "reference", epochs: 8 });
  const inputs = rows.slice(0, 4).map(({ pixels, age }) => ({ picture: Uint8Array.from(pixels), age }));
  const predicted = await model.predict(inputs);
  expect(predicted.map(({ bar }) => bar)).toEqual(["lies", "stands", "lies", "stands"]);
  const again = load(await model.save(folder), { backend: "reference" });
  expect(await again.predict(inputs)).toEqual(predicted);
  expect(await again.evaluate(lists)).toEqual(await model.evaluate(lists));
  const refusal =
    /NW0843[\s\S]*`picture`: it holds pictures[\s\S]*`netwright export --format onnx --raw-input`/;
  await expect(exportWasm(model.bundle)).rejects.toThrow(refusal);
  // What it tells of is there.
  await expect(exportModel(model.bundle, "onnx", { rawInput: true })).resolves.toMatchObject([
    { name: expect.stringMatching(/\.onnx$/) },
  ]);
  await model.dispose();
});
