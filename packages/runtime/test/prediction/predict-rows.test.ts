// Any number of rows from fixed batch sizes: each row gets the prediction it gets alone.

import { expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { rowStore, rowsOf } from "@netwright/data";
import { compile, type Executable, predictRows } from "@netwright/runtime";
import { smallNetwork } from "../fixtures/small-network.ts";
import { smallSplit } from "../fixtures/small-splits.ts";

async function network(): Promise<{ executable: Executable; calls: number[] }> {
  const compiled = await compile(
    referenceBackend,
    smallNetwork({ features: 2, step: [5], predict: [1, 4, 8] }),
  );
  compiled.init(7);
  const calls: number[] = [];
  const executable: Executable = {
    ...compiled,
    invocation: (kind, rows) => {
      calls.push(rows);
      return compiled.invocation(kind, rows);
    },
  };
  return { executable, calls };
}

test.each([
  { rows: 0, sizes: [] },
  { rows: 1, sizes: [1] },
  { rows: 2, sizes: [4] },
  { rows: 4, sizes: [4] },
  { rows: 7, sizes: [8] },
  { rows: 19, sizes: [8, 8, 4] },
  { rows: 25, sizes: [8, 8, 8, 1] },
])("$rows rows", async ({ rows, sizes }) => {
  const { executable, calls } = await network();
  const split = smallSplit(rows);
  const result = predictRows(executable, [8, 1, 4], rowsOf(split));
  expect(calls).toEqual(sizes);
  const alone = Array.from(
    { length: rows },
    (_, i) => executable.predict({ rows: 1, feeds: { x: split.x.slice(2 * i, 2 * i + 2) } })[0],
  );
  expect([...result]).toEqual(alone);
});

test("inputs of another width and a program without predict are mistakes of the caller", async () => {
  const { executable } = await network();
  const wide = rowStore(2, [{ name: "x", width: 3, data: new Float32Array(6) }]);
  expect(() => predictRows(executable, [4], wide)).toThrow(RangeError);
  expect(() => predictRows(executable, [], rowsOf(smallSplit(2)))).toThrow(RangeError);
});
