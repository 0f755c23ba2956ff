// Operations that move elements without computing: reshape, transpose, concatenate, slice, pad, reverse.

import { at } from "@netwright/definitions";
import { sameShape, sizeOf, tensor } from "../core/types.ts";
import { constrain, type OpDefinition, operand } from "./definition.ts";

export interface ReshapeAttributes {
  readonly shape: readonly number[];
}

export const reshape: OpDefinition<ReshapeAttributes> = {
  summary: "the same elements in row-major order under another shape",
  operands: 1,
  fields: { shape: "integers" },
  infer: (operands, { shape }) => {
    const x = operand(operands, 0);
    constrain(
      sizeOf(x.shape) === sizeOf(shape),
      "reshape_c1",
      `[${x.shape}] has ${sizeOf(x.shape)} elements, [${shape}] has ${sizeOf(shape)}`,
    );
    return [tensor(x.dtype, shape)];
  },
};

export interface TransposeAttributes {
  /** Result dimension i is operand dimension permutation[i]. */
  readonly permutation: readonly number[];
}

export const transpose: OpDefinition<TransposeAttributes> = {
  summary: "permutes the dimensions",
  operands: 1,
  fields: { permutation: "integers" },
  infer: (operands, { permutation }) => {
    const x = operand(operands, 0);
    constrain(
      sameShape(
        [...permutation].sort((a, b) => a - b),
        x.shape.map((_, i) => i),
      ),
      "transpose_c1",
      `[${permutation}] is not a permutation of ${x.shape.length} dimensions`,
    );
    return [
      tensor(
        x.dtype,
        permutation.map((d) => at(x.shape, d)),
      ),
    ];
  },
};

export interface ConcatenateAttributes {
  readonly dimension: number;
}

export const concatenate: OpDefinition<ConcatenateAttributes> = {
  summary: "joins operands along one dimension",
  operands: "variadic",
  fields: { dimension: "integer" },
  infer: (operands, { dimension }) => {
    const first = operand(operands, 0);
    constrain(
      dimension >= 0 && dimension < first.shape.length,
      "concatenate_c1",
      `dimension ${dimension} is outside a tensor of rank ${first.shape.length}`,
    );
    for (const type of operands) {
      constrain(
        type.dtype === first.dtype &&
          type.shape.length === first.shape.length &&
          type.shape.every((size, i) => i === dimension || size === first.shape[i]),
        "concatenate_c2",
        `[${type.shape}] does not fit [${first.shape}] outside dimension ${dimension}`,
      );
    }
    const joined = operands.reduce((sum, type) => sum + at(type.shape, dimension), 0);
    return [
      tensor(
        first.dtype,
        first.shape.map((size, i) => (i === dimension ? joined : size)),
      ),
    ];
  },
};

export interface SliceAttributes {
  readonly start: readonly number[];
  /** One past the last index. */
  readonly limit: readonly number[];
  readonly strides: readonly number[];
}

export const slice: OpDefinition<SliceAttributes> = {
  summary: "every strides-th element from start up to limit",
  operands: 1,
  fields: { start: "integers", limit: "integers", strides: "integers" },
  infer: (operands, { start, limit, strides }) => {
    const x = operand(operands, 0);
    const rank = x.shape.length;
    constrain(
      start.length === rank && limit.length === rank && strides.length === rank,
      "slice_c1",
      `start, limit and strides need ${rank} entries`,
    );
    const shape = x.shape.map((size, i) => {
      const [from, to, step] = [at(start, i), at(limit, i), at(strides, i)];
      constrain(
        from >= 0 && from <= to && to <= size && step >= 1,
        "slice_c2",
        `[${from}:${to}:${step}] is not a slice of dimension ${i} of size ${size}`,
      );
      return Math.ceil((to - from) / step);
    });
    return [tensor(x.dtype, shape)];
  },
};

export interface PadAttributes {
  /** Elements added before and after each dimension; negative removes. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** Elements added between neighbours. */
  readonly interior: readonly number[];
}

export const pad: OpDefinition<PadAttributes> = {
  summary: "surrounds and interleaves the operand with the padding value, a scalar",
  operands: 2,
  fields: { low: "integers", high: "integers", interior: "integers" },
  infer: (operands, { low, high, interior }) => {
    const [x, value] = [operand(operands, 0), operand(operands, 1)];
    const rank = x.shape.length;
    constrain(
      value.shape.length === 0 && value.dtype === x.dtype,
      "pad_c1",
      "the padding value must be a scalar of the operand's element type",
    );
    constrain(
      low.length === rank && high.length === rank && interior.length === rank,
      "pad_c2",
      `low, high and interior need ${rank} entries`,
    );
    const shape = x.shape.map((size, i) => {
      const between = at(interior, i);
      const padded = at(low, i) + size + Math.max(size - 1, 0) * between + at(high, i);
      constrain(between >= 0 && padded >= 0, "pad_c3", `dimension ${i} would have size ${padded}`);
      return padded;
    });
    return [tensor(x.dtype, shape)];
  },
};

export interface ReverseAttributes {
  readonly dimensions: readonly number[];
}

export const reverse: OpDefinition<ReverseAttributes> = {
  summary: "reverses the order of elements along dimensions",
  operands: 1,
  fields: { dimensions: "integers" },
  infer: (operands, { dimensions }) => {
    const x = operand(operands, 0);
    constrain(
      new Set(dimensions).size === dimensions.length && dimensions.every((d) => d >= 0 && d < x.shape.length),
      "reverse_c1",
      `[${dimensions}] are not distinct dimensions of rank ${x.shape.length}`,
    );
    return [x];
  },
};
