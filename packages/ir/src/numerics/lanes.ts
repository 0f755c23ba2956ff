// The few operations that the elementary functions are made of, as an interface: a formula is written once
// against it and runs on numbers (`number-lanes.ts`) or is emitted as WebAssembly SIMD by a backend, operation
// for operation and so with the same bits. Every member is one instruction of WebAssembly's f32x4/i32x4 (named
// in its comment), is rounded to f32 once, and is never fused with another. A formula cannot look into
// a value, so it has no branches and no loops that depend on data.

/**
 * F: a vector (or one value) of f32. I: of i32, wrapping. M: of truth values.
 * The sign and payload of a NaN are not fixed: two NaN count as equal bits.
 */
export interface Lanes<F, I, M> {
  /** f32x4.const; the value must be an f32. */
  readonly f32: (value: number) => F;
  /** i32x4.const (v128.const) */
  readonly i32: (value: number) => I;

  /** f32x4.add */
  readonly add: (a: F, b: F) => F;
  /** f32x4.sub */
  readonly subtract: (a: F, b: F) => F;
  /** f32x4.mul */
  readonly multiply: (a: F, b: F) => F;
  /** f32x4.div */
  readonly divide: (a: F, b: F) => F;
  /** f32x4.sqrt */
  readonly sqrt: (a: F) => F;
  /** f32x4.abs */
  readonly abs: (a: F) => F;
  /** f32x4.neg */
  readonly negate: (a: F) => F;
  /** f32x4.floor */
  readonly floor: (a: F) => F;
  /** f32x4.pmin: b < a ? b : a, so a NaN in `a` stays. */
  readonly min: (a: F, b: F) => F;
  /** f32x4.pmax: a < b ? b : a, so a NaN in `a` stays. */
  readonly max: (a: F, b: F) => F;

  /** f32x4.lt; false where one is NaN. */
  readonly less: (a: F, b: F) => M;
  /** f32x4.eq; false where one is NaN. */
  readonly equal: (a: F, b: F) => M;
  /** v128.and */
  readonly and: (a: M, b: M) => M;
  /** v128.or */
  readonly or: (a: M, b: M) => M;
  /** v128.not */
  readonly not: (a: M) => M;
  /** v128.bitselect(yes, no, condition) */
  readonly select: (condition: M, yes: F, no: F) => F;

  /** The bits of an f32 as an i32; no instruction. */
  readonly toBits: (a: F) => I;
  /** The f32 that has these bits; no instruction. */
  readonly fromBits: (a: I) => F;
  /** f32x4.convert_i32x4_s */
  readonly toF32: (a: I) => F;
  /** i32x4.add */
  readonly addI32: (a: I, b: I) => I;
  /** i32x4.sub */
  readonly subtractI32: (a: I, b: I) => I;
  /** i32x4.mul */
  readonly multiplyI32: (a: I, b: I) => I;
  /** v128.and */
  readonly andI32: (a: I, b: I) => I;
  /** v128.or */
  readonly orI32: (a: I, b: I) => I;
  /** i32x4.shl */
  readonly shiftLeft: (a: I, count: number) => I;
  /** i32x4.shr_s */
  readonly shiftRight: (a: I, count: number) => I;
}
