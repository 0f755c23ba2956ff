// Standalone modules against the executable of the same program, and what they refuse.

import { describe, expect, test } from "@jest/globals";
import { Builder, type Program, tensor, type Value } from "@netwright/ir";
import { exponentialMinusOne, logPlusOne } from "@netwright/ir/numerics";
import { BackendError, compile } from "@netwright/runtime";
import { type ConversionStep, jitBackend, standaloneModule } from "../../src/index.ts";
import { engine } from "../../src/wasm/engine.ts";
import { type ModelText, numbers, programOf } from "../models.ts";

const NONE = { steps: [], fill: null };
const description = new Uint8Array();

/** Predictions of the module for rows of f64. */
function predictAlone(bytes: Uint8Array<ArrayBuffer>, x: Float64Array, rows: number, outputs: number) {
  const { exports } = new engine.Instance(new engine.Module(bytes));
  // What the module's documentation promises; a call would fail if it were not so.
  const { memory, input, output, predict } = exports as {
    memory: { buffer: ArrayBuffer };
    input: () => number;
    output: () => number;
    predict: (rows: number) => number;
  };
  new Float64Array(memory.buffer, input(), x.length).set(x);
  expect(predict(rows)).toBe(rows);
  return new Float64Array(memory.buffer, output(), rows * outputs);
}

const sizes: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [8, 32, 1],
  [3, 5, 2],
  [7, 130, 9],
];

const train = "loss: mse\n optimizer: sgd(learning_rate: 0.1)\n batch: 4\n epochs: 1";

test.each(sizes)("%d-%d-%d gives the bits of the executable", async (inputs, width, outputs) => {
  const flow = `dense(${width}, gelu) -> dense(${width}, relu) -> dense(${outputs})`;
  await expectBits({ inputs, flow, train }, inputs, outputs);
});

test("so does a layer over steps", async () => {
  const flow = "simple_rnn(9, return_sequences: true)\n simple_rnn(5, go_backwards: true)\n dense(2)";
  await expectBits({ inputs: "7, 3", flow, train }, 21, 2);
});

test("so does a network over images", async () => {
  const flow = [
    "conv2d(4, 3, padding: same, activation: relu)",
    "max_pooling2d(2)",
    "separable_conv2d(6, 3, activation: relu)",
    "conv_transpose2d(3, 3, strides: 2, padding: same)",
    "upsampling2d([1, 2], interpolation: bilinear)",
    "depthwise_conv2d(2, strides: 2, depth_multiplier: 2)",
    "zero_padding2d(1) -> cropping2d([[0, 1], 0])",
    "average_pooling2d(2, padding: same)",
    "parallel { mean { global_average_pooling2d } max { global_max_pooling2d } } -> concat",
    "dense(3, softmax)",
  ].join("\n ");
  await expectBits({ inputs: "8, 8, 1", flow, train }, 64, 3);
});

/** Of the module, for a trained network of so many inputs and outputs. */
async function expectBits(text: ModelText, inputs: number, outputs: number): Promise<void> {
  const trained = await compile(jitBackend, programOf(text, { step: [4] }));
  trained.init(5);
  const program = programOf(text, { predict: [1] });
  const state = trained.readState();
  const weights = new Map([...state].filter(([name]) => program.state.some((known) => known.name === name)));
  const executable = await compile(jitBackend, program);
  executable.writeState(weights);
  const rows = 11;
  const x = numbers(rows * inputs);
  const expected = Array.from({ length: rows }, (_, i) => [
    ...executable.predict({ rows: 1, feeds: { x: x.slice(i * inputs, (i + 1) * inputs) } }),
  ]).flat();
  const bytes = standaloneModule({
    program,
    weights,
    inputs: Array.from({ length: inputs }, () => NONE),
    outputs: Array.from({ length: outputs }, () => NONE),
    description,
  });
  expect([...predictAlone(bytes, Float64Array.from(x), rows, outputs)]).toEqual(expected);
  expect(expected.some((value) => value !== 0)).toBe(true);
}

