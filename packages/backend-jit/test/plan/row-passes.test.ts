// Passes over rows give the bits of the reference: in rows of any width, around those of a vector and of the blocks of a sum,
// of any number of them, on any number of threads, with NaN, infinities and both zeros among the numbers.

import { describe, expect, test } from "@jest/globals";
import { type Tensor, tensorOf } from "@netwright/backend-reference";
import { type Builder, type ElementType, expand, optimize, sizeOf, tensor, type Value } from "@netwright/ir";
import fc from "fast-check";
import { graphProgram } from "../../../conformance/src/ops/graph.ts";
import { checkGraph } from "../../../conformance/src/ops/op-case.ts";
import { createJitBackend } from "../../src/jit-backend.ts";
import { hasLowering } from "../../src/plan/lowering/table.ts";
import { planProgram } from "../../src/plan/plan.ts";

type Build = (b: Builder, values: readonly Value[]) => readonly Value[];

/** Of mixed sizes and signs, so that sums depend on their order; `odd` ones in `share` of a hundred places. */
function numbers(shape: readonly number[], odd: readonly number[] = [], share = 0): Tensor {
  const values = Array.from({ length: sizeOf(shape) }, (_, i) => {
    const chance = (Math.imul(i + 1, 2654435761) >>> 8) % 100;
    if (chance < share) return odd[(Math.imul(i + 7, 40503) >>> 4) % odd.length] ?? 0;
    return Math.sin(i * 12.9898) * 2 ** (i % 4);
  });
  return tensorOf(tensor("f32", shape), values);
}

const operand = (values: readonly Value[], i: number): Value => {
  const value = values[i];
  if (value === undefined) throw new Error(`there is no operand ${i}`);
  return value;
};

const onRows = (b: Builder, x: Value, of: Value): Value => b.broadcastInDim(of, x.type.shape, [0]);

/** Reductions of what is made, of what is read, of both at a time, in one pass and in several. */
const builds: Readonly<Record<string, Build>> = {
  softmax: (b, values) => {
    const x = operand(values, 0);
    const e = b.exponential(b.subtract(x, onRows(b, x, b.reduce(x, "max", [1]))));
    return [b.divide(e, onRows(b, x, b.sum(e, [1])))];
  },
  "sums of squares of what is centred": (b, values) => {
    const x = operand(values, 0);
    const centred = b.subtract(x, onRows(b, x, b.sum(x, [1])));
    const squares = b.multiply(centred, centred);
    return [b.multiply(centred, onRows(b, x, b.sum(squares, [1]))), b.reduce(squares, "max", [1])];
  },
  "two sums of one pass, of which one is of what others read": (b, values) => {
    const [x, scale] = [operand(values, 0), operand(values, 2)];
    const scaled = b.multiply(x, b.broadcastInDim(scale, x.type.shape, [1]));
    const [most, sum] = [b.reduce(scaled, "min", [1]), b.sum(scaled, [1])];
    const each = b.subtract(scaled, onRows(b, x, sum));
    const total = b.sum(b.tanh(each), [1]);
    return [b.add(each, onRows(b, x, total)), scaled, b.add(most, sum)];
  },
  "a product of two arrays": (b, values) => {
    const [x, y] = [operand(values, 0), operand(values, 1)];
    const product = b.multiply(x, y);
    return [b.multiply(y, b.subtract(x, onRows(b, x, b.sum(product, [1]))))];
  },
  "the largest and the least": (b, values) => {
    const x = operand(values, 0);
    const [most, least] = [b.reduce(x, "max", [1]), b.reduce(x, "min", [1])];
    return [b.subtract(x, onRows(b, x, most)), most, least, b.sum(b.abs(b.add(x, onRows(b, x, least))), [1])];
  },
  "a reduction alone": (b, values) => [
    b.sum(operand(values, 0), [1]),
    b.reduce(operand(values, 1), "product", [1]),
  ],
};

const sharing = { line: 4, costs: { kernel: 0, call: 0 } };

async function check(rows: number, width: number, operands: readonly Tensor[], build: Build): Promise<void> {
  for (const threads of [1, 2, 3]) {
    const backend = createJitBackend({ sharing, prompt: true });
    const load: typeof backend.load = (program) => backend.load(program, { threads });
    await checkGraph({ ...backend, load }, `${rows} x ${width}`, { operands, build }, "exact", {});
  }
}

const between = (min: number, max: number) => fc.integer({ min, max });
/** Around what a vector holds, what is fetched, and the blocks of a sum. */
const widths = fc.oneof(
  between(1, 9),
  between(63, 66),
  between(127, 130),
  between(254, 258),
  between(511, 514),
  between(1023, 1030),
  fc.constantFrom(1024, 1536, 2048, 4096, 4100),
);
const rowCounts = fc.oneof(between(1, 12), between(13, 21));

describe.each(Object.entries(builds))("%s", (_, build) => {
  test("in rows of any width", async () => {
    await fc.assert(
      fc.asyncProperty(rowCounts, widths, async (rows, width) => {
        const operands = [numbers([rows, width]), numbers([rows, width]), numbers([width])];
        await check(rows, width, operands, build);
      }),
      { seed: 16, numRuns: 9 },
    );
  }, 60_000);

  test("with what is no number, infinite or a zero of either sign", async () => {
    await fc.assert(
      fc.asyncProperty(
        between(4, 20),
        widths,
        fc.subarray([Number.NaN, Infinity, -Infinity, 0, -0, 3e38, -1e-40], { minLength: 1 }),
        fc.constantFrom(1, 30, 100),
        async (rows, width, odd, share) => {
          const operands = [numbers([rows, width], odd, share), numbers([rows, width]), numbers([width])];
          await check(rows, width, operands, build);
        },
      ),
      { seed: 17, numRuns: 6 },
    );
  }, 60_000);
});

