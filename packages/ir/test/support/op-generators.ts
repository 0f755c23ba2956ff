// For every operation, how a random valid one is made from the values there are. Used by
// `arbitrary-program.ts`; each takes what it needs from a list of numbers, so that fast-check can shrink it.

import {
  type BinaryName,
  type Builder,
  binaryOps,
  type DerivedName,
  type Direction,
  type ElementType,
  type NumericReduceKind,
  type OpName,
  ops,
  sameType,
  sizeOf,
  type TensorType,
  tensor,
  type UnaryName,
  unaryOps,
  type Value,
} from "@netwright/ir";
import type { Choices } from "./choices.ts";

export interface Scope {
  readonly builder: Builder;
  /** All values so far; the last are chosen most. */
  readonly pool: readonly Value[];
  readonly choices: Choices;
  /** Emits a call of a composite, where there is one to call. */
  readonly callComposite: (() => readonly Value[]) | undefined;
  /** Emits a scan with the composite's function as its body. */
  readonly callScan: ((length: number) => readonly Value[]) | undefined;
}

/** The new values; none where nothing valid can be made. */
type Generator = (scope: Scope) => readonly Value[];

const DTYPES: readonly ElementType[] = ["f32", "i32", "u32", "pred"];
const NUMERIC: readonly ElementType[] = ["f32", "i32", "u32"];
const DIRECTIONS: readonly Direction[] = ["EQ", "NE", "GE", "GT", "LE", "LT"];
const KINDS: readonly NumericReduceKind[] = ["sum", "product", "max", "min"];
const MAXIMUM_SIZE = 100;

/** Numbers where rules and rounding show: neutral elements, signs of zero, NaN, ends of ranges. */
export const NUMBERS: { readonly [K in ElementType]: readonly number[] } = {
  f32: [
    0,
    -0,
    1,
    -1,
    2,
    -0.5,
    3,
    8,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    0.1,
    -7.25,
    16777216,
    3.4028234663852886e38,
    1.401298464324817e-45,
    1e-30,
  ].map(Math.fround),
  i32: [0, 1, -1, 2, -7, 2147483647, -2147483648],
  u32: [0, 1, 2, 7, 4294967295, 2147483648],
  pred: [0, 1],
};

/** The numbers that rules ask for, and those that differ from them in the sign alone. */
const NEUTRAL: typeof NUMBERS = {
  f32: [0, -0, 1, -1],
  i32: [0, 1, -1],
  u32: [0, 1, 4294967295],
  pred: [0, 1],
};

export function numbers(choices: Choices, dtype: ElementType, count: number): readonly number[] {
  return Array.from({ length: count }, () => choices.oneOf(NUMBERS[dtype]));
}

function shapeOf({ choices }: Scope): readonly number[] {
  // Seldom a dimension of size 0: everything made from it has no elements either.
  return Array.from({ length: choices.below(4) }, () => choices.oneOf([2, 1, 3, 2, 1, 3, 2, 1, 0]));
}

function literal({ builder, choices }: Scope, type: TensorType): Value {
  const form = choices.below(3);
  if (form === 0) return builder.literal(type, numbers(choices, type.dtype, sizeOf(type.shape)));
  return builder.literal(type, [choices.oneOf(form === 1 ? NUMBERS[type.dtype] : NEUTRAL[type.dtype])]);
}

/** A value that fits, or a new constant. */
function pick(scope: Scope, fits: (type: TensorType) => boolean, otherwise: () => TensorType): Value {
  const fitting = scope.pool.filter(({ type }) => fits(type));
  // Often a constant all the same: they make rules apply. Otherwise mostly one of the last values.
  if (scope.choices.below(4) === 3) return literal(scope, otherwise());
  const back = scope.choices.below(3) * scope.choices.below(4);
  return fitting[fitting.length - 1 - Math.min(back, fitting.length - 1)] ?? literal(scope, otherwise());
}

