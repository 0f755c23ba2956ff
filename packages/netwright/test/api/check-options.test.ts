// Calls that are wrong, as plain JavaScript makes them: refused with everything that is wrong, and not passed over.

import { describe, expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { wasmBackend } from "@netwright/backend-wasm";
import { exportWasm, load, NetwrightError, train } from "netwright";
import { load as loadInBrowser, train as trainInBrowser } from "../../src/browser/index.ts";
import { csv, source } from "../support.ts";

/** Without the types, which keep most of these calls from being written. */
type Untyped = (...args: readonly unknown[]) => unknown;

async function refusal(call: () => unknown) {
  try {
    await call();
  } catch (error) {
    if (error instanceof NetwrightError) return error;
    throw error;
  }
  throw new Error("the call was expected to be refused");
}

const entries = [
  ["node", train as unknown as Untyped],
  ["browser", trainInBrowser as unknown as Untyped],
] as const;

describe.each(entries)("train in %s", (_, call) => {
  test.each<[object, RegExp]>([
    [{ epoch: 3 }, /no option `epoch`[\s\S]*Did you mean `epochs`\?/],
    [
      { learning_rate: 5 },
      /no option `learning_rate`[\s\S]*set: \{ "train\.optimizer\.learning_rate": \.\.\. \}/,
    ],
    [{ learningRate: 5 }, /train\.optimizer\.learning_rate/],
    [{ batchSize: 5 }, /set: \{ "train\.batch": \.\.\. \}/],
    [{ Epochs: 3 }, /Did you mean `epochs`\?/],
    [{ onEpochs: () => {} }, /Did you mean `onEpoch`\?/],
    [{ random_state: 1 }, /Did you mean `seed`\?/],
    [{ depth: 4 }, /no option `depth`[\s\S]*`backend`, `set`[\s\S]*\{ set: \{ depth: \.\.\. \} \}/],
    [{ toString: 1 }, /no option `toString`/],
    [{ constructor: 1 }, /no option `constructor`[\s\S]*It has `backend`/],
    [{ epochs: "3" }, /`epochs` of `train` is "3"[\s\S]*a whole number from 1\./],
    [{ epochs: 0 }, /`epochs` of `train` is 0/],
    [{ epochs: 2.5 }, /`epochs` of `train` is 2\.5/],
    [{ epochs: Number.NaN }, /is NaN/],
    [{ epochs: null }, /is null/],
    [{ seed: -1 }, /`seed` of `train` is -1[\s\S]*from 0 to 4294967295/],
    [{ seed: 2 ** 32 }, /is 4294967296/],
    [{ threads: 0 }, /`threads` of `train` is 0[\s\S]*from 1 to 64/],
    [{ data: 5 }, /`data` of `train` is 5[\s\S]*CSV text, or a list of records/],
    [{ data: [1, 2] }, /`data` of `train` is a list/],
    [{ data: [{ a: 1 }, 5] }, /`data` of `train` is a list whose item 2 is 5/],
    [{ data: [] }, /`data` of `train` is an empty list[\s\S]*not empty/],
    [{ data: "tables/concrete.csv" }, /`data` of `train` is "tables\/concrete\.csv"[\s\S]*CSV text/],
    [{ data: { a: 1 } }, /`data` of `train` is an object/],
    [{ set: ["depth=4"] }, /`set` of `train` is a list/],
    [{ set: { depth: { value: 4 } } }, /params and settings by path/],
    [{ backend: 5 }, /`backend` of `train` is 5/],
    [{ backend: {} }, /`backend` of `train` is an object/],
    [{ backend: "" }, /`backend` of `train` is ""/],
    [{ signal: new AbortController() }, /`signal` of an AbortController/],
    [{ onEpoch: "log" }, /`onEpoch` of `train` is "log"[\s\S]*a function/],
  ])("refuses %j", async (options, message) => {
    const error = await refusal(() => call(source, options));
    expect(error.message).toMatch(message);
    expect(error.diagnostics).toMatchObject([{ code: "NW0911", severity: "error" }]);
  });

  test("says all that is wrong at once, before anything else", async () => {
    const error = await refusal(() => call("no model", { epoch: 3, seed: "x", backend: "jit" }));
    expect(error.diagnostics.map(({ code }) => code)).toEqual(["NW0911", "NW0911"]);
  });

  test.each([[null], [5], ["epochs=3"], [[1]], [new Map()]])("options that are %p", async (options) => {
    expect((await refusal(() => call(source, options))).message).toMatch(/the options of `train`/);
  });

  test.each([[undefined], [5], [{ file: "a.net" }]])("a source that is %p", async (wrong) => {
    expect((await refusal(() => call(wrong))).message).toMatch(/the source of `train`[\s\S]*a text/);
  });

  test("a path in `set` that there is not is an error of the file", async () => {
    const error = await refusal(() => call(source, { data: csv, set: { "train.epoch": 3 } }));
    expect(error.diagnostics[0]?.code).not.toBe("NW0911");
    expect(error.message).toContain("epoch");
  });
});

test("absent and undefined options are the same", async () => {
  const options = { data: csv, epochs: 1, backend: "reference", seed: undefined, signal: undefined };
  const call = train as unknown as Untyped;
  await expect(call(source, options)).resolves.toMatchObject({ status: "completed" });
});

test("the settings that suggestions name are settings", async () => {
  const set = {
    "train.batch": 8,
    "train.optimizer.learning_rate": 0.01,
    "train.loss": "mae",
    "data.split.test": "20%",
  };
  await expect(train(source, { data: csv, epochs: 1, backend: "reference", set })).resolves.toBeDefined();
});

describe("load", () => {
  test.each<[Untyped, unknown]>([
    [load as unknown as Untyped, "runs/a"],
    [loadInBrowser as unknown as Untyped, new Map()],
  ])("refuses wrong options at once", (call, run) => {
    expect(() => call(run, { thread: 1 })).toThrow(
      /`load` has no option `thread`[\s\S]*Did you mean `threads`\?/,
    );
    expect(() => call(run, { threads: 65 })).toThrow(/`threads` of `load` is 65/);
    expect(() => call(run, { seed: 1 })).toThrow(
      /no option `seed`[\s\S]*It has `backend`, `threads`(?: and|,) `catalog`(?: and `spread`)?\./,
    );
    expect(() => call(undefined)).toThrow(NetwrightError);
    expect(() => call(run, null)).toThrow(NetwrightError);
  });

  test("refuses a directory that is none", () => {
    const call = load as unknown as Untyped;
    for (const wrong of [5, "", {}]) expect(() => call(wrong)).toThrow(/the directory of `load`/);
    const inBrowser = loadInBrowser as unknown as Untyped;
    expect(() => inBrowser("runs/a")).toThrow(/the files of `load`[\s\S]*a Map/);
  });
});

test("a backend itself is what `backend` takes too, of any package", async () => {
  for (const backend of [referenceBackend, wasmBackend]) {
    expect((await train(source, { data: csv, epochs: 1, backend })).record.backend.name).toBe(backend.name);
  }
});

describe("a trained model", () => {
  const trained = train(source, { data: csv, epochs: 1, backend: "reference" });

  test("refuses inputs that are no records", async () => {
    const predict = (await trained).predict as unknown as Untyped;
    for (const wrong of [undefined, null, 5, "a,b\n1,2\n", [1], [[1, 2]], new Map()]) {
      const error = await refusal(() => predict(wrong));
      expect(error.message).toMatch(/the input of `predict` is [\s\S]*a record or a list of records/);
    }
  });

  test("refuses data that is neither text nor records, and a folder that is no path", async () => {
    const model = await trained;
    const evaluate = model.evaluate as unknown as Untyped;
    expect((await refusal(() => evaluate({ a: 1 }))).message).toMatch(/the data of `evaluate` is an object/);
    const save = model.save as unknown as Untyped;
    expect((await refusal(() => save(5))).message).toMatch(/the folder of `save` is 5/);
    for (const path of ["", "a\0b"]) {
      expect((await refusal(() => save(path))).message).toMatch(/the folder of `save` is "[\s\S]*a path/);
    }
  });

  test("is what `exportWasm` takes the bundle of", async () => {
    const call = exportWasm as unknown as Untyped;
    for (const wrong of [undefined, "runs/a", {}]) {
      expect((await refusal(() => call(wrong))).message).toMatch(/the run of `exportWasm`[\s\S]*`bundle`/);
    }
  });
});
