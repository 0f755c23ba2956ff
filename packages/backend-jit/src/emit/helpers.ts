// Functions for what SIMD has no instruction: integer division and the remainder of f32, and for powers, which are so
// long that a call costs nothing beside them. Each module gets those that its kernels call.

import { powerFormula } from "@netwright/ir/numerics";
import type { FunctionBuilder, FunctionRef, Local } from "../wasm/function-builder.ts";
import type { ModuleBuilder } from "../wasm/module-builder.ts";
import type { FunctionType } from "../wasm/value-type.ts";
import { constantPool } from "./constant-pool.ts";
import { simdLanes } from "./lanes.ts";

/** The power is of four lanes, the others of one. */
export type HelperName =
  | "divide_i32"
  | "divide_u32"
  | "remainder_i32"
  | "remainder_u32"
  | "remainder_f32"
  | "power_f32x4";

export type Helpers = (name: HelperName) => FunctionRef;

type Body = (fn: FunctionBuilder, x: Local, y: Local) => void;

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
  const [r, d, t] = [fn.local("f64"), fn.local("f64"), fn.local("f64")];
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

const helpers: { readonly [K in HelperName]: { readonly type: FunctionType; readonly body: Body } } = {
  divide_i32: { type: integers, body: divideSigned },
  divide_u32: { type: integers, body: divideUnsigned },
  remainder_i32: { type: integers, body: integerRemainder("i32.rem_s") },
  remainder_u32: { type: integers, body: integerRemainder("i32.rem_u") },
  remainder_f32: { type: floats, body: remainder },
  power_f32x4: { type: { params: ["v128", "v128"], results: ["v128"] }, body: power },
};

export function moduleHelpers(module: ModuleBuilder): Helpers {
  const defined = new Map<HelperName, FunctionRef>();
  return (name) => {
    const known = defined.get(name);
    if (known !== undefined) return known;
    const { type, body } = helpers[name];
    const ref = module.func(name, type, (fn) => body(fn, fn.param(0), fn.param(1)));
    defined.set(name, ref);
    return ref;
  };
}