function pickOf(scope: Scope, dtypes: readonly ElementType[], minimumRank = 0): Value {
  const fits = ({ dtype, shape }: TensorType) => dtypes.includes(dtype) && shape.length >= minimumRank;
  const otherwise = () => {
    const shape = shapeOf(scope);
    return tensor(scope.choices.oneOf(dtypes), shape.length < minimumRank ? [2, 3] : shape);
  };
  return pick(scope, fits, otherwise);
}

function pickLike(scope: Scope, type: TensorType): Value {
  return pick(
    scope,
    (other) => sameType(other, type),
    () => type,
  );
}

/** The element types that the operation takes, found by asking it. */
function takes(infer: (type: TensorType) => unknown): readonly ElementType[] {
  return DTYPES.filter((dtype) => {
    try {
      infer(tensor(dtype));
      return true;
    } catch {
      return false;
    }
  });
}

function unary(name: UnaryName): Generator {
  const dtypes = takes((type) => unaryOps[name].infer([type], {}));
  return (scope) => [scope.builder.unary(name, pickOf(scope, dtypes))];
}

function binary(name: BinaryName): Generator {
  const dtypes = takes((type) => binaryOps[name].infer([type, type], {}));
  return (scope) => {
    const x = pickOf(scope, dtypes);
    const y = pickLike(scope, x.type);
    return [
      scope.choices.below(2) === 0 ? scope.builder.binary(name, x, y) : scope.builder.binary(name, y, x),
    ];
  };
}

/** A derived operation on one operand, or on two of one type. */
function derived(
  name: Extract<DerivedName, "is_finite" | "ceil" | "xor" | `round_${string}` | `shift_${string}`>,
): Generator {
  const count = ops[name].operands === 1 ? 1 : 2;
  const dtypes = takes((type) => ops[name].infer(count === 1 ? [type] : [type, type], {}));
  return (scope) => {
    const x = pickOf(scope, dtypes);
    return scope.builder.emit(name, count === 1 ? [x] : [x, pickLike(scope, x.type)], {});
  };
}

function subset({ choices }: Scope, rank: number): readonly number[] {
  return Array.from({ length: rank }, (_, d) => d).filter(() => choices.below(2) === 1);
}

function shuffled({ choices }: Scope, rank: number): readonly number[] {
  const rest = Array.from({ length: rank }, (_, d) => d);
  return rest.map((d) => d).flatMap(() => rest.splice(choices.below(rest.length), 1));
}

const broadcastInDim: Generator = (scope) => {
  const { builder, choices } = scope;
  const x = pickOf(scope, DTYPES);
  const shape: number[] = [];
  const dimensions: number[] = [];
  for (const size of [...x.type.shape, undefined]) {
    if (choices.below(3) === 1) shape.push(choices.oneOf([2, 1, 3]));
    if (size === undefined) continue;
    dimensions.push(shape.length);
    shape.push(size === 1 ? choices.oneOf([1, 3, 2, 3, 2, 0]) : size);
  }
  return sizeOf(shape) > MAXIMUM_SIZE || shape.length > 4
    ? []
    : [builder.broadcastInDim(x, shape, dimensions)];
};

const reshape: Generator = (scope) => {
  const { builder, choices } = scope;
  const x = pickOf(scope, DTYPES);
  const { shape } = x.type;
  const forms = [
    [sizeOf(shape)],
    [...shape].reverse(),
    shape,
    [1, ...shape],
    shape.filter((size) => size !== 1),
  ];
  return [builder.reshape(x, choices.oneOf(forms))];
};

const slice: Generator = (scope) => {
  const { builder, choices } = scope;
  const x = pickOf(scope, DTYPES);
  const start = x.type.shape.map((size) => choices.below(2) * choices.below(size + 1));
  const limit = x.type.shape.map(
    (size, d) => size - choices.below(2) * choices.below(size - (start[d] ?? 0) + 1),
  );
  const strides = x.type.shape.map(() => 1 + choices.below(2));
  return [builder.slice(x, start, limit, strides)];
};

