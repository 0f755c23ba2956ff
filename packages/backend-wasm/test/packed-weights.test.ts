// XNNPACK keeps the packed second operand of a product under the identity of its tensor alone. A matrix that
// a program multiplies with under two shapes, or in two functions, must not meet the packing of the other.

import { expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { wasmBackend } from "@netwright/backend-wasm";
import { Builder, type Program, tensor } from "@netwright/ir";
import { compile } from "@netwright/runtime";

const STATE = [{ name: "w", role: "weight", type: tensor("f32", [6, 4]) }] as const;

function program(): Program {
  const functions = [1, 2].map((rows) => {
    const b = new Builder();
    const w = b.read("w", STATE[0].type);
    const x = b.parameter("x", tensor("f32", [rows, 6]));
    const narrow = b.matmul(x, w);
    const wide = b.matmul(narrow, b.reshape(w, [4, 6]));
    const vector = b.matmul(wide, b.reshape(b.slice(w, [0, 0], [6, 1]), [6, 1]));
    // Each function meets the two shapes of w in another order.
    const first =
      rows === 1
        ? b.matmul(wide, w)
        : b.matmul(b.matmul(x, b.transpose(b.reshape(w, [4, 6]), [1, 0])), b.reshape(w, [4, 6]));
    const prediction = b.concatenate([narrow, wide, vector, first], 1);
    return b.finish(`predict_${rows}`, "predict", rows, [{ name: "prediction", value: prediction }]);
  });
  return { name: "packed", state: STATE, functions };
}

test("one matrix under two shapes", async () => {
  const [ours, reference] = [
    await compile(wasmBackend, program()),
    await compile(referenceBackend, program()),
  ];
  const w = Float32Array.from({ length: 24 }, (_, i) => ((i * 7) % 11) - 5);
  const x = Float32Array.from({ length: 12 }, (_, i) => ((i * 5) % 7) - 3);
  for (const factor of [1, 2]) {
    const state = new Map([["w", w.map((value) => value * factor)]]);
    ours.writeState(state);
    reference.writeState(state);
    for (const rows of [1, 2, 1]) {
      // Small integers, so every order of summation gives the same.
      expect(ours.predict({ rows, feeds: { x: x.slice(0, rows * 6) } })).toEqual(
        reference.predict({ rows, feeds: { x: x.slice(0, rows * 6) } }),
      );
    }
  }
  ours.dispose();
});
