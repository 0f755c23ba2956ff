// How pieces of the text are written, and that a text which says something else is refused.

import { describe, expect, test } from "@jest/globals";
import { Builder, type Program, type TensorType, tensor, type Value } from "@netwright/ir";
import { parseStablehlo, printStablehlo, StablehloError } from "@netwright/stablehlo";

/** `predict` for two rows of three numbers. */
function predicting(build: (b: Builder, x: Value) => Value): string {
  const b = new Builder();
  const x = b.parameter("x", tensor("f32", [2, 3]));
  const func = b.finish("predict_2", "predict", 2, [{ name: "prediction", value: build(b, x) }]);
  return printStablehlo({ name: "some model", state: [], functions: [func] }, "predict_2");
}

function constantOf(type: TensorType, values: readonly number[]): string {
  const text = predicting((b) => {
    const [value] = b.emit("constant", [], { type, values });
    if (value === undefined) throw new Error("a constant has a value");
    return value;
  });
  return /dense<(.*)> : /.exec(text)?.[1] ?? "none";
}

describe("literals", () => {
  // What XLA takes was found by running it: `1` is refused for f32, a wide i32 becomes another number.
  test.each([
    [1, "1.0"],
    [-0, "-0.0"],
    [0.5, "0.5"],
    [Math.fround(0.1), "0.10000000149011612"],
    [2 ** 100, "1.2676506002282294e+30"],
    [2 ** 66, "73786976294838210000.0"],
    [2 ** -149, "1.401298464324817e-45"],
    [Math.fround(1e-7), "1.0000000116860974e-7"],
    [Number.POSITIVE_INFINITY, "0x7F800000"],
    [Number.NEGATIVE_INFINITY, "0xFF800000"],
    [Number.NaN, "0x7FC00000"],
  ])("f32 %p is %s", (value, text) => {
    expect(constantOf(tensor("f32", [4]), [value])).toBe(text);
  });

  test("lists are nested as the shape, integers plain, truth values words", () => {
    expect(constantOf(tensor("i32", [2, 2]), [-(2 ** 31), 0, 1, 2 ** 31 - 1])).toBe(
      "[[-2147483648, 0], [1, 2147483647]]",
    );
    expect(constantOf(tensor("u32", [1]), [2 ** 32 - 1])).toBe("4294967295");
    expect(constantOf(tensor("pred", [3]), [1, 0, 1])).toBe("[true, false, true]");
    expect(constantOf(tensor("f32", [0, 3]), [7])).toBe("");
  });

  test("many values are their bytes", () => {
    const text = constantOf(
      tensor("f32", [16]),
      Array.from({ length: 16 }, (_, i) => i),
    );
    expect(text.slice(0, 35)).toBe('"0x000000000000803F0000004000004040');
    const truths = Array.from({ length: 20 }, (_, i) => i % 2);
    expect(constantOf(tensor("pred", [20]), truths)).toContain("[false, true, ");
  });
});

test("a module names what goes in and out, and gives state away where asked", () => {
  const b = new Builder();
  const w = b.read('odd "name"', tensor("f32", [3]));
  const x = b.parameter("x", tensor("f32", [2, 3]));
  const loss = b.sum(b.multiply(x, b.broadcastInDim(w, [2, 3], [1])));
  const step = {
    ...b.finish("step_2", "step", 2, [
      { name: 'odd "name"', value: b.negate(w) },
      { name: "loss", value: loss },
    ]),
    writes: ['odd "name"'],
  };
  const program: Program = {
    name: "model",
    state: [{ name: 'odd "name"', role: "weight", type: tensor("f32", [3]) }],
    functions: [step],
  };
  const text = printStablehlo(program, "step_2", { donate: true });
  expect(text).toContain(
    String.raw`%arg0: tensor<3xf32> {netwright.name = "odd \22name\22", netwright.state = "weight", tf.aliasing_output = 0 : i32}`,
  );
  const read = parseStablehlo(text);
  expect(read.donates).toBe(true);
  expect(read.program.functions[0]?.reads).toEqual(['odd "name"']);
  expect(printStablehlo(program, "step_2")).not.toContain("aliasing");
});

