// Functions for what SIMD has no instruction: integer division and the remainder of f32, and for powers and products and
// sums that are rounded once, which are so long that a call costs nothing beside them. Each module gets those that its kernels call.

import { powerFormula } from "@netwright/ir/numerics";
import type { FunctionBuilder, FunctionRef, Local } from "../wasm/function-builder.ts";
import type { ModuleBuilder } from "../wasm/module-builder.ts";
import type { FunctionType } from "../wasm/value-type.ts";
import { constantPool } from "./constant-pool.ts";
import { simdLanes } from "./lanes.ts";

/** Names with x4 are of four lanes, the others of one. */
export type HelperName =
  | "divide_i32"
  | "divide_u32"
  | "remainder_i32"
  | "remainder_u32"
  | "remainder_f32"
  | "power_f32x4"
  | "multiply_add_f32x4";

export type Helpers = (name: HelperName) => FunctionRef;

type Body = (fn: FunctionBuilder, x: Local, y: Local, z?: Local) => void;

const integers: FunctionType = { params: ["i32", "i32"], results: ["i32"] };
const floats: FunctionType = { params: ["f32", "f32"], results: ["f32"] };

/** Division by zero gives -1, all bits set. Only -2^31 / -1 is left that would trap; it wraps. */
const divideSigned: Body = (fn, x, y) => {
  fn.get(y).op("i32.eqz");
  fn.ifElse(() => fn.i32(-1).return());
  fn.get(y).i32(-1).op("i32.eq");
  fn.ifElse(() => fn.i32(0).get(x).op("i32.sub").return());
  fn.get(x).get(y).op("i32.div_s");
};

const divideUnsigned: Body = (fn, x, y) => {
  fn.get(y).op("i32.eqz");
  fn.ifElse(() => fn.i32(-1).return());
  fn.get(x).get(y).op("i32.div_u");
};

/** By zero it gives x. */
const integerRemainder =
  (name: "i32.rem_s" | "i32.rem_u"): Body =>
  (fn, x, y) => {
    fn.get(y).op("i32.eqz");
    fn.ifElse(() => fn.get(x).return());
    fn.get(x).get(y).op(name);
  };

const EXPONENT = 0x7ff0000000000000n;
const ONE = 0x3ff0000000000000n;

/**
 * C's fmod, exactly: long division in f64, which holds every f32 and every difference on the way. From r >= y
 * the largest y 2^k that is not above r is taken away, until r < y.
 */
const remainder: Body = (fn, x, y) => {
  const r = fn.local("f64");
  const d = fn.local("f64");
  const t = fn.local("f64");
  const exponent = (of: Local): FunctionBuilder =>
    fn.get(of).op("i64.reinterpret_f64").i64(EXPONENT).op("i64.and");
  fn.get(x).op("f32.abs").op("f64.promote_f32").set(r);
  fn.get(y).op("f32.abs").op("f64.promote_f32").set(d);
  // Infinite or undefined x, zero or undefined y. The difference of the two infinities is NaN as well.
  fn.get(r).f64(Number.POSITIVE_INFINITY).op("f64.lt").op("i32.eqz");
  fn.get(d).f64(0).op("f64.gt").op("i32.eqz").op("i32.or");
  fn.ifElse(() => fn.f32(Number.NaN).return());
  fn.get(d).f64(Number.POSITIVE_INFINITY).op("f64.eq");
  fn.ifElse(() => fn.get(x).return());
  fn.block((done) => {
    fn.loop((again) => {
      fn.get(r).get(d).op("f64.lt").brIf(done);
      exponent(r);
      exponent(d);
      fn.op("i64.sub").i64(ONE).op("i64.add").op("f64.reinterpret_i64").get(d).op("f64.mul").set(t);
      fn.get(t).f64(0.5).op("f64.mul").get(t).get(t).get(r).op("f64.gt").select("f64").set(t);
      fn.get(r).get(t).op("f64.sub").set(r).br(again);
    });
  });
  fn.get(r).op("f32.demote_f64").get(x).op("f32.copysign");
};

const power: Body = (fn, x, y) => {
  const lanes = simdLanes(fn, constantPool(fn));
  fn.get(powerFormula(lanes, x, y));
};

/**
 * x y + z rounded once, two lanes at a time in f64: the product is exact there, and what the sum lacks is known (Knuth's
 * two-sum). The sum rounded to odd, that is with its last bit set wherever it lacks something, becomes f32 as the exact one would.
 */
const multiplyAdd: Body = (fn, x, y, z) => {
  if (z === undefined) throw new Error("a product and a sum take three numbers");
  const nothing = fn.local("v128");
  const one = fn.local("v128");
  const product = fn.local("v128");
  const addend = fn.local("v128");
  const sum = fn.local("v128");
  const back = fn.local("v128");
  const error = fn.local("v128");
  const low = fn.local("v128");
  /** Leaves two results in the first lanes; `load` leaves on the stack the two numbers that they are from. */
  const two = (load: (from: Local) => FunctionBuilder): FunctionBuilder => {
    load(x).op("f64x2.promote_low_f32x4");
    load(y).op("f64x2.promote_low_f32x4").op("f64x2.mul").set(product);
    load(z).op("f64x2.promote_low_f32x4").set(addend);
    fn.get(product).get(addend).op("f64x2.add").tee(sum).get(product).op("f64x2.sub").set(back);
    fn.get(product).get(sum).get(back).op("f64x2.sub").op("f64x2.sub");
    fn.get(addend).get(back).op("f64x2.sub").op("f64x2.add").set(error);
    fn.get(sum);
    // One step towards what is lacking, in the bits: up where both have one sign, else down.
    fn.get(sum).get(error).op("v128.xor").i32(63).op("i64x2.shr_s").get(one).op("v128.or");
    // Neither true of NaN, where something is infinite.
    fn.get(error).get(nothing).op("f64x2.lt").get(error).get(nothing).op("f64x2.gt").op("v128.or");
    fn.get(sum).get(one).op("v128.and").get(nothing).op("i64x2.eq");
    return fn.op("v128.and").op("v128.and").op("i64x2.add").op("f32x4.demote_f64x2_zero");
  };
  fn.f64(0).op("f64x2.splat").set(nothing);
  fn.i64(1n).op("i64x2.splat").set(one);
  two((from) => fn.get(from)).set(low);
  fn.get(low);
  two((from) => fn.get(from).get(from).shuffle(2, 3, 2, 3)).shuffle(0, 1, 4, 5);
};

const helpers: { readonly [K in HelperName]: { readonly type: FunctionType; readonly body: Body } } = {
  divide_i32: { type: integers, body: divideSigned },
  divide_u32: { type: integers, body: divideUnsigned },
  remainder_i32: { type: integers, body: integerRemainder("i32.rem_s") },
  remainder_u32: { type: integers, body: integerRemainder("i32.rem_u") },
  remainder_f32: { type: floats, body: remainder },
  power_f32x4: { type: { params: ["v128", "v128"], results: ["v128"] }, body: power },
  multiply_add_f32x4: {
    type: { params: ["v128", "v128", "v128"], results: ["v128"] },
    body: multiplyAdd,
  },
};

export function moduleHelpers(module: ModuleBuilder): Helpers {
  const defined = new Map<HelperName, FunctionRef>();
  return (name) => {
    const known = defined.get(name);
    if (known !== undefined) return known;
    const { type, body } = helpers[name];
    const ref = module.func(name, type, (fn, [x, y, z]) => {
      if (x === undefined || y === undefined) throw new Error(`${name} takes two numbers`);
      body(fn, x, y, z);
    });
    defined.set(name, ref);
    return ref;
  };
}
