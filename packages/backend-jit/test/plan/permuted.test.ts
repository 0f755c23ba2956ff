// Transposes are no kernels where products, reductions and elementwise operations read in their order; bits are those of a copy.

import { describe, expect, test } from "@jest/globals";
import { type Tensor, tensorOf } from "@netwright/backend-reference";
import { type Builder, expand, optimize, sizeOf, tensor, type Value } from "@netwright/ir";
import fc from "fast-check";
import { graphProgram } from "../../../conformance/src/ops/graph.ts";
import { checkGraph } from "../../../conformance/src/ops/op-case.ts";
import { createJitBackend } from "../../src/jit-backend.ts";
import { hasLowering } from "../../src/plan/lowering/table.ts";
import { planProgram } from "../../src/plan/plan.ts";
import { cutAlike, mergedRuns, type Run, reshapedRuns } from "../../src/plan/strides.ts";

type Build = (b: Builder, values: readonly Value[]) => readonly Value[];

/** Of mixed sizes and signs, so that sums depend on their order. */
function numbers(shape: readonly number[]): Tensor {
  const values = Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(i * 12.9898) * 2 ** (i % 4));
  return tensorOf(tensor("f32", shape), values);
}

function kindsOf(shapes: readonly (readonly number[])[], build: Build): readonly string[] {
  const program = optimize(expand(graphProgram({ operands: shapes.map(numbers), build }), hasLowering));
  const { functions } = planProgram(program, { keepsOrder: false });
  // The last of them writes the row that a step gives.
  return functions.flatMap(({ kernels }) => kernels.slice(0, -1).map(({ kernel }) => kernel.kind));
}

async function holds(shapes: readonly (readonly number[])[], build: Build): Promise<void> {
  for (const threads of [1, 2]) {
    const backend = createJitBackend({ sharing: { line: 4, costs: { kernel: 0, call: 0 } }, prompt: true });
    const load: typeof backend.load = (program) => backend.load(program, { threads });
    await checkGraph({ ...backend, load }, "permuted", { operands: shapes.map(numbers), build }, "exact", {});
  }
}

const known = (values: readonly Value[], i: number): Value => {
  const value = values[i];
  if (value === undefined) throw new Error(`there is no operand ${i}`);
  return value;
};

/** The output of attention, [rows, heads, steps, numbers], side by side for each step, projected. */
const projected: Build = (b, values) => {
  const [rows = 0, heads = 0, steps = 0, width = 0] = known(values, 0).type.shape;
  const together = b.reshape(b.transpose(known(values, 0), [0, 2, 1, 3]), [rows, steps, heads * width]);
  return [b.matmul(b.multiply(together, b.like(together, 0.5)), known(values, 1)), b.sum(together, [0, 1])];
};

describe("a transpose", () => {
  test.each([
    [2, 3, 5, 4],
    [1, 4, 7, 16],
    [3, 2, 6, 20],
    [2, 1, 3, 1],
  ])("of heads %i x %i x %i x %i is read by a product, a sum and a factor as it lies", async (...shape) => {
    const [, heads = 0, , width = 0] = shape;
    const shapes = [shape, [heads * width, 6]];
    await holds(shapes, projected);
    if (shape.every((size) => size > 1)) {
      const kinds = kindsOf(shapes, projected);
      expect(kinds.filter((kind) => kind === "move")).toEqual([]);
      expect(kinds).toContain("contraction");
    }
  });

  test("and its opposite are nothing", () => {
    const build: Build = (b, values) => {
      const turned = b.transpose(known(values, 0), [1, 2, 0]);
      return [b.exponential(b.transpose(turned, [2, 0, 1]))];
    };
    expect(kindsOf([[4, 5, 6]], build)).toEqual(["map"]);
  });

  test("is copied once for those who want it element by element", async () => {
    const build: Build = (b, values) => {
      const turned = b.transpose(known(values, 0), [1, 0]);
      return [
        b.add(turned, known(values, 1)),
        b.concatenate([turned, turned], 0),
        b.matmul(turned, known(values, 2)),
      ];
    };
    const shapes = [
      [6, 9],
      [9, 6],
      [6, 4],
    ];
    await holds(shapes, build);
    // One for the transpose, one for the concatenation.
    expect(kindsOf(shapes, build).filter((kind) => kind === "move")).toHaveLength(2);
  });
});

