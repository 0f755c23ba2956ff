// The printed form: one golden program with every kind of line and attribute, and exactness of numbers.

import { describe, expect, test } from "@jest/globals";
import { Builder, type Func, type Program, parse, print, rngState, tensor } from "@netwright/ir";

function init(build: (builder: Builder) => Parameters<Builder["finish"]>[3]): Program {
  const builder = new Builder();
  const results = build(builder);
  return { name: "p", state: [], functions: [builder.finish("init", "init", 0, results)] };
}

function update(): Func {
  const b = new Builder();
  const weight = b.parameter("weight", tensor("f32", [2]));
  const slope = b.parameter("slope", tensor("f32", [2]));
  const value = b.subtract(weight, slope);
  return b.finish("sgd_2", "composite", 0, [{ name: "weight", value }]);
}

function golden(): Program {
  const b = new Builder();
  b.parameter("seed", tensor("u32"));
  const state = b.literal(rngState, [1, 2, 3, 4, 5, 4294967295]);
  const { state: next, bits } = b.randomBits(state, [2]);
  const truth = b.compare(bits, "GT", b.fill(bits.type, 7));
  const weight = b.at({ layer: "dense_1" }, () => b.convert(truth, "f32"));
  const [updated = weight] = b.emit("composite", [weight, weight], {
    composite: "optimizer_update.sgd",
    settings: { learning_rate: 0.5, "odd key": -0 },
    decomposition: "sgd_2",
    types: [weight.type],
  });
  const writes = [
    { name: "dense_1.kernel", value: updated },
    { name: "random state", value: next },
  ];
  return {
    name: "golden",
    state: [
      { name: "dense_1.kernel", role: "weight", type: weight.type },
      { name: "random state", role: "random", type: rngState },
    ],
    functions: [b.finish("init", "init", 0, [], writes), update()],
  };
}

test("a program with every kind of line", () => {
  expect(print(golden())).toBe(`program golden {
  state weight dense_1.kernel : tensor<2xf32>
  state random "random state" : tensor<6xu32>

  func init init batch 0 {
    %0 = parameter seed : tensor<u32>
    %1 = constant() {type = tensor<6xu32>, values = [1, 2, 3, 4, 5, 4294967295]} : tensor<6xu32>
    %2, %3 = rng_bit_generator(%1) {shape = [2]} : tensor<6xu32>, tensor<2xu32>
    %4 = constant() {type = tensor<2xu32>, values = [7]} : tensor<2xu32>
    %5 = compare(%3, %4) {direction = GT} : tensor<2xpred>
    %6 = convert(%5) {dtype = f32} : tensor<2xf32>
    %7 = composite(%6, %6) {composite = optimizer_update.sgd, settings = {learning_rate = 0.5, "odd key" = -0}, decomposition = sgd_2, types = [tensor<2xf32>]} : tensor<2xf32>
    state dense_1.kernel = %7
    state "random state" = %2
  }

  func composite sgd_2 batch 0 {
    %0 = parameter weight : tensor<2xf32>
    %1 = parameter slope : tensor<2xf32>
    %2 = subtract(%0, %1) : tensor<2xf32>
    result weight = %2
  }
}
`);
});

test("the golden program reads back equal, but for origins", () => {
  const program = golden();
  const read = parse(print(program));
  expect(read).toEqual({
    ...program,
    functions: program.functions.map((func) => ({
      ...func,
      body: func.body.map(({ name, operands, attributes, results }) => ({
        name,
        operands,
        attributes,
        results,
      })),
    })),
  });
  expect(print(read)).toBe(print(program));
});

test("text does not depend on value ids or origins", () => {
  const build = (b: Builder, unused: number, layer: string) => {
    const x = b.parameter("seed", tensor("u32"));
    const discarded = new Set(Array.from({ length: unused }, () => b.add(x, x)));
    const value = b.at({ layer }, () => b.multiply(x, x));
    const func = b.finish("f", "init", 0, [{ name: "r", value }]);
    const body = func.body.filter((op) => !op.results.some((result) => discarded.has(result)));
    return print({ name: "p", state: [], functions: [{ ...func, body }] });
  };
  expect(build(new Builder(), 5, "a")).toBe(build(new Builder(), 0, "b"));
});

describe("numbers", () => {
  const awkward = [
    0,
    -0,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    1,
    -1.5,
    3.4028234663852886e38,
    1.401298464324817e-45,
    1.1754943508222875e-38,
    0.10000000149011612,
    16777216,
    1e21,
  ].map(Math.fround);

  test("come back bit for bit", () => {
    const program = init((b) => [{ name: "r", value: b.literal(tensor("f32", [awkward.length]), awkward) }]);
    const [op] = parse(print(program)).functions[0]?.body ?? [];
    if (op?.name !== "constant") throw new Error("no constant");
    expect(op.attributes.values.length).toBe(awkward.length);
    op.attributes.values.forEach((value, i) => {
      expect(value).toBe(awkward[i]);
    });
  });

  test("are spelled shortly", () => {
    const program = init((b) => [{ name: "r", value: b.literal(tensor("f32", [5]), awkward.slice(0, 5)) }]);
    expect(print(program)).toContain("values = [0, -0, nan, inf, -inf]");
  });
});

test.each([
  "",
  "a b",
  'quote " and \\',
  "line\nbreak",
  "ünïcode",
  "\ud800",
  "1st",
  "tensor<f32>",
  "//",
  "nan",
])("the name %j comes back", (name) => {
  const b = new Builder();
  const read = b.read(name, tensor("f32"));
  const value = b.parameter(name, tensor("f32"));
  const func = b.finish(name, "step", 1, [{ name, value }], [{ name, value: read }]);
  const state = [{ name, role: "weight", type: tensor("f32") }] as const;
  const program: Program = { name, state, functions: [func] };
  expect(parse(print(program))).toEqual(program);
});

test("a broken program prints too, with a mark that does not parse", () => {
  const x = { id: 9, type: tensor("f32") };
  const program: Program = {
    name: "p",
    state: [],
    functions: [
      {
        name: "f",
        kind: "init",
        batch: 0,
        reads: [],
        writes: [],
        parameters: [],
        results: [],
        body: [{ name: "abs", operands: [x], attributes: {}, results: [{ id: 1, type: x.type }] }],
      },
    ],
  };
  expect(print(program)).toContain("%0 = abs(%?9) : tensor<f32>");
  expect(() => parse(print(program))).toThrow("unexpected character");
});