test("state that nothing reads is not in the module, and state of another program is refused", () => {
  const text = { inputs: 3, flow: "dense(4)", train: "loss: mse\n optimizer: sgd\n batch: 4\n epochs: 1" };
  const program = programOf(text, { predict: [1] });
  const weights = new Map([
    ["dense_1.kernel", numbers(12)],
    ["dense_1.bias", numbers(4)],
  ]);
  const moduleOf = (of: Program, state: ReadonlyMap<string, Float32Array>) =>
    standaloneModule({
      program: of,
      weights: state,
      inputs: [NONE, NONE, NONE],
      outputs: [NONE, NONE, NONE, NONE],
      description,
    });
  const more: Program = {
    ...program,
    state: [...program.state, { name: "unread", role: "weight", type: tensor("f32", [1000]) }],
  };
  const plain = moduleOf(program, weights);
  expect(moduleOf(more, new Map([...weights, ["unread", numbers(1000)]]))).toEqual(plain);
  expect(() => moduleOf(program, new Map([...weights, ["unread", numbers(1000)]]))).toThrow(BackendError);
  expect(() => moduleOf(program, new Map([...weights, ["dense_1.bias", numbers(3)]]))).toThrow(BackendError);
  expect(() => moduleOf(program, new Map([["dense_1.bias", numbers(4)]]))).toThrow(BackendError);
});

/** What `make` makes of one row. */
function rowProgram(width: number, make: (b: Builder, x: Value) => Value): Program {
  const b = new Builder();
  const x = b.parameter("x", tensor("f32", [1, width]));
  const func = b.finish("predict_1", "predict", 1, [{ name: "prediction", value: make(b, x) }]);
  return { name: "row", state: [], functions: [func] };
}

test("constants are data of the module, and what is filled in stands for NaN", () => {
  const values = [0.5, -3, 1 / 3, 7, 1e-8].map(Math.fround);
  const bytes = standaloneModule({
    program: rowProgram(5, (b, x) => b.multiply(x, b.literal(tensor("f32", [1, 5]), values))),
    weights: new Map(),
    inputs: values.map((_, i) => ({ steps: [], fill: i === 3 ? 2.5 : null })),
    outputs: values.map(() => ({ steps: [] })),
    description,
  });
  const x = Float64Array.of(1, 2, 3, Number.NaN, 5, 6, 7, 8, 9, 10);
  const expected = [...x].map((value, i) => (values[i % 5] ?? 0) * (Number.isNaN(value) ? 2.5 : value));
  expect([...predictAlone(bytes, x, 2, 5)]).toEqual(expected.map(Math.fround));
});

