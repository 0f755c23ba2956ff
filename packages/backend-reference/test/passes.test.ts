// The passes of the IR keep every bit: the same results from a program before and after, run by the kernels.
// In `ir` the same is tested over random programs by folding; here the kernels are the judge, of folding too.

import { describe, expect, test } from "@jest/globals";
import { interpret, type Tensor, tensorOf } from "@netwright/backend-reference";
import {
  type BinaryName,
  Builder,
  binaryOps,
  canonicalise,
  cse,
  dce,
  type ElementType,
  type Func,
  fold,
  gradients,
  inline,
  optimize,
  type Program,
  rngState,
  tensor,
  type UnaryName,
  unaryOps,
  type Value,
} from "@netwright/ir";

const PASSES = { canonicalise, cse, dce, fold, inline, optimize };

const AWKWARD: { readonly [K in ElementType]: readonly number[] } = {
  f32: [
    0,
    -0,
    1,
    -1.5,
    3,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    0.1,
    2 ** -149,
  ].map(Math.fround),
  i32: [0, 1, -1, 7, -8, 2147483647, -2147483648],
  u32: [0, 1, 7, 8, 4294967295, 2147483648],
  pred: [0, 1],
};

function keys<K extends string>(table: Readonly<Record<K, unknown>>): readonly K[] {
  // The tables of operations have no keys but those of their type.
  return Object.keys(table) as K[];
}

function mainOf(program: Program): Func {
  const [main] = program.functions;
  if (main === undefined) throw new Error("no function");
  return main;
}

function bitsOf(program: Program, inputs: readonly Tensor[]): readonly (readonly number[])[] {
  return interpret(program, mainOf(program), inputs).map(({ data }) => [...data]);
}

/** Emits the operation for every element type that it takes. */
function forTypes(dtypes: readonly ElementType[], emit: (dtype: ElementType) => Value): readonly Value[] {
  return dtypes.flatMap((dtype) => {
    try {
      return [emit(dtype)];
    } catch {
      return [];
    }
  });
}

/** Every operation that folds, on all pairs of awkward values of each element type. */
function everyFold(): Program {
  const b = new Builder();
  const values: Value[] = [];
  const dtypes = keys(AWKWARD);
  const columns = (dtype: ElementType): readonly [Value, Value] => {
    const numbers = AWKWARD[dtype];
    const type = tensor(dtype, [numbers.length, numbers.length]);
    const first = numbers.flatMap((x) => numbers.map(() => x));
    return [
      b.literal(type, first),
      b.literal(
        type,
        numbers.flatMap(() => numbers),
      ),
    ];
  };
  for (const name of keys<UnaryName>(unaryOps)) {
    values.push(...forTypes(dtypes, (dtype) => b.unary(name, columns(dtype)[0])));
  }
  for (const name of keys<BinaryName>(binaryOps)) {
    values.push(...forTypes(dtypes, (dtype) => b.binary(name, ...columns(dtype))));
  }
  for (const dtype of dtypes) {
    const [x, y] = columns(dtype);
    for (const direction of ["EQ", "NE", "GE", "GT", "LE", "LT"] as const) {
      values.push(b.compare(x, direction, y));
    }
    values.push(b.select(b.compare(x, "EQ", y), x, y), ...dtypes.map((to) => b.convert(x, to)));
    const n = AWKWARD[dtype].length;
    values.push(
      b.reshape(x, [n * n]),
      b.transpose(x, [1, 0]),
      b.broadcastInDim(x, [2, n, n], [1, 2]),
      b.slice(x, [1, 0], [n, n], [1, 2]),
      b.reverse(y, [0, 1]),
      b.pad(x, b.scalar(1, dtype), [1, -1], [0, 2], [1, 0]),
      b.concatenate([x, y, x], 1),
    );
    if (dtype === "pred") continue;
    values.push(b.multiply(b.iota(tensor(dtype, [3, 4]), 1), b.iota(tensor(dtype, [3, 4]), 0)));
    for (const kind of ["sum", "product", "max", "min"] as const) {
      values.push(b.reduce(x, kind, [0]), b.reduce(y, kind), b.reduce(b.reverse(y, [1]), kind, [1]));
    }
  }
  const results = values.map((value, i) => ({ name: `${i}`, value }));
  return { name: "folds", state: [], functions: [b.finish("f", "trace", 1, results)] };
}