const pad: Generator = (scope) => {
  const { builder, choices } = scope;
  const x = pickOf(scope, DTYPES);
  const filling = pickLike(scope, tensor(x.type.dtype));
  const each = (least: number) => x.type.shape.map(() => choices.below(3) + least);
  const interior = choices.below(2) === 0 ? each(0) : each(0).map(() => 0);
  const low = each(x.type.shape.includes(0) ? 0 : -1).map((count) => count * choices.below(2));
  const high = low.map((count, d) =>
    (x.type.shape[d] ?? 0) > 1 ? choices.below(3) - 1 : Math.max(-count, 0),
  );
  const size = x.type.shape.reduce(
    (product, n, d) =>
      product * ((low[d] ?? 0) + n + Math.max(n - 1, 0) * (interior[d] ?? 0) + (high[d] ?? 0)),
    1,
  );
  return size > MAXIMUM_SIZE ? [] : [builder.pad(x, filling, low, high, interior)];
};

const concatenate: Generator = (scope) => {
  const { builder, choices } = scope;
  const x = pickOf(scope, DTYPES, 1);
  const dimension = choices.below(x.type.shape.length);
  const fits = (type: TensorType) =>
    type.dtype === x.type.dtype &&
    type.shape.length === x.type.shape.length &&
    type.shape.every((size, d) => d === dimension || size === x.type.shape[d]);
  const others = Array.from({ length: choices.below(3) }, () => pick(scope, fits, () => x.type));
  const operands = [x, ...others];
  const size = operands.reduce((sum, { type }) => sum + sizeOf(type.shape), 0);
  return size > MAXIMUM_SIZE ? [] : [builder.concatenate(operands, dimension)];
};

/** A scalar that is a place in or around a dimension. */
function startOf(scope: Scope): Value {
  return pickLike(scope, tensor("i32"));
}

const dynamicSlice: Generator = (scope) => {
  const x = pickOf(scope, DTYPES);
  const starts = x.type.shape.map(() => startOf(scope));
  return [scope.builder.dynamicSlice(x, starts, boxIn(scope, x.type.shape))];
};

const dynamicUpdateSlice: Generator = (scope) => {
  const x = pickOf(scope, DTYPES);
  const update = pickLike(scope, tensor(x.type.dtype, boxIn(scope, x.type.shape)));
  const starts = x.type.shape.map(() => startOf(scope));
  return [scope.builder.dynamicUpdateSlice(x, update, starts)];
};

function boxIn({ choices }: Scope, shape: readonly number[]): readonly number[] {
  return shape.map((size) => size - choices.below(2) * choices.below(size + 1));
}

const gather: Generator = (scope) => {
  const x = pickOf(scope, DTYPES, 1);
  const indices = pickOf(scope, ["i32"]);
  const size = sizeOf(x.type.shape.slice(1)) * sizeOf(indices.type.shape);
  return x.type.shape[0] === 0 || size > MAXIMUM_SIZE ? [] : [scope.builder.gather(x, indices)];
};

const scatter: Generator = (scope) => {
  const kind = scope.choices.oneOf(["add", "set"] as const);
  const x = pickOf(scope, kind === "add" ? ["f32"] : DTYPES, 1);
  const indices = pickOf(scope, ["i32"]);
  const shape = [...indices.type.shape, ...x.type.shape.slice(1)];
  if (sizeOf(shape) > MAXIMUM_SIZE) return [];
  return [scope.builder.scatter(x, indices, pickLike(scope, tensor(x.type.dtype, shape)), kind)];
};

function windowOf(scope: Scope, length: number) {
  const { choices } = scope;
  return {
    size: 1 + choices.below(3),
    stride: 1 + choices.below(2),
    low: choices.below(2),
    high: choices.below(3) - (length > 1 ? 1 : 0),
    dilation: 1 + choices.below(2) * choices.below(2),
  };
}

