// Derived elementwise operations on bits: xor and the shifts. A shift by the width or more, which a negative count
// is too, leaves no bit of x: zeros, or copies of its sign.

import { at } from "@netwright/definitions";
import type { Builder } from "../core/builder.ts";
import type { Value } from "../core/program.ts";
import { type ElementType, formatType, sameType } from "../core/types.ts";
import { constrain, type DerivedDefinition, type NoAttributes, operand } from "./definition.ts";

type Decomposition = (b: Builder, x: Value, y: Value) => Value;

function ofBits(
  summary: string,
  allowed: readonly ElementType[],
  decompose: Decomposition,
): DerivedDefinition<NoAttributes> {
  return {
    summary,
    operands: 2,
    fields: {},
    infer: (operands) => {
      const [x, y] = [operand(operands, 0), operand(operands, 1)];
      constrain(allowed.includes(x.dtype), "bits_c1", `element type ${x.dtype} is not one of ${allowed}`);
      constrain(sameType(x, y), "bits_c2", `operands differ: ${formatType(x)} and ${formatType(y)}`);
      return [x];
    },
    decompose: (b, operands) => [decompose(b, at(operands, 0), at(operands, 1))],
  };
}

const BITS: readonly ElementType[] = ["i32", "u32", "pred"];
const INTEGERS: readonly ElementType[] = ["i32", "u32"];
const WIDTH = 32;

export const xor = ofBits("bitwise exclusive or; logical for pred", BITS, (b, x, y) =>
  b.binary("or", b.binary("and", x, b.unary("not", y)), b.binary("and", b.unary("not", x), y)),
);

/** 2^n in u32 for n below 32, one factor for each bit of n. */
function powerOfTwo(b: Builder, n: Value): Value {
  return [1, 2, 4, 8, 16].reduce(
    (product, bit) => {
      const isSet = b.compare(b.binary("and", n, b.like(n, bit)), "NE", b.like(n, 0));
      return b.select(isSet, b.multiply(product, b.like(n, 2 ** bit)), product);
    },
    b.like(n, 1),
  );
}

/** `shift` on x as u32, by a count below 32; `beyond` for all other counts. */
function shifted(
  b: Builder,
  [x, y]: readonly [Value, Value],
  shift: (x: Value, power: Value) => Value,
  beyond: (x: Value) => Value,
): Value {
  const [bits, count] = [b.convert(x, "u32"), b.convert(y, "u32")];
  const isWithin = b.compare(count, "LT", b.like(count, WIDTH));
  return b.convert(b.select(isWithin, shift(bits, powerOfTwo(b, count)), beyond(bits)), x.type.dtype);
}

export const shiftLeft = ofBits("x moved y bits up, zeros behind it", INTEGERS, (b, x, y) =>
  shifted(
    b,
    [x, y],
    (bits, power) => b.multiply(bits, power),
    (bits) => b.like(bits, 0),
  ),
);

export const shiftRightLogical = ofBits("x moved y bits down, zeros before it", INTEGERS, (b, x, y) =>
  shifted(
    b,
    [x, y],
    (bits, power) => b.divide(bits, power),
    (bits) => b.like(bits, 0),
  ),
);

export const shiftRightArithmetic = ofBits(
  "x moved y bits down, copies of its highest bit before it",
  INTEGERS,
  (b, x, y) => {
    // With its highest bit set, the complement is shifted: what comes in front is then complemented to ones.
    const isNegative = (bits: Value) => b.compare(bits, "GE", b.like(bits, 2 ** 31));
    const flipped = (bits: Value) => b.select(isNegative(bits), b.unary("not", bits), bits);
    return shifted(
      b,
      [x, y],
      (bits, power) => {
        const quotient = b.divide(flipped(bits), power);
        return b.select(isNegative(bits), b.unary("not", quotient), quotient);
      },
      (bits) => b.select(isNegative(bits), b.like(bits, 2 ** 32 - 1), b.like(bits, 0)),
    );
  },
);
