import { expect, test } from "@jest/globals";
import { Builder, type Program, tensor } from "@netwright/ir";
import { executableOf } from "@netwright/runtime";
import { createMachine } from "@netwright/tfjs-kernels";
import { cpuDevice } from "./cpu-backend.ts";

/** Counts steps and keeps the last input; predicts input plus count. */
function program(): Program {
  const state = [
    { name: "count", role: "counter", type: tensor("i32") },
    { name: "last", role: "weight", type: tensor("f32", [2]) },
  ] as const;
  const step = new Builder();
  const count = step.read("count", state[0].type);
  const x = step.parameter("x", tensor("f32", [2, 1]));
  const y = step.parameter("y", tensor("f32", [2, 1]));
  const predict = new Builder();
  const seen = predict.read("count", state[0].type);
  const input = predict.parameter("x", tensor("f32", [2, 1]));
  const added = predict.add(input, predict.spread(predict.convert(seen, "f32"), [2, 1]));
  return {
    name: "counting",
    state,
    functions: [
      step.finish(
        "step",
        "step",
        2,
        [{ name: "loss", value: step.mean(step.subtract(y, x)) }],
        [
          { name: "count", value: step.add(count, step.scalar(1, "i32")) },
          { name: "last", value: step.reshape(x, [2]) },
        ],
      ),
      predict.finish("predict", "predict", 2, [{ name: "prediction", value: added }]),
    ],
  };
}

const batch = { rows: 2, feeds: { x: Float32Array.of(1, 2), y: Float32Array.of(4, 6) } };

test("moves the state from step to step", () => {
  const executable = executableOf("cpu", program(), createMachine(program(), cpuDevice()));
  expect([executable.step(batch).loss, executable.step(batch).loss]).toEqual([3.5, 3.5]);
  expect(executable.readState()).toEqual(
    new Map<string, ArrayLike<number>>([
      ["count", Int32Array.of(2)],
      ["last", Float32Array.of(1, 2)],
    ]),
  );
  expect([...executable.predict({ rows: 2, feeds: { x: Float32Array.of(10, 20) } })]).toEqual([12, 22]);
});

test("dispose frees everything", () => {
  const device = cpuDevice();
  const before = device.backend.numDataIds();
  const executable = executableOf("cpu", program(), createMachine(program(), device));
  executable.step(batch);
  executable.dispose();
  executable.dispose();
  expect(device.backend.numDataIds()).toBe(before);
});
