// A backend as someone else would write it: an interpreter of its own, for core operations alone, on nothing but what
// `@netwright/ir` tells of their meaning. Numbers of every type are kept as f64, which holds them all.

import * as ir from "@netwright/ir";
import { fillPhilox } from "@netwright/ir/numerics";
import { arrayFor, type Backend, type Machine, type TensorData } from "@netwright/runtime";

const { at, offsetOf, offsetsAlong, offsetsOf, rowMajorStrides, sizeOf } = ir;

interface Operand {
  readonly type: ir.TensorType;
  readonly numbers: Float64Array;
}

type Told = keyof typeof ir.unaryOps | keyof typeof ir.binaryOps | ir.ViewName;
type Kernel<K extends ir.OpName> = (
  attributes: ir.Attributes[K],
  x: readonly Operand[],
  shape: readonly number[],
) => Float64Array[];

function zip(combine: ir.BinaryScalar, x: readonly Operand[]): Float64Array[] {
  return [at(x, 0).numbers.map((left, i) => combine(left, at(at(x, 1).numbers, i)))];
}

const kernels: { readonly [K in Exclude<ir.CoreName, Told | "composite">]: Kernel<K> } = {
  constant: ({ values }, _, shape) => [
    Float64Array.from({ length: sizeOf(shape) }, (_, i) => at(values, values.length === 1 ? 0 : i)),
  ],
  iota: ({ dimension }, _, shape) => [
    Float64Array.from(
      offsetsOf(
        shape,
        shape.map((_, d) => (d === dimension ? 1 : 0)),
      ),
    ),
  ],
  compare: ({ direction }, x) => zip(ir.compareScalar(direction), x),
  select: (_, x) => [at(x, 0).numbers.map((on, i) => at(at(x, on === 0 ? 2 : 1).numbers, i))],
  convert: ({ dtype }, x) => [at(x, 0).numbers.map(ir.convertScalar(at(x, 0).type.dtype, dtype))],
  concatenate: ({ dimension }, x, shape) => {
    const [result, strides] = [new Float64Array(sizeOf(shape)), rowMajorStrides(shape)];
    let start = 0;
    for (const { type, numbers } of x) {
      for (const [i, to] of offsetsOf(type.shape, strides, start).entries()) result[to] = at(numbers, i);
      start += at(type.shape, dimension) * at(strides, dimension);
    }
    return [result];
  },
  pad: ({ low, interior }, x, shape) => {
    const { type, numbers } = at(x, 0);
    const [own, strides] = [rowMajorStrides(type.shape), rowMajorStrides(shape)];
    const result = new Float64Array(sizeOf(shape)).fill(at(at(x, 1).numbers, 0));
    for (const [i, number] of numbers.entries()) {
      const index = type.shape.map((size, d) => Math.floor(i / at(own, d)) % size);
      const to = index.map((along, d) => at(low, d) + along * (at(interior, d) + 1));
      if (to.every((along, d) => along >= 0 && along < at(shape, d))) result[offsetOf(to, strides)] = number;
    }
    return [result];
  },
  reduce: ({ kind, dimensions }, x, shape) => {
    const { type, numbers } = at(x, 0);
    const { take, finish } = ir.reducer(kind, type.dtype, sizeOf(shape));
    const to = offsetsOf(type.shape, ir.reducedStrides(type.shape, dimensions));
    for (const [i, number] of numbers.entries()) take(at(to, i), number);
    return [Float64Array.from(finish())];
  },
  // One sum for each result, in the order of the contracted indices, rounded after each product and each addition.
  dot_general: ({ lhsBatching, rhsBatching, lhsContracting, rhsContracting }, x) => {
    const [lhs, rhs] = [at(x, 0), at(x, 1)];
    const free = ({ shape }: ir.TensorType, ...used: readonly number[]) =>
      offsetsAlong(
        shape,
        shape.flatMap((_, d) => (used.includes(d) ? [] : [d])),
      );
    const rows = free(lhs.type, ...lhsBatching, ...lhsContracting);
    const columns = free(rhs.type, ...rhsBatching, ...rhsContracting);
    const left = offsetsAlong(lhs.type.shape, lhsContracting);
    const right = offsetsAlong(rhs.type.shape, rhsContracting);
    const batches = offsetsAlong(rhs.type.shape, rhsBatching);
    const result = [...offsetsAlong(lhs.type.shape, lhsBatching)].flatMap((batch, b) =>
      [...rows].flatMap((row) =>
        [...columns].map((column) => {
          let sum = 0;
          for (const [k, inner] of left.entries()) {
            const product =
              at(lhs.numbers, batch + row + inner) * at(rhs.numbers, at(batches, b) + column + at(right, k));
            sum = Math.fround(sum + Math.fround(product));
          }
          return sum;
        }),
      ),
    );
    return [Float64Array.from(result)];
  },
  rng_bit_generator: ({ shape }, x) => {
    const [k0 = 0, k1 = 0, c0 = 0, c1 = 0, c2 = 0, c3 = 0] = at(x, 0).numbers;
    const words = new Uint32Array(sizeOf(shape));
    const counter = fillPhilox([k0, k1], [c0, c1, c2, c3], words);
    return [Float64Array.of(k0, k1, ...counter), Float64Array.from(words)];
  },
};