const reduceWindow: Generator = (scope) => {
  const x = pickOf(scope, NUMERIC);
  const windows = x.type.shape.map((length) => windowOf(scope, length));
  if (sizeOf(windows.map(({ size }) => size)) * sizeOf(x.type.shape) > MAXIMUM_SIZE) return [];
  return [
    scope.builder.reduceWindow(x, {
      kind: scope.choices.oneOf(KINDS),
      sizes: windows.map(({ size }) => size),
      strides: windows.map(({ stride }) => stride),
      baseDilations: windows.map(({ dilation }) => dilation),
      windowDilations: windows.map(({ dilation }) => 3 - dilation),
      low: windows.map(({ low }) => low),
      high: windows.map(({ high }) => high),
    }),
  ];
};

const selectAndScatter: Generator = (scope) => {
  const x = pickOf(scope, ["f32"]);
  const windows = x.type.shape.map((length) => windowOf(scope, length));
  if (sizeOf(windows.map(({ size }) => size)) * sizeOf(x.type.shape) > MAXIMUM_SIZE) return [];
  const places = windows.map(({ size, stride, low, high }, d) => {
    const room = low + (x.type.shape[d] ?? 0) + high - size;
    return room < 0 ? 0 : Math.floor(room / stride) + 1;
  });
  return [
    scope.builder.selectAndScatter(x, pickLike(scope, tensor("f32", places)), {
      kind: scope.choices.oneOf(["max", "min"]),
      sizes: windows.map(({ size }) => size),
      strides: windows.map(({ stride }) => stride),
      low: windows.map(({ low }) => low),
      high: windows.map(({ high }) => high),
    }),
  ];
};

const convolution: Generator = (scope) => {
  const x = pick(
    scope,
    ({ dtype, shape }) => dtype === "f32" && shape.length >= 2,
    () => tensor("f32", [2, 3, 2]),
  );
  const [, ...others] = x.type.shape;
  const features = others.at(-1) ?? 1;
  const spatial = others.slice(0, -1);
  const windows = spatial.map((length) => windowOf(scope, length));
  const outputs = 1 + scope.choices.below(2);
  const kernel = pickLike(scope, tensor("f32", [...windows.map(({ size }) => size), features, outputs]));
  if (sizeOf(kernel.type.shape) * sizeOf(x.type.shape) > 3 * MAXIMUM_SIZE) return [];
  const middle = spatial.map((_, d) => d + 1);
  return [
    scope.builder.convolution(x, kernel, {
      strides: windows.map(({ stride }) => stride),
      low: windows.map(({ low }) => low),
      high: windows.map(({ high }) => high),
      lhsDilation: windows.map(({ dilation }) => dilation),
      rhsDilation: windows.map(() => 1),
      inputBatch: 0,
      inputFeature: spatial.length + 1,
      inputSpatial: middle,
      kernelInputFeature: spatial.length,
      kernelOutputFeature: spatial.length + 1,
      kernelSpatial: spatial.map((_, d) => d),
      outputBatch: 0,
      outputFeature: spatial.length + 1,
      outputSpatial: middle,
      featureGroups: 1,
      batchGroups: 1,
    }),
  ];
};

/** Dimensions of equal size are paired off as batching or contracting. */
const dotGeneral: Generator = (scope) => {
  const { builder, choices } = scope;
  const [lhs, rhs] = [pickOf(scope, ["f32"]), pickOf(scope, ["f32"])];
  const batching: (readonly [number, number])[] = [];
  const contracting: (readonly [number, number])[] = [];
  const free = new Set(rhs.type.shape.keys());
  lhs.type.shape.forEach((size, l) => {
    const r = [...free].find((d) => rhs.type.shape[d] === size);
    const use = choices.below(3);
    if (r === undefined || use === 2) return;
    free.delete(r);
    (use === 0 ? contracting : batching).push([l, r]);
  });
  const rank = lhs.type.shape.length + rhs.type.shape.length - batching.length - 2 * contracting.length;
  if (rank > 4 || sizeOf([...lhs.type.shape, ...rhs.type.shape]) > 10 * MAXIMUM_SIZE) return [];
  return [
    builder.dotGeneral(lhs, rhs, {
      lhsBatching: batching.map(([l]) => l),
      rhsBatching: batching.map(([, r]) => r),
      lhsContracting: contracting.map(([l]) => l),
      rhsContracting: contracting.map(([, r]) => r),
    }),
  ];
};

