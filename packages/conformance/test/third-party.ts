// A backend as someone else would write it: an interpreter of its own, for core operations alone, on nothing but what
// `@netwright/ir` tells of their meaning. Numbers of every type are kept as f64, which holds them all.

import * as ir from "@netwright/ir";
import { fillPhilox } from "@netwright/ir/numerics";
import { arrayFor, type Backend, type Machine, type TensorData } from "@netwright/runtime";

const { at, sizeOf } = ir;

interface Operand {
  readonly type: ir.TensorType;
  readonly numbers: Float64Array;
}

type Index = readonly number[];

/** Row-major. */
function offsetOf(shape: Index, index: Index): number {
  let offset = 0;
  for (let d = 0; d < shape.length; d++) offset = offset * at(shape, d) + at(index, d);
  return offset;
}

/** In row-major order. */
function eachIndex(shape: Index, body: (index: Index, position: number) => void): void {
  const index = shape.map(() => 0);
  const size = sizeOf(shape);
  for (let position = 0; position < size; position++) {
    body(index, position);
    for (let d = shape.length - 1; d >= 0; d--) {
      index[d] = at(index, d) + 1;
      if (at(index, d) < at(shape, d)) break;
      index[d] = 0;
    }
  }
}

function build(shape: Index, numberAt: (index: Index, position: number) => number): Float64Array {
  const numbers = new Float64Array(sizeOf(shape));
  eachIndex(shape, (index, position) => {
    numbers[position] = numberAt(index, position);
  });
  return numbers;
}

/** Each element of the result is that of the operand at another index. */
function moved({ type, numbers }: Operand, shape: Index, from: (index: Index) => Index): Float64Array[] {
  return [build(shape, (index) => at(numbers, offsetOf(type.shape, from(index))))];
}

type UnaryOrBinary = keyof typeof ir.unaryOps | keyof typeof ir.binaryOps;
type Kernel<K extends ir.OpName> = (
  attributes: ir.Attributes[K],
  x: readonly Operand[],
  shape: Index,
) => Float64Array[];

const kernels: { readonly [K in Exclude<ir.CoreName, UnaryOrBinary | "composite">]: Kernel<K> } = {
  constant: ({ values }, _, shape) => [build(shape, (_, i) => at(values, values.length === 1 ? 0 : i))],
  iota: ({ dimension }, _, shape) => [build(shape, (index) => at(index, dimension))],
  compare: ({ direction }, x, shape) => zip(ir.compareScalar(direction), x, shape),
  select: (_, x, shape) => {
    const [condition, onTrue, onFalse] = [at(x, 0), at(x, 1), at(x, 2)];
    return [build(shape, (_, i) => at((at(condition.numbers, i) === 0 ? onFalse : onTrue).numbers, i))];
  },
  convert: ({ dtype }, x) => [at(x, 0).numbers.map(ir.convertScalar(at(x, 0).type.dtype, dtype))],
  reshape: (_, x) => [at(x, 0).numbers],
  broadcast_in_dim: ({ dimensions }, x, shape) => {
    const sizes = at(x, 0).type.shape;
    return moved(at(x, 0), shape, (index) => dimensions.map((to, d) => (sizes[d] === 1 ? 0 : at(index, to))));
  },
  transpose: ({ permutation }, x, shape) =>
    moved(at(x, 0), shape, (index) => permutation.map((_, d) => at(index, permutation.indexOf(d)))),
  slice: ({ start, strides }, x, shape) =>
    moved(at(x, 0), shape, (index) => index.map((i, d) => at(start, d) + i * at(strides, d))),
  reverse: ({ dimensions }, x, shape) =>
    moved(at(x, 0), shape, (index) =>
      index.map((i, d) => (dimensions.includes(d) ? at(shape, d) - 1 - i : i)),
    ),
  concatenate: ({ dimension }, x, shape) => {
    const result = new Float64Array(sizeOf(shape));
    let first = 0;
    for (const { type, numbers } of x) {
      eachIndex(type.shape, (index, position) => {
        const moved = index.map((i, d) => (d === dimension ? first + i : i));
        result[offsetOf(shape, moved)] = at(numbers, position);
      });
      first += at(type.shape, dimension);
    }
    return [result];
  },
  pad: ({ low, interior }, x, shape) => {
    const [{ type, numbers }, filling] = [at(x, 0), at(x, 1)];
    const result = new Float64Array(sizeOf(shape)).fill(at(filling.numbers, 0));
    eachIndex(type.shape, (index, position) => {
      const target = index.map((i, d) => at(low, d) + i * (at(interior, d) + 1));
      const isInside = target.every((i, d) => i >= 0 && i < at(shape, d));
      if (isInside) result[offsetOf(shape, target)] = at(numbers, position);
    });
    return [result];
  },
  reduce: ({ kind, dimensions }, x, shape) => {
    const { type, numbers } = at(x, 0);
    const { take, finish } = ir.reducer(kind, type.dtype, sizeOf(shape));
    eachIndex(type.shape, (index, position) => {
      const kept = index.filter((_, d) => !dimensions.includes(d));
      take(offsetOf(shape, kept), at(numbers, position));
    });
    return [Float64Array.from(finish())];
  },
  // One sum for each result, in the order of the contracted indices, rounded after each product and each addition.
  dot_general: ({ lhsBatching, rhsBatching, lhsContracting, rhsContracting }, x) => {
    const [lhs, rhs] = [at(x, 0), at(x, 1)];
    const free = (of: Operand, used: Index) =>
      of.type.shape.map((_, d) => d).filter((d) => !used.includes(d));
    const sizes = ({ type }: Operand, dimensions: Index) => dimensions.map((d) => at(type.shape, d));
    /** The operand with its dimensions in another order: batch, free, contracted. */
    const inOrder = (of: Operand, batch: Index, inner: Index) => {
      const order = [...batch, ...free(of, [...batch, ...inner]), ...inner];
      const [sorted = new Float64Array()] = moved(of, sizes(of, order), (index) =>
        order.map((_, d) => at(index, order.indexOf(d))),
      );
      return { sorted, count: sizeOf(sizes(of, free(of, [...batch, ...inner]))) };
    };
    const [left, right] = [
      inOrder(lhs, lhsBatching, lhsContracting),
      inOrder(rhs, rhsBatching, rhsContracting),
    ];
    const [batch, inner] = [sizeOf(sizes(lhs, lhsBatching)), sizeOf(sizes(lhs, lhsContracting))];
    const result = build([batch, left.count, right.count], ([b = 0, i = 0, j = 0]) => {
      const [row, column] = [(b * left.count + i) * inner, (b * right.count + j) * inner];
      let sum = 0;
      for (let k = 0; k < inner; k++) {
        sum = Math.fround(sum + Math.fround(at(left.sorted, row + k) * at(right.sorted, column + k)));
      }
      return sum;
    });
    return [result];
  },
  rng_bit_generator: ({ shape }, x) => {
    const [k0 = 0, k1 = 0, c0 = 0, c1 = 0, c2 = 0, c3 = 0] = at(x, 0).numbers;
    const words = new Uint32Array(sizeOf(shape));
    const counter = fillPhilox([k0, k1], [c0, c1, c2, c3], words);
    return [Float64Array.of(k0, k1, ...counter), Float64Array.from(words)];
  },
};

