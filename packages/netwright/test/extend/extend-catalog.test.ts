// Definitions of a user's own: wherever a model goes, they go along, or their absence is named.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import {
  defineActivation,
  defineLayer,
  exportWasm,
  extendCatalog,
  load,
  NetwrightError,
  onNumbers,
  plainParts,
  train,
} from "netwright";

const folder = mkdtempSync(join(tmpdir(), "netwright-extend-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const described = { doc: "", formula: "", example: "", source: "", params: {} };
const half = defineLayer({
  ...described,
  name: "half",
  output: onNumbers((shape) => shape),
  parts: () => plainParts,
  build: ({ b }, [x]) => b.multiply(x, b.like(x, 0.5)),
});
const square = defineActivation({
  ...described,
  name: "square",
  range: () => ({ min: 0, max: Number.POSITIVE_INFINITY }),
  build: (b, x) => b.multiply(x, x),
});
const catalog = extendCatalog({ layer: [half], activation: [square] });
const data = Array.from({ length: 40 }, (_, i) => ({ a: i % 7, y: (i % 7) * 3 }));
const text = `netwright 1
data points { source: "points.csv", target: y }
model { half -> dense(4, square) -> dense(outputs) }
train { loss: mse, epochs: 2 }
`;

async function rejection(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof NetwrightError)) throw new Error("it should be refused");
  return error.diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n");
}

test.each(["jit", "reference"])(
  "a model of them trains, is saved, loaded and predicts, on %s",
  async (backend) => {
    const model = await train(text, { data, catalog, backend });
    const expected = await model.predict({ a: 3 });
    const directory = await model.save(join(folder, backend));
    const loaded = load(directory, { catalog, backend });
    expect(await loaded.predict({ a: 3 })).toEqual(expected);
    expect((await exportWasm(model.bundle, { catalog })).wasm.length).toBeGreaterThan(100);
    for (const one of [model, loaded]) await one.dispose();

    expect(await rejection(load(directory).predict({ a: 3 }))).toBe(
      "NW0844 the run uses `half` and `square`, which Netwright has not",
    );
    expect(await rejection(exportWasm(model.bundle))).toContain("NW0844");
  },
);

test("without the catalog a file that names them has errors at their places", async () => {
  expect(await rejection(train(text, { data }))).toBe(
    "NW0205 no layer or block is named `half`\nNW0206 unknown activation `square`",
  );
});

test("names that are taken, or no names, and families that there are not, are refused at once", () => {
  const names = (action: () => unknown): string => {
    try {
      action();
    } catch (error) {
      if (error instanceof NetwrightError) return error.diagnostics.map(({ message }) => message).join("; ");
    }
    return "nothing";
  };
  expect(names(() => extendCatalog({ layer: [{ ...half, name: "dense" }, half] }))).toBe(
    "there is a layer `dense` already",
  );
  expect(names(() => extendCatalog({ layer: [half, half] }))).toBe("there is a layer `half` already");
  expect(names(() => extendCatalog({ activation: [{ ...square, name: "my square" }] }))).toBe(
    "`my square` is no name of an activation",
  );
  const misspelt: object = { layers: [half] };
  expect(names(() => extendCatalog(misspelt))).toBe("`extendCatalog` takes no `layers`");
});

test("what is no catalog is refused", async () => {
  const options: object = { data, catalog: { layer: [half] } };
  expect(await rejection(train(text, options))).toContain("NW0911 `catalog` of `train`");
});