const names = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as K[];
const elementwise = {
  ...(Object.fromEntries(names(unaryOps).map((name) => [name, unary(name)])) as Record<UnaryName, Generator>),
  ...(Object.fromEntries(names(binaryOps).map((name) => [name, binary(name)])) as Record<
    BinaryName,
    Generator
  >),
};

export const generators: { readonly [K in OpName]: Generator } = {
  ...elementwise,
  constant: (scope) => [literal(scope, tensor(scope.choices.oneOf(DTYPES), shapeOf(scope)))],
  iota: (scope) => {
    const shape = shapeOf(scope);
    if (shape.length === 0) return [];
    const type = tensor(scope.choices.oneOf(NUMERIC), shape);
    return [scope.builder.iota(type, scope.choices.below(shape.length))];
  },
  compare: (scope) => {
    const x = pickOf(scope, DTYPES);
    return [scope.builder.compare(x, scope.choices.oneOf(DIRECTIONS), pickLike(scope, x.type))];
  },
  select: (scope) => {
    const x = pickOf(scope, DTYPES);
    const predicate = pickLike(scope, tensor("pred", x.type.shape));
    return [scope.builder.select(predicate, x, pickLike(scope, x.type))];
  },
  convert: (scope) => [scope.builder.convert(pickOf(scope, DTYPES), scope.choices.oneOf(DTYPES))],
  broadcast_in_dim: broadcastInDim,
  reshape,
  transpose: (scope) => {
    const x = pickOf(scope, DTYPES);
    return [scope.builder.transpose(x, shuffled(scope, x.type.shape.length))];
  },
  concatenate,
  slice,
  pad,
  reverse: (scope) => {
    const x = pickOf(scope, DTYPES);
    return [scope.builder.reverse(x, subset(scope, x.type.shape.length))];
  },
  reduce: (scope) => {
    const x = pickOf(scope, DTYPES);
    const kind = scope.choices.oneOf(x.type.dtype === "pred" ? (["and", "or"] as const) : KINDS);
    return [scope.builder.reduce(x, kind, subset(scope, x.type.shape.length))];
  },
  dot_general: dotGeneral,
  rng_bit_generator: (scope) => {
    const { state, bits } = scope.builder.randomBits(pickLike(scope, tensor("u32", [6])), shapeOf(scope));
    return [state, bits];
  },
  composite: ({ callComposite }) => callComposite?.() ?? [],
  is_finite: derived("is_finite"),
  ceil: derived("ceil"),
  round_nearest_even: derived("round_nearest_even"),
  round_nearest_afz: derived("round_nearest_afz"),
  xor: derived("xor"),
  shift_left: derived("shift_left"),
  shift_right_logical: derived("shift_right_logical"),
  shift_right_arithmetic: derived("shift_right_arithmetic"),
  clamp: (scope) => {
    const x = pickOf(scope, NUMERIC);
    const bound = () => pickLike(scope, scope.choices.below(2) === 0 ? x.type : tensor(x.type.dtype));
    return scope.builder.emit("clamp", [bound(), x, bound()], {});
  },
  dynamic_slice: dynamicSlice,
  dynamic_update_slice: dynamicUpdateSlice,
  gather,
  scatter,
  convolution,
  reduce_window: reduceWindow,
  select_and_scatter: selectAndScatter,
  scan: ({ callScan, choices }) => callScan?.(choices.below(4)) ?? [],
  optimization_barrier: (scope) =>
    scope.builder.emit(
      "optimization_barrier",
      Array.from({ length: 1 + scope.choices.below(2) }, () => pickOf(scope, DTYPES)),
      {},
    ),
};
