// Elementary functions of several vectors at once give the bits of the reference, wherever a row or the part of a thread ends.

import { expect, test } from "@jest/globals";
import { type Tensor, tensorOf } from "@netwright/backend-reference";
import { type Builder, sizeOf, tensor, type Value } from "@netwright/ir";
import { checkGraph } from "../../../conformance/src/ops/op-case.ts";
import { createJitBackend } from "../../src/jit-backend.ts";

const sharing = { line: 4, costs: { kernel: 0, call: 0 } };

function numbers(...shape: readonly number[]): Tensor {
  const values = Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(i * 12.9898) * 2 ** (i % 4));
  return tensorOf(tensor("f32", shape), values);
}

test.each([1, 2, 3])(
  "on %i threads",
  async (threads) => {
    const backend = createJitBackend({ sharing, prompt: true });
    const load: typeof backend.load = (program) => backend.load(program, { threads });
    const sizes = [5, 63, 64, 65, 67, 79, 80, 81, 127, 130, 200, 1001];
    for (const width of sizes) {
      for (const rows of [1, 3, 13]) {
        const operands = [numbers(rows, width), numbers(rows), numbers(width)];
        const graph = {
          operands,
          build: (b: Builder, [x, byRow, byColumn]: readonly Value[]) => {
            if (x === undefined || byRow === undefined || byColumn === undefined)
              throw new Error("no operands");
            const { shape } = x.type;
            return [
              b.exponential(b.multiply(x, b.broadcastInDim(byRow, shape, [0]))),
              b.tanh(b.subtract(x, b.broadcastInDim(byColumn, shape, [1]))),
            ];
          },
        };
        await expect(
          checkGraph({ ...backend, load }, `${rows} x ${width}`, graph, "exact", {}),
        ).resolves.toBeUndefined();
      }
    }
  },
  60_000,
);