function isIn<K extends string>(table: { readonly [N in K]: unknown }, name: string): name is K {
  return Object.hasOwn(table, name);
}

function compute<K extends ir.OpName>(op: ir.Op<K>, x: readonly Operand[]): readonly Float64Array[] {
  const name: ir.OpName = op.name;
  const { shape } = at(op.results, 0).type;
  if (isIn(ir.unaryOps, name)) return [at(x, 0).numbers.map(ir.unaryScalar(name, at(x, 0).type.dtype))];
  if (isIn(ir.binaryOps, name)) return zip(ir.binaryScalar(name, at(x, 0).type.dtype), x);
  const view = ir.viewOf(op);
  if (view !== undefined) {
    const from = offsetsOf(shape, view.strides, view.start);
    return [Float64Array.from(from, (place) => at(at(x, 0).numbers, place))];
  }
  const all: { readonly [N in ir.OpName]?: Kernel<N> } = kernels;
  const kernel = all[op.name];
  if (kernel === undefined) throw new Error(`${name} has reached the backend`);
  return kernel(op.attributes, x, shape);
}

function found<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`there is no ${key}`);
  return value;
}

/** The results of a function. */
function run({ parameters, body, results }: ir.Func, given: readonly Float64Array[]) {
  const values = new Map(parameters.map(({ value }, i) => [value.id, at(given, i)]));
  for (const op of body) {
    const operands = op.operands.map(({ id, type }) => ({ type, numbers: found(values, id) }));
    const made = compute(op, operands);
    for (const [i, { id }] of op.results.entries()) values.set(id, at(made, i));
  }
  return results.map(({ value }) => found(values, value.id));
}

function arrayOf({ dtype, shape }: ir.TensorType): TensorData {
  return arrayFor(dtype, sizeOf(shape)) ?? new Int32Array();
}

function machineOf(program: ir.Program): Machine {
  const functions = new Map(program.functions.map((func) => [func.name, func]));
  const state = new Map<string, Float64Array>();
  for (const { name, type } of program.state) state.set(name, new Float64Array(sizeOf(type.shape)));
  return {
    call: (name) => {
      const func = found(functions, name);
      const inputs = ir.feedsOf(func).map(({ value }) => arrayOf(value.type));
      const outputs = ir.outputsOf(func).map(({ value }) => arrayOf(value.type));
      return {
        inputs,
        outputs,
        run: () => {
          const read = func.reads.map((each) => found(state, each));
          const results = run(func, [...read, ...inputs.map((input) => Float64Array.from(input))]);
          for (const [i, each] of func.writes.entries()) state.set(each, at(results, i));
          for (const [i, output] of outputs.entries()) output.set(at(results, func.writes.length + i));
        },
      };
    },
    readState: () => {
      const copies = new Map(program.state.map(({ name, type }) => [name, arrayOf(type)]));
      for (const [name, copy] of copies) copy.set(found(state, name));
      return copies;
    },
    writeState: (written) => {
      for (const [name, data] of written) state.set(name, Float64Array.from(data));
    },
    dispose: () => state.clear(),
  };
}

export const thirdPartyBackend: Backend = {
  name: "third-party",
  supports: ({ name }) =>
    [kernels, ir.views, ir.unaryOps, ir.binaryOps].some((table) => Object.hasOwn(table, name)) ||
    "there is no kernel for it",
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
