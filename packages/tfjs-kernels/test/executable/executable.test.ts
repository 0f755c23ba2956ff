import { expect, test } from "@jest/globals";
import { Builder, type Program, tensor } from "@netwright/ir";
import { BackendError } from "@netwright/runtime";
import { createExecutable } from "@netwright/tfjs-kernels";
import { cpuDevice } from "../cpu-backend.ts";

/** Counts steps and keeps the last input; predicts input plus count. */
function program(): Program {
  const state = [
    { name: "count", role: "counter", type: tensor("i32") },
    { name: "last", role: "weight", type: tensor("f32", [2]) },
  ] as const;
  const step = new Builder();
  const count = step.parameter("count", state[0].type);
  step.parameter("last", state[1].type);
  const x = step.parameter("x", tensor("f32", [2, 1]));
  const y = step.parameter("y", tensor("f32", [2, 1]));
  const predict = new Builder();
  const seen = predict.parameter("count", state[0].type);
  predict.parameter("last", state[1].type);
  const input = predict.parameter("x", tensor("f32", [2, 1]));
  const added = predict.add(input, predict.spread(predict.convert(seen, "f32"), [2, 1]));
  return {
    name: "counting",
    state,
    functions: [
      step.finish("step", "step", 2, [
        { name: "count", value: step.add(count, step.scalar(1, "i32")) },
        { name: "last", value: step.reshape(x, [2]) },
        { name: "loss", value: step.mean(step.subtract(y, x)) },
      ]),
      predict.finish("predict", "predict", 2, [{ name: "prediction", value: added }]),
    ],
  };
}

const batch = { rows: 2, x: Float32Array.of(1, 2), y: Float32Array.of(4, 6) };

/** Message and remedy of the error that a call throws. */
function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof BackendError) return `${error.message}. ${error.remedy}`;
    throw error;
  }
  throw new Error("nothing was thrown");
}

test("moves the state from step to step", () => {
  const executable = createExecutable(program(), cpuDevice());
  expect([executable.step(batch).loss, executable.step(batch).loss]).toEqual([3.5, 3.5]);
  expect(executable.readState()).toEqual(
    new Map<string, ArrayLike<number>>([
      ["count", Int32Array.of(2)],
      ["last", Float32Array.of(1, 2)],
    ]),
  );
  expect([...executable.predict(Float32Array.of(10, 20), 2)]).toEqual([12, 22]);
});

test("what the contract excludes is an error that says what to do, and changes nothing", () => {
  const executable = createExecutable(program(), cpuDevice());
  executable.step(batch);
  expect([
    refusal(() => executable.predict(Float32Array.of(1), 1)),
    refusal(() => executable.predict(Float32Array.of(1), 2)),
    refusal(() => executable.init(0)),
    refusal(() => executable.writeState(new Map([["weight", Float32Array.of(1)]]))),
    refusal(() => executable.writeState(new Map([["last", Float32Array.of(1)]]))),
    refusal(() => executable.writeState(new Map([["last", Int32Array.of(1, 2)]]))),
  ]).toEqual([
    "program counting has no predict function for 1 rows; it has 2. Compile the program for this batch size, or pass batches of a size that it has.",
    "x is Float32Array of 1 elements, predict for 2 rows takes tensor<2x1xf32>. Pass x row-major with 2 rows.",
    "program counting has no init function for 0 rows; it has none. Compile the program for this batch size, or pass batches of a size that it has.",
    "program counting has no state variable weight. Write only its variables: count, last.",
    "state variable last is tensor<2xf32>, 2 elements; got a Float32Array of 1. Write the state of the same program.",
    "state variable last is tensor<2xf32>, 2 elements; got a Int32Array of 2. Write the state of the same program.",
  ]);
  expect(executable.readState().get("last")).toEqual(Float32Array.of(1, 2));
});

test("dispose frees everything, and nothing works afterwards", () => {
  const device = cpuDevice();
  const before = device.backend.numDataIds();
  const executable = createExecutable(program(), device);
  executable.step(batch);
  executable.dispose();
  executable.dispose();
  expect(device.backend.numDataIds()).toBe(before);
  expect(refusal(() => executable.step(batch))).toBe(
    "the executable was disposed. Compile the program again.",
  );
});