function zip(combine: ir.BinaryScalar, x: readonly Operand[], shape: Index): Float64Array[] {
  const [left, right] = [at(x, 0).numbers, at(x, 1).numbers];
  return [build(shape, (_, i) => combine(at(left, i), at(right, i)))];
}

function isIn<K extends string>(table: { readonly [N in K]: unknown }, name: string): name is K {
  return Object.hasOwn(table, name);
}

function compute<K extends ir.OpName>(op: ir.Op<K>, x: readonly Operand[]): readonly Float64Array[] {
  const name: ir.OpName = op.name;
  const { shape } = at(op.results, 0).type;
  if (isIn(ir.unaryOps, name)) return [at(x, 0).numbers.map(ir.unaryScalar(name, at(x, 0).type.dtype))];
  if (isIn(ir.binaryOps, name)) return zip(ir.binaryScalar(name, at(x, 0).type.dtype), x, shape);
  const all: { readonly [N in ir.OpName]?: Kernel<N> } = kernels;
  const kernel = all[op.name];
  if (kernel === undefined) throw new Error(`${name} has reached the backend`);
  return kernel(op.attributes, x, shape);
}

/** The results of a function. */
function run({ parameters, body, results }: ir.Func, given: readonly Float64Array[]) {
  const values = new Map(parameters.map(({ value }, i) => [value.id, at(given, i)]));
  const numbersOf = ({ id }: ir.Value): Float64Array => values.get(id) ?? new Float64Array();
  for (const op of body) {
    const made = compute(
      op,
      op.operands.map((value) => ({ type: value.type, numbers: numbersOf(value) })),
    );
    for (const [i, { id }] of op.results.entries()) values.set(id, at(made, i));
  }
  return results.map(({ value }) => numbersOf(value));
}

function arrayOf({ dtype, shape }: ir.TensorType): TensorData {
  return arrayFor(dtype, sizeOf(shape)) ?? new Int32Array();
}

function machineOf(program: ir.Program): Machine {
  const state = new Map(
    program.state.map(({ name, type }) => [name, { type, numbers: new Float64Array(sizeOf(type.shape)) }]),
  );
  const variable = (name: string): { type: ir.TensorType; numbers: Float64Array } => {
    const found = state.get(name);
    if (found === undefined) throw new Error(`there is no ${name}`);
    return found;
  };
  return {
    call: (name) => {
      const func = at(
        program.functions,
        program.functions.findIndex((each) => each.name === name),
      );
      const inputs = ir.feedsOf(func).map(({ value }) => arrayOf(value.type));
      const outputs = ir.outputsOf(func).map(({ value }) => arrayOf(value.type));
      return {
        inputs,
        outputs,
        run: () => {
          const read = func.reads.map((each) => variable(each).numbers);
          const results = run(func, [...read, ...inputs.map((input) => Float64Array.from(input))]);
          for (const [i, each] of func.writes.entries()) variable(each).numbers = at(results, i);
          for (const [i, output] of outputs.entries()) output.set(at(results, func.writes.length + i));
        },
      };
    },
    readState: () =>
      new Map(
        [...state].map(([name, { type, numbers }]) => {
          const copy = arrayOf(type);
          copy.set(numbers);
          return [name, copy];
        }),
      ),
    writeState: (written) => {
      for (const [name, data] of written) variable(name).numbers = Float64Array.from(data);
    },
    dispose: () => state.clear(),
  };
}

export const thirdPartyBackend: Backend = {
  name: "third-party",
  supports: ({ name }) =>
    isIn(kernels, name) || isIn(ir.unaryOps, name) || isIn(ir.binaryOps, name) || "there is no kernel for it",
  load: async (program) => machineOf(program),
  describe: async () => ({
    name: "third-party",
    versions: { "third-party": "1.0.0" },
    threads: 1,
    simd: false,
    device: "cpu",
    deterministic: true,
  }),
};
