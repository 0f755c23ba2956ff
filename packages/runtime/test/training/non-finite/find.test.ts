// The first layer that is not finite, over pieces of the size that can be traced.

import { expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { rowStore } from "@netwright/data";
import { compile } from "@netwright/runtime";
import { nonFiniteLayer } from "../../../src/training/non-finite/find.ts";
import { smallNetwork } from "../../fixtures/small-network.ts";

test.each([
  { rows: ["fine", "fine", "fine"], layer: null },
  { rows: ["fine", "sum", "fine"], layer: "second" },
  { rows: ["fine", "fine", "product"], layer: "first" },
  { rows: ["sum", "fine", "fine", "product", "fine"], layer: "first" },
  { rows: ["product", "fine", "fine", "fine", "sum"], layer: "first" },
])("$rows", async ({ rows, layer }) => {
  const executable = await compile(
    referenceBackend,
    smallNetwork({ features: 2, activation: "linear", step: [2], trace: [2] }),
  );
  executable.writeState(
    new Map([
      ["first/kernel", new Float32Array(6).fill(1)],
      ["second/kernel", new Float32Array(3).fill(1)],
    ]),
  );
  // With all weights 1 the first layer adds two inputs, the second three equal numbers.
  const inputs: Record<string, [number, number]> = { fine: [1, 2], sum: [2e38, 0], product: [3e38, 3e38] };
  const x = Float32Array.from(rows.flatMap((row) => inputs[row] ?? []));
  const store = rowStore(rows.length, [{ name: "x", width: 2, data: x }]);
  const all = Uint32Array.from(rows, (_, i) => i);
  expect(nonFiniteLayer(executable, store, all, 2)).toBe(layer);
});