// One row has two, three, four and eight blocks.
test.each([1024, 1536, 2048, 4096])("rows of %i, whose lanes are blocks", async (width) => {
  const build = builds["sums of squares of what is centred"] ?? (() => []);
  await check(5, width, [numbers([5, width])], build);
});

describe.each(["max", "min"] as const)("%s of numbers of one sign", (kind) => {
  test.each([
    [[-1, -2, -0.5, -3e38, -1e-45]],
    [[-0, -0, -0, -0, -0]],
    [[-0, -0, 0, -0, -0]],
    [[-Infinity, -Infinity, -Infinity, -Infinity, -Infinity]],
    [[Infinity, Infinity, 1e-45, 2, Infinity]],
    [[1, 2, 3, Number.NaN, 4]],
    [[-1, -2, -Number.NaN, -Infinity, -4]],
  ])("%j", async (values) => {
    for (const width of [5, 300]) {
      const all = Array.from({ length: 8 * width }, (_, i) => values[i % values.length] ?? 0);
      const build: Build = (b, operands) => {
        const x = operand(operands, 0);
        // What a division by zero gives has the sign of negative numbers on some processors.
        const none = b.reduce(b.divide(x, x), kind, [1]);
        return [b.reduce(x, kind, [1]), none, b.add(x, onRows(b, x, b.reduce(x, kind, [1])))];
      };
      await check(8, width, [tensorOf(tensor("f32", [8, width]), all)], build);
    }
  });
});

test.each(["i32", "u32"] satisfies ElementType[])("whole numbers of %s, which wrap", async (dtype) => {
  const type = (shape: readonly number[]) => tensor(dtype, shape);
  const build: Build = (b, values) => {
    const x = operand(values, 0);
    const kinds = ["sum", "product", "max", "min"] as const;
    return [
      ...kinds.map((kind) => b.reduce(x, kind, [1])),
      b.add(x, onRows(b, x, b.reduce(b.multiply(x, x), "sum", [1]))),
    ];
  };
  for (const width of [3, 7, 64, 300, 515]) {
    const values = Array.from({ length: 9 * width }, (_, i) => Math.imul(i + 3, 2654435761));
    const own = values.map((value) => (dtype === "u32" ? value >>> 0 : value | 0));
    await check(9, width, [tensorOf(type([9, width]), own)], build);
  }
});

test.each(["and", "or"] as const)("%s of truth values", async (kind) => {
  const build: Build = (b, values) => {
    const [x, y] = [operand(values, 0), operand(values, 1)];
    const all = b.reduce(b.compare(x, "LT", y), kind, [1]);
    return [b.convert(all, "f32"), b.select(onRows(b, x, all), x, y)];
  };
  for (const width of [2, 9, 66, 300]) {
    const [low, high] = [numbers([12, width]), numbers([12, width])];
    for (let i = 0; i < high.data.length; i++)
      high.data[i] = (low.data[i] ?? 0) + (i % (7 * width) === 0 ? -1 : 1);
    await check(12, width, [low, high], build);
  }
});

test("elementary functions of four rows side by side", async () => {
  const names = [
    "exponential",
    "exponential_minus_one",
    "log",
    "log_plus_one",
    "rsqrt",
    "sine",
    "cosine",
    "tanh",
    "logistic",
    "erf",
  ] as const;
  for (const name of names) {
    const build: Build = (b, values) => {
      const [made = operand(values, 0)] = b.emit(name, [operand(values, 0)], {});
      return [b.sum(made, [1]), b.subtract(made, onRows(b, made, b.sum(made, [1])))];
    };
    await check(9, 66, [numbers([9, 66], [Number.NaN, Infinity, -Infinity, -0, 90, -200], 20)], build);
  }
});

/** The passes of the only kernel over rows, as what they make and reduce. */
function passesOf(build: Build, shape: readonly number[]): string[] {
  const operands = [numbers(shape), numbers(shape), numbers(shape.slice(1))];
  const program = optimize(expand(graphProgram({ operands, build }), hasLowering));
  return planProgram(program, { keepsOrder: false }).functions.flatMap(({ kernels }) =>
    kernels.flatMap(({ kernel }) =>
      kernel.kind !== "rows"
        ? []
        : kernel.kernels.map((each) => {
            const made = each.body.ops.map(({ op }) => op.name);
            const reduced = each.kind === "pass" ? each.reductions.map(({ reduce }) => reduce) : [];
            return [...made, ...reduced].join(" ");
          }),
    ),
  );
}

test("what is reduced where it is made is written only for others", () => {
  const passes = passesOf(builds["softmax"] ?? (() => []), [32, 64]);
  expect(passes).toEqual(["max", "subtract exponential sum", "divide"]);
});

test("two arrays that come from far are read as they lie", () => {
  const passes = passesOf(builds["a product of two arrays"] ?? (() => []), [32, 64]);
  expect(passes).toEqual(["multiply", "sum", "subtract multiply"]);
});
