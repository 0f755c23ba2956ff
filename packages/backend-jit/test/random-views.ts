// Graphs of operations that change how arrays lie, and of those that read them so: transposes, reshapes, broadcasts, slices;
// reductions, products and elementwise operations of them. From lists of numbers, so that fast-check can make them smaller.

import { type Tensor, tensorOf } from "@netwright/backend-reference";
import { at, type Builder, type ReduceKind, sizeOf, tensor, type Value } from "@netwright/ir";

export function numbers(shape: readonly number[], first: number): Tensor {
  const values = Array.from(
    { length: sizeOf(shape) },
    (_, i) => Math.sin((i + first * 17) * 12.9898) * 2 ** (i % 3),
  );
  return tensorOf(tensor("f32", shape), values);
}

/** An operation by its position, and what it takes. */
export interface RandomStep {
  readonly op: number;
  readonly choices: readonly number[];
}

/** The next of some choices, below a number; zero when there are no more. */
type Choose = (below: number) => number;

type Operation = (b: Builder, x: Value, pool: readonly Value[], choose: Choose) => Value | undefined;

const LARGEST = 2000;

const someOf = <T>(of: readonly T[], choose: Choose): T => at(of, choose(of.length));

function permutation(rank: number, choose: Choose): number[] {
  const left = Array.from({ length: rank }, (_, i) => i);
  return Array.from({ length: rank }, () => left.splice(choose(left.length), 1)).flat();
}

const transpose: Operation = (b, x, _, choose) => b.transpose(x, permutation(x.type.shape.length, choose));

const reshape: Operation = (b, x, _, choose) => {
  const shape: number[] = [];
  let rest = sizeOf(x.type.shape);
  while (rest > 1 && shape.length < 4 && choose(5) > 0) {
    const factor = someOf([2, 3, 4, 5, 8], choose);
    if (rest % factor !== 0) continue;
    shape.push(factor);
    rest /= factor;
  }
  return b.reshape(x, [...shape, rest]);
};

const reduce: Operation = (b, x, _, choose) => {
  const kind = someOf(["sum", "max", "min"] satisfies ReduceKind[], choose);
  const dimensions = x.type.shape.flatMap((_, d) => (choose(2) === 1 ? [d] : []));
  return b.reduce(x, kind, dimensions);
};

const unary: Operation = (b, x, _, choose) =>
  b.emit(someOf(["tanh", "exponential", "negate"] as const, choose), [x], {})[0];

/** With another of as many elements. */
const binary: Operation = (b, x, pool, choose) => {
  const fitting = pool.filter(({ type }) => sizeOf(type.shape) === sizeOf(x.type.shape));
  const other = b.reshape(someOf(fitting, choose), x.type.shape);
  return b.emit(someOf(["add", "multiply", "subtract", "maximum"] as const, choose), [x, other], {})[0];
};

const broadcast: Operation = (b, x, _, choose) => {
  const { shape } = x.type;
  if (sizeOf(shape) > LARGEST / 4 || shape.length > 4) return undefined;
  const [size, place] = [2 + choose(3), choose(shape.length + 1)];
  const dimensions = shape.map((_, d) => (d < place ? d : d + 1));
  return b.broadcastInDim(x, [...shape.slice(0, place), size, ...shape.slice(place)], dimensions);
};

/** Over all dimensions that two have in common, some of them one by one. */
const product: Operation = (b, x, pool, choose) => {
  const y = someOf(pool, choose);
  const free = y.type.shape.map((_, d) => d);
  const pairs = x.type.shape.flatMap((size, d) => {
    const i = free.findIndex((e) => y.type.shape[e] === size);
    return i < 0 || choose(4) === 0 ? [] : [[d, ...free.splice(i, 1)] as const];
  });
  const batch = choose(pairs.length + 1);
  const common = pairs.reduce((size, [d], i) => size * at(x.type.shape, d) ** (i < batch ? 1 : 2), 1);
  const size = (sizeOf(x.type.shape) * sizeOf(y.type.shape)) / common;
  if (size > LARGEST || x.type.shape.length + y.type.shape.length > 7) return undefined;
  const of = (some: typeof pairs, side: 0 | 1): number[] => some.map((pair) => at(pair, side));
  const [batching, contracting] = [pairs.slice(0, batch), pairs.slice(batch)];
  return b.dotGeneral(x, y, {
    lhsBatching: of(batching, 0),
    rhsBatching: of(batching, 1),
    lhsContracting: of(contracting, 0),
    rhsContracting: of(contracting, 1),
  });
};

const cut: Operation = (b, x, _, choose) => {
  const { shape } = x.type;
  const d = choose(shape.length);
  if ((shape[d] ?? 1) < 2) return undefined;
  const starts = shape.map((_, e) => (e === d ? 1 : 0));
  return b.slice(x, starts, shape);
};

const doubled: Operation = (b, x, _, choose) =>
  x.type.shape.length === 0 || sizeOf(x.type.shape) > LARGEST / 2
    ? undefined
    : b.concatenate([x, x], choose(x.type.shape.length));

const reverse: Operation = (b, x, _, choose) =>
  x.type.shape.length === 0 ? undefined : b.reverse(x, [choose(x.type.shape.length)]);

const softmax: Operation = (b, x) => {
  const { shape } = x.type;
  const last = shape.length - 1;
  if (last < 0) return undefined;
  const onRows = (of: Value): Value =>
    b.broadcastInDim(
      of,
      shape,
      shape.slice(0, -1).map((_, d) => d),
    );
  const e = b.exponential(b.subtract(b.tanh(x), b.tanh(onRows(b.reduce(x, "max", [last])))));
  return b.divide(e, onRows(b.sum(e, [last])));
};

const OPERATIONS: readonly Operation[] = [
  transpose,
  transpose,
  reshape,
  reshape,
  reduce,
  unary,
  binary,
  binary,
  broadcast,
  product,
  product,
  cut,
  doubled,
  reverse,
  softmax,
];
export const OPERATION_COUNT = OPERATIONS.length;

/** What the steps make, one after the other, of the operands and of one another. */
export function valuesOf(
  b: Builder,
  operands: readonly Value[],
  steps: readonly RandomStep[],
): readonly Value[] {
  const pool = [...operands];
  for (const { op, choices } of steps) {
    let next = 0;
    const choose: Choose = (below) => (choices[next++] ?? 0) % Math.max(1, below);
    // Mostly of the latest.
    const x = at(pool, Math.max(0, pool.length - 1 - choose(3) * choose(4)));
    const made = at(OPERATIONS, op % OPERATIONS.length)(b, x, pool, choose);
    if (made !== undefined && made.type.shape.length <= 6) pool.push(made);
  }
  return pool.slice(operands.length);
}