test("a module for several devices divides what it is fed by rows, and is whole in all else", () => {
  const b = new Builder();
  const w = b.read("w", tensor("f32", [3]));
  const x = b.parameter("x", tensor("f32", [6, 3]));
  const y = b.parameter("y", tensor("f32", [6]));
  const sums = b.sum(b.multiply(x, b.broadcastInDim(y, [6, 3], [0])), [0]);
  const step = b.finish("step_6", "step", 6, [
    { name: "w", value: b.add(w, sums) },
    { name: "loss", value: b.sum(sums) },
  ]);
  const program: Program = {
    name: "model",
    state: [{ name: "w", role: "weight", type: tensor("f32", [3]) }],
    functions: [{ ...step, writes: ["w"] }],
  };
  const marks = (devices: number) => {
    const text = printStablehlo(program, "step_6", { donate: true, devices });
    expect(parseStablehlo(text).devices).toBe(devices);
    return text.match(/sdy\.mesh .*|sdy\.sharding = #sdy\.sharding<[^\]]*\]>/g);
  };
  expect(marks(1)).toBeNull();
  const of = (dimensions: string) => `sdy.sharding = #sdy.sharding<@netwright.devices, [${dimensions}]>`;
  expect(marks(3)).toEqual([
    'sdy.mesh @netwright.devices = <["rows"=3]>',
    ...["{}", '{"rows"}, {}', '{"rows"}', "{}", ""].map(of),
  ]);
  // Rows that cannot be divided are on each device.
  expect(marks(4)).toEqual([
    'sdy.mesh @netwright.devices = <["rows"=4]>',
    ...["{}", "{}, {}", "{}", "{}", ""].map(of),
  ]);
  const text = printStablehlo(program, "step_6", { devices: 3 });
  // With a mesh of two the text would say the same of two devices, and with one of four a share would be none.
  expect(parseStablehlo(text.replace('"rows"=3', '"rows"=2')).devices).toBe(2);
  for (const [from, to] of [
    ['"rows"=3', '"rows"=4'],
    ['"rows"=3', '"columns"=3'],
    ['[{"rows"}, {}]', "[{}, {}]"],
  ] as const)
    expect(() => parseStablehlo(text.replace(from, to))).toThrow(StablehloError);
});

describe("what is no text of ours is refused, with its line", () => {
  const text = predicting((b, x) => b.convert(b.sum(b.convert(x, "i32"), [1]), "f32"));

  test.each([
    ["another initial value", "dense<0> : tensor<i32>", "dense<1> : tensor<i32>"],
    ["another body of a conversion", "GE, %arg0", "GT, %arg0"],
    ["another precision of a type", "tensor<2x3xi32>", "tensor<2x3xi64>"],
    ["an operation that Netwright has not", "stablehlo.reduce(", "stablehlo.popcnt("],
    ["a value that is not there", "return %2", "return %9"],
    ["an operation that the IR cannot read", '"convert(%0) {', '"convert(%0 {'],
    ["an operation of an attribute that it has not", "{dtype = i32}", "{dtype = i99}"],
    ["an operation that the IR has not", '"convert(%0)', '"popcnt(%0)'],
    ["no operation", /netwright\.op = "[^"]*"/, 'netwright.op = ""'],
    ["several operations", /netwright\.op = "([^"]*)"/, String.raw`netwright.op = "$1\0A} }"`],
    ["something behind the end", "\n}\n", "\n}\n// more\n"],
    ["another beginning", "module @", "module@"],
  ])("%s", (_, from, to) => {
    expect(text.replace(from, to)).not.toBe(text);
    expect(() => parseStablehlo(text.replace(from, to))).toThrow(StablehloError);
  });

  test("as it is it reads", () => {
    expect(parseStablehlo(text).program.name).toBe("some model");
  });
});