const size = fc.integer({ min: 1, max: 6 });

/** A shape with as many elements: neighbours joined, or sizes taken apart. */
const reshaped = (shape: readonly number[]): fc.Arbitrary<readonly number[]> =>
  fc.tuple(fc.boolean(), fc.nat(), fc.constantFrom(1, 2, 3)).map(([joins, place, by]) => {
    const d = place % shape.length;
    const [own = 1, next = 1] = [shape[d], shape[d + 1]];
    if (joins && d + 1 < shape.length) return [...shape.slice(0, d), own * next, ...shape.slice(d + 2)];
    return own % by === 0 ? [...shape.slice(0, d), by, own / by, ...shape.slice(d + 1)] : shape;
  });

test("whatever is turned, seen in other shapes and turned again has the bits of the reference", async () => {
  const turns = fc.array(fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(size, { minLength: 2, maxLength: 4 }),
      turns,
      fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
      async (shape, orders, picks) => {
        const build: Build = (b, values) => {
          let x = known(values, 0);
          orders.forEach((order, i) => {
            const rank = x.type.shape.length;
            const permutation = Array.from({ length: rank }, (_, d) => d).sort(
              (one, other) => (order[one % 4] ?? 0) - (order[other % 4] ?? 0) || one - other,
            );
            x = b.transpose(x, permutation);
            const [shape = x.type.shape] = fc.sample(reshaped(x.type.shape), {
              numRuns: 1,
              seed: picks[i] ?? 0,
            });
            x = b.reshape(x, shape);
            if (i === 0) x = b.negate(b.multiply(x, b.like(x, 3)));
          });
          const last = x.type.shape.length - 1;
          const taken = (picks[4] ?? 0) % (last + 1);
          const y = b.transpose(x, [...x.type.shape.keys()].reverse());
          const product = b.dotGeneral(x, y, {
            lhsBatching: [],
            rhsBatching: [],
            lhsContracting: [taken],
            rhsContracting: [last - taken],
          });
          return [product, b.sum(x, [taken]), b.reduce(y, "max", [last - taken]), b.add(x, b.like(x, 1))];
        };
        await holds([shape], build);
      },
    ),
    { numRuns: 60 },
  );
});

/** Where each element lies, in order. */
function places(runs: readonly Run[]): readonly number[] {
  return runs.reduce<readonly number[]>(
    (all, { size: count, stride }) =>
      all.flatMap((start) => Array.from({ length: count }, (_, i) => start + i * stride)),
    [0],
  );
}

const runsOfSizes = (sizes: readonly number[]) =>
  fc
    .array(fc.integer({ min: -3, max: 9 }), { minLength: sizes.length, maxLength: sizes.length })
    .map((strides) => sizes.map((each, d): Run => ({ size: each, stride: strides[d] ?? 0 })));

const runs = fc.array(size, { minLength: 1, maxLength: 4 }).chain(runsOfSizes);

test("another shape visits the same elements in the same order", () => {
  fc.assert(
    fc.property(runs, fc.nat(), (some, seed) => {
      const shape = some.map((run) => run.size);
      const [target = shape] = fc.sample(reshaped(shape), { numRuns: 1, seed });
      const found = reshapedRuns([some], target);
      if (found === undefined) return;
      expect(found.map((own) => own.reduce((product, run) => product * run.size, 1))).toEqual(target);
      expect(places(found.flat())).toEqual(places(some));
    }),
  );
});

test("two lists of runs are cut alike, and neither visits anything else", () => {
  const pairs = fc.array(size, { minLength: 1, maxLength: 4 }).chain((sizes) =>
    fc.tuple(
      runsOfSizes(sizes),
      fc
        .nat()
        .map((seed) => fc.sample(reshaped(sizes), { numRuns: 1, seed })[0] ?? sizes)
        .chain(runsOfSizes),
    ),
  );
  fc.assert(
    fc.property(pairs, ([left, right]) => {
      const cut = cutAlike(left, right);
      if (cut === undefined) return;
      const [one = [], other = []] = cut;
      expect(one.map((run) => run.size)).toEqual(other.map((run) => run.size));
      expect(places(one)).toEqual(places(left));
      expect(places(other)).toEqual(places(right));
      expect(mergedRuns(one, other).map(places)).toEqual([places(left), places(right)]);
    }),
  );
});