describe("steps", () => {
  const xs = Float64Array.from({ length: 100 }, (_, i) => 0.37 * i + 1 / (i + 3));
  const through = (steps: readonly ConversionStep[], back: readonly ConversionStep[]) => {
    const inputs = [{ steps, fill: null }];
    const bytes = standaloneModule({
      program: rowProgram(1, (_, x) => x),
      weights: new Map(),
      inputs,
      outputs: [{ steps: back }],
      description,
    });
    return [...predictAlone(bytes, xs, xs.length, 1)];
  };
  const f32 = Math.fround;

  test("are arithmetic in f64, rounded once", () => {
    const steps = through(
      [
        { kind: "subtract", by: -0.1 },
        { kind: "divide", by: 0.3 },
      ],
      [
        { kind: "multiply", by: 1.7 },
        { kind: "add", by: 1e-3 },
      ],
    );
    expect(steps).toEqual([...xs].map((x) => f32((x + 0.1) / 0.3) * 1.7 + 1e-3));
  });

  test("are bends within a limit, and back", () => {
    const clip = (x: number) => (x / 3 / Math.sqrt((x / 3) * (x / 3) + 1)) * 3;
    const unclip = (z: number) => {
      const t = Math.max(Math.min(z / 3, 1 - 2 ** -24), -(1 - 2 ** -24));
      return (t / Math.sqrt((1 - t) * (1 + t))) * 3;
    };
    const found = through([{ kind: "smooth_clip", by: 3 }], [{ kind: "smooth_unclip", by: 3 }]);
    expect(found).toEqual([...xs].map((x) => unclip(f32(clip(x)))));
    const far = through(
      [
        { kind: "multiply", by: 1e300 },
        { kind: "smooth_clip", by: 3 },
      ],
      [],
    );
    expect(far.slice(1)).toEqual(far.slice(1).map(() => 3));
  });

  test("are elementary functions in f32, anywhere among others", () => {
    const found = through(
      [{ kind: "log_plus_one" }, { kind: "multiply", by: 3 }],
      [{ kind: "exponential_minus_one" }, { kind: "log_plus_one" }, { kind: "exponential_minus_one" }],
    );
    const there = (x: number) => f32(logPlusOne(f32(x)) * 3);
    const back = (y: number) => exponentialMinusOne(logPlusOne(exponentialMinusOne(y)));
    expect(found).toEqual([...xs].map((x) => back(there(x))));
  });
});

describe("what cannot be a module", () => {
  const model = { weights: new Map(), inputs: [NONE], outputs: [NONE], description };
  const wide = (width: number) =>
    programOf(
      {
        inputs: 1,
        flow: `dense(${width}) -> dense(${width}) -> dense(1)`,
        train: "loss: mse\n optimizer: sgd(learning_rate: 1)\n batch: 1\n epochs: 1",
      },
      { predict: [1] },
    );

  test("lacks weights", () => {
    expect(() => standaloneModule({ ...model, program: wide(4) })).toThrow(BackendError);
    expect(() => standaloneModule({ ...model, program: wide(4) })).toThrow(/weights of .* are missing/);
  });

  test("needs more memory than there is", () => {
    expect(() => standaloneModule({ ...model, program: wide(40_000) })).toThrow(/needs 6\.0 GB of memory/);
  });
});

describe("an input of indices", () => {
  /** The number of a word beside one number, as f32. */
  function indexProgram(): Program {
    const b = new Builder();
    const x = b.parameter("x", tensor("f32", [1, 1]));
    const word = b.parameter("word", tensor("i32", [1]));
    const own = b.reshape(b.convert(word, "f32"), [1, 1]);
    const func = b.finish("predict_1", "predict", 1, [
      { name: "prediction", value: b.add(b.multiply(x, b.literal(tensor("f32", [1, 1]), [10])), own) },
    ]);
    return { name: "row", state: [], functions: [func] };
  }
  const inputs = [NONE, { ...NONE, below: 3 }];
  const model = { program: indexProgram(), weights: new Map(), inputs, outputs: [NONE], description };

  test("lies behind that of numbers", () => {
    const rows = Float64Array.of(1, 0, 2, 2, 3, 1);
    expect([...predictAlone(standaloneModule(model), rows, 3, 1)]).toEqual([10, 22, 31]);
  });

  test.each([3, -1, 0.5, Number.NaN, 2 ** 32, Number.POSITIVE_INFINITY])("stops before %d", (index) => {
    const { exports } = new engine.Instance(new engine.Module(standaloneModule(model)));
    const { memory, input, predict } = exports as {
      memory: { buffer: ArrayBuffer };
      input: () => number;
      predict: (rows: number) => number;
    };
    new Float64Array(memory.buffer, input(), 4).set([1, 2, 1, index]);
    expect(predict(2)).toBe(1);
  });

  test("is none of the columns of numbers", () => {
    expect(() => standaloneModule({ ...model, inputs: [NONE, NONE] })).toThrow("not those of the network");
  });
});
