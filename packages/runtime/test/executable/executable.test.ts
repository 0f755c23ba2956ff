// What callers of an executable may do wrong: found once, whatever backend runs the program.

import { describe, expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { Builder, type Program, tensor } from "@netwright/ir";
import { BackendError, compile, type Executable, executableOf, type Machine } from "@netwright/runtime";

/** State w f32[2] and n i32; step adds the column sums of x to w and 1 to n, with loss sum(y). */
function counting(): Program {
  const w = tensor("f32", [2]);
  const n = tensor("i32");

  const init = new Builder();
  const seed = init.parameter("seed", tensor("u32"));
  const initFunc = init.finish(
    "init",
    "init",
    0,
    [],
    [
      { name: "w", value: init.spread(init.convert(seed, "f32"), [2]) },
      { name: "n", value: init.scalar(0, "i32") },
    ],
  );

  const step = new Builder();
  const [sw, sn] = [step.read("w", w), step.read("n", n)];
  const [sx, sy] = [step.parameter("x", tensor("f32", [3, 2])), step.parameter("y", tensor("f32", [3, 1]))];
  const stepFunc = step.finish(
    "step",
    "step",
    3,
    [{ name: "loss", value: step.sum(sy) }],
    [
      { name: "w", value: step.add(sw, step.sum(sx, [0])) },
      { name: "n", value: step.add(sn, step.scalar(1, "i32")) },
    ],
  );

  const predict = new Builder();
  const pw = predict.read("w", w);
  const px = predict.parameter("x", tensor("f32", [1, 2]));
  const predictFunc = predict.finish("predict", "predict", 1, [
    { name: "prediction", value: predict.multiply(px, predict.reshape(pw, [1, 2])) },
  ]);

  return {
    name: "counting",
    state: [
      { name: "w", role: "weight", type: w },
      { name: "n", role: "counter", type: n },
    ],
    functions: [initFunc, stepFunc, predictFunc],
  };
}

const batch = { rows: 3, feeds: { x: Float32Array.of(1, 2, 3, 4, 5, 6), y: Float32Array.of(1, 1, 2) } };

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof BackendError) return `${error.message} | ${error.remedy}`;
    throw error;
  }
  return "nothing was thrown";
}

async function compiled(): Promise<Executable> {
  return compile(referenceBackend, counting());
}

describe("misuse is a BackendError that says what to do", () => {
  test("unknown state, and nothing is written with it", async () => {
    const executable = await compiled();
    const write = () =>
      executable.writeState(
        new Map([
          ["w", Float32Array.of(1, 1)],
          ["v", Float32Array.of(1)],
        ]),
      );
    expect(messageOf(write)).toBe(
      "program counting has no state variable v | Write only its variables: w, n.",
    );
    expect(executable.readState().get("w")).toEqual(Float32Array.of(0, 0));
  });

  test("state of another size or kind, and nothing is written with it", async () => {
    const executable = await compiled();
    const write = () =>
      executable.writeState(
        new Map([
          ["w", Float32Array.of(1, 1)],
          ["n", Float32Array.of(1)],
        ] as const),
      );
    expect(messageOf(write)).toContain(
      "state variable n is tensor<i32>, a Int32Array of 1 elements; got a Float32Array of 1",
    );
    expect(executable.readState().get("w")).toEqual(Float32Array.of(0, 0));
    expect(messageOf(() => executable.writeState(new Map([["w", Float32Array.of(1)]])))).toContain(
      "got a Float32Array of 1",
    );
  });

  test("batch sizes and array sizes that the program does not have", async () => {
    const executable = await compiled();
    expect(messageOf(() => executable.step({ ...batch, rows: 2 }))).toContain(
      "program counting has no step function for 2 rows; it has 3",
    );
    expect(messageOf(() => executable.evaluate(batch))).toContain(
      "no evaluate function for 3 rows; it has none",
    );
    expect(
      messageOf(() => executable.step({ rows: 3, feeds: { ...batch.feeds, y: Float32Array.of(1) } })),
    ).toContain("y is Float32Array of 1 elements, step for 3 rows takes a Float32Array of 3");
    expect(
      messageOf(() => executable.predict({ rows: 1, feeds: { x: Float32Array.of(1, 2, 3) } })),
    ).toContain("x is Float32Array of 3 elements, predict for 1 rows takes a Float32Array of 2");
    expect(messageOf(() => executable.step({ rows: 3, feeds: { x: batch.feeds.x } }))).toContain(
      "y is missing, step for 3 rows takes a Float32Array of 3",
    );
  });

  test("seeds that are not u32", async () => {
    const executable = await compiled();
    for (const seed of [-1, 0.5, 4294967296, Number.NaN]) {
      expect(messageOf(() => executable.init(seed))).toContain(`seed ${seed} is not a u32`);
    }
  });

  test("any use after dispose, but a second dispose", async () => {
    const executable = await compiled();
    executable.dispose();
    executable.dispose();
    for (const use of [
      () => executable.readState(),
      () => executable.step(batch),
      () => executable.init(0),
    ]) {
      expect(messageOf(use)).toContain("the executable was disposed");
    }
  });

  test("an operation that this version does not know", async () => {
    const program = counting();
    const unknown = JSON.parse(JSON.stringify(program).replaceAll('"multiply"', '"fft"'));
    await expect(compile(referenceBackend, unknown)).rejects.toThrow(
      "this version of the IR has no operation fft",
    );
  });
});

