// Updates write in place; whoever still holds the old numbers must not notice.

import { expect, test } from "@jest/globals";
import { nativeBackend } from "@netwright/backend-native";
import { Builder, type Program, tensor } from "@netwright/ir";
import { compile } from "@netwright/runtime";
import { describeWithLibrary } from "../with-library.ts";

const W = tensor("f32", [2]);

/** w = w - 0.5 x, while `previous` keeps the old w. */
function program(): Program {
  const update = new Builder();
  const weight = update.parameter("weight", W);
  const gradient = update.parameter("gradient", W);
  const rate = update.parameter("learning_rate", tensor("f32"));
  const moved = update.subtract(weight, update.multiply(gradient, update.spread(rate, [2])));
  const step = new Builder();
  const old = step.read("w", W);
  const x = step.parameter("x", tensor("f32", [1, 2]));
  const [next = old] = step.emit("composite", [old, step.reshape(x, [2]), step.scalar(0.5)], {
    composite: "optimizer_update.sgd",
    settings: { momentum: 0, nesterov: 0 },
    decomposition: "sgd_2",
    types: [W],
  });
  return {
    name: "previous",
    state: [
      { name: "w", role: "weight", type: W },
      { name: "previous", role: "slot", type: W },
    ],
    functions: [
      step.finish(
        "step",
        "step",
        1,
        [{ name: "loss", value: step.mean(x) }],
        [
          { name: "w", value: next },
          { name: "previous", value: old },
        ],
      ),
      update.finish("sgd_2", "composite", 0, [{ name: "weight", value: moved }]),
    ],
  };
}

describeWithLibrary("updates in place", () => {
  test("leave a weight as it was for whoever keeps it", async () => {
    const executable = await compile(nativeBackend, program());
    executable.writeState(new Map([["w", Float32Array.of(1, 2)]]));
    const batch = { rows: 1, feeds: { x: Float32Array.of(2, 4) } };
    const seen = [1, 2, 3].map(() => {
      executable.step(batch);
      return [...executable.readState().values()].map((data) => [...data]);
    });
    executable.dispose();
    expect(seen).toEqual([
      [
        [0, 0],
        [1, 2],
      ],
      [
        [-1, -2],
        [0, 0],
      ],
      [
        [-2, -4],
        [-1, -2],
      ],
    ]);
  });
});