test("folding gives what the kernels give", () => {
  const program = everyFold();
  const folded = fold(program);
  expect(new Set(mainOf(dce(folded)).body.map(({ name }) => name))).toEqual(new Set(["constant"]));
  expect(bitsOf(folded, [])).toEqual(bitsOf(program, []));
});

const weight = tensor("f32", [4, 3]);

/** One step of training with dropout, gradients and an update that is a composite. */
function step(): Program {
  const b = new Builder();
  const w = b.read("w", weight);
  const random = b.read("random", rngState);
  const x = b.parameter("x", tensor("f32", [5, 4]));
  const y = b.parameter("y", tensor("f32", [5, 3]));
  const { state, bits } = b.randomBits(random, [5, 4]);
  const keep = b.compare(bits, "LT", b.like(bits, 0x80000000));
  const dropped = b.multiply(x, b.divide(b.convert(keep, "f32"), b.like(x, 0.5)));
  const hidden = b.matmul(dropped, w);
  const active = b.maximum(b.like(hidden, 0), hidden);
  const error = b.subtract(b.tanh(active), b.add(y, b.like(y, -0)));
  const loss = b.mean(b.multiply(error, error));
  const [slope = w] = gradients(b, loss, [w]);
  const [updated = w] = b.emit("composite", [w, slope], {
    composite: "optimizer_update.sgd",
    settings: { learning_rate: 0.5 },
    decomposition: "update",
    types: [weight],
  });
  const main = b.finish(
    "step_5",
    "step",
    5,
    [{ name: "loss", value: loss }],
    [
      { name: "w", value: updated },
      { name: "random", value: state },
    ],
  );
  const u = new Builder();
  const [old, change] = [u.parameter("w", weight), u.parameter("slope", weight)];
  const next = u.add(old, u.negate(u.multiply(u.like(old, 0.5), change)));
  return {
    name: "step",
    state: [
      { name: "w", role: "weight", type: weight },
      { name: "random", role: "random", type: rngState },
    ],
    functions: [main, u.finish("update", "composite", 0, [{ name: "w", value: next }])],
  };
}

describe.each(Object.entries(PASSES))("%s", (_, pass) => {
  test("keeps every bit of some steps of training", () => {
    const train = (program: Program): readonly (readonly number[])[] => {
      const numbers = (count: number, factor: number) =>
        Array.from({ length: count }, (_, i) => ((i * factor) % 17) / 8 - 1);
      const x = tensorOf(tensor("f32", [5, 4]), numbers(20, 7));
      const y = tensorOf(tensor("f32", [5, 3]), numbers(15, 5));
      let state: readonly Tensor[] = [
        tensorOf(weight, numbers(12, 3)),
        tensorOf(rngState, [1, 2, 0, 0, 0, 0]),
      ];
      const losses: number[] = [];
      for (let i = 0; i < 5; i++) {
        const results = interpret(program, mainOf(program), [...state, x, y]);
        state = results.slice(0, 2);
        losses.push(results[2]?.data[0] ?? Number.NaN);
      }
      expect(new Set(losses).size).toBe(5);
      return [losses, ...state.map(({ data }) => [...data])];
    };
    expect(train(pass(step()))).toEqual(train(step()));
  });
});

test("the step has something to optimise", () => {
  const before = mainOf(inline(step())).body.length;
  expect(mainOf(optimize(inline(step()))).body.length).toBeLessThan(before - 3);
});