test("inputs are not changed, and results are the caller's", async () => {
  const executable = await compiled();
  executable.init(2);
  const [x, y] = [batch.feeds.x.slice(), batch.feeds.y.slice()];
  executable.step({ rows: 3, feeds: { x, y } });
  expect({ x, y }).toEqual(batch.feeds);
  const first = executable.predict({ rows: 1, feeds: { x: Float32Array.of(1, 1) } });
  const kept = first.slice();
  executable.predict({ rows: 1, feeds: { x: Float32Array.of(5, 5) } }).fill(0);
  expect(first).toEqual(kept);
});

test("a machine may be an object of a class, whose methods need it", async () => {
  class Wrapped implements Machine {
    readonly machine: Machine;
    constructor(machine: Machine) {
      this.machine = machine;
    }
    call(name: string) {
      return this.machine.call(name);
    }
    readState() {
      return this.machine.readState();
    }
    writeState(state: Parameters<Machine["writeState"]>[0]) {
      this.machine.writeState(state);
    }
    dispose() {
      this.machine.dispose();
    }
  }
  const program = counting();
  const executable = executableOf("own", program, new Wrapped(await referenceBackend.load(program)));
  executable.init(2);
  expect(executable.step(batch).loss).toBe(4);
  executable.writeState(new Map([["w", Float32Array.of(1, 1)]]));
  expect(executable.readState().get("w")).toEqual(Float32Array.of(1, 1));
  executable.dispose();
});

test("truth values go in and come out as 0 and 1, whatever a backend makes of them", async () => {
  const b = new Builder();
  const x = b.parameter("x", tensor("f32", [2]));
  const kept = b.parameter("kept", tensor("pred", [2]));
  const positive = b.binary("and", kept, b.compare(x, "GT", b.like(x, 0)));
  const prediction = b.select(kept, x, b.like(x, 0));
  const results = [
    { name: "prediction", value: prediction },
    { name: "positive", value: positive },
  ];
  const functions = [b.finish("predict", "predict", 2, results)];
  const executable = await compile(referenceBackend, { name: "p", state: [], functions });
  const { inputs, outputs, run } = executable.invocation("predict", 2);
  inputs.get("x")?.set([3, 4]);
  inputs.get("kept")?.set([0, 1]);
  run();
  expect(outputs.get("prediction")).toEqual(Float32Array.of(0, 4));
  expect(outputs.get("positive")).toEqual(Int32Array.of(0, 1));
});
