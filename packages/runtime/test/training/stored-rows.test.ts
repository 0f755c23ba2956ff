// Training rows that lie in a file give the training that they give from memory, to the bit: weights, history, evaluations,
// the hash of the data, and what is told of a number that is not finite.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { jitBackend } from "@netwright/backend-jit";
import { referenceBackend } from "@netwright/backend-reference";
import { lower } from "@netwright/compiler";
import { feedsOf, type RowStore, rowsOf, type Split } from "@netwright/data";
import {
  type Backend,
  batchSizes,
  compile,
  type Splits,
  splitsHash,
  type TrainingResult,
  train,
} from "@netwright/runtime";
import { type RowFile, rowFileWriter } from "@netwright/runtime/node";
import { modelOf } from "../../../compiler/test/support.ts";
import { measure, smallSplits } from "../fixtures/small-splits.ts";

const folder = mkdtempSync(join(tmpdir(), "stored-rows-"));
const opened: RowFile[] = [];
afterAll(() => {
  for (const file of opened) file.dispose();
  rmSync(folder, { recursive: true });
});

const splits = smallSplits(61, 9, 6);
const nothing = new Float32Array(0);

/** The split with its encoded rows in a file and nowhere else. */
function inFile(split: Split): Split {
  const { fields, rows } = rowsOf(split);
  const writer = rowFileWriter(join(folder, `${opened.length}`), fields);
  for (let row = 0; row < rows; row++) {
    const data = feedsOf(split, row, 1);
    const bits = fields.flatMap(({ name }) => {
      const own = data[name];
      return own === undefined ? [] : [...new Uint32Array(own.buffer, own.byteOffset, own.length)];
    });
    writer.append(Uint32Array.from(bits));
  }
  const store = writer.finish();
  opened.push(store);
  return { ...split, x: nothing, y: nothing, store };
}

async function trained(all: Splits, backend: Backend): Promise<TrainingResult> {
  const model = modelOf({ input: 2, flow: "dense(5, tanh)\n dropout(0.25)\n dense(1)", train: "epochs: 4" });
  const program = lower(model, { step: batchSizes(61, 8), evaluate: [4], stepsPerEpoch: 8 });
  const executable = await compile(backend, program);
  const result = await train({
    executable,
    variables: program.state,
    splits: all,
    measure,
    batch: 8,
    evaluateBatch: 4,
    epochs: 4,
    seed: 2,
    stop: { patience: 2, minDelta: 0 },
  });
  executable.dispose();
  return result;
}

const withoutTimes = ({ seconds, history, ...rest }: TrainingResult) => ({
  ...rest,
  history: history.map((line) => ({ ...line, seconds: 0 })),
});

test.each([referenceBackend, jitBackend])("on $name", async (backend) => {
  const memory = withoutTimes(await trained(splits, backend));
  const files = { train: inFile(splits.train), validation: inFile(splits.validation), test: splits.test };
  expect(withoutTimes(await trained(files, backend))).toEqual(memory);
  expect(withoutTimes(await trained({ ...splits, train: files.train }, backend))).toEqual(memory);
  expect(memory.history).toHaveLength(4);
});

test("the data has one hash wherever it lies, and another one where a row is another", () => {
  const files = { ...splits, train: inFile(splits.train), test: inFile(splits.test) };
  expect(splitsHash(files)).toBe(splitsHash(splits));
  const y = Float32Array.from(splits.train.y, (value, i) => (i === 60 ? 0 : value));
  expect(splitsHash({ ...splits, train: inFile({ ...splits.train, y }) })).not.toBe(splitsHash(splits));
});

test.each([
  { column: "feature", index: 1, key: "x", at: 2 * 17 + 1 },
  { column: "target", index: 0, key: "y", at: 17 },
] as const)("a $column that is no number is named", async ({ column, index, key, at }) => {
  const bad = Float32Array.from(splits.train[key], (value, i) => (i === at ? Number.NaN : value));
  const result = await trained(
    { ...splits, train: inFile({ ...splits.train, [key]: bad }) },
    referenceBackend,
  );
  expect(result).toMatchObject({
    status: "non_finite",
    failure: { cause: "data", datum: { row: 18, column, index } },
  });
});

test("a store of other rows than the split has is refused", () => {
  const store: RowStore = rowsOf(splits.test);
  expect(() => rowsOf({ ...splits.train, store })).toThrow("a split of 61 rows with a store of 6");
});
