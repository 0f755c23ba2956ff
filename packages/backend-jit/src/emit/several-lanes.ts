// Several vectors as one: each step of an elementary function on all of them before the next step, so that what waits for
// the step before is not all that there is to do.

import { at } from "@netwright/ir";
import type { Lanes } from "@netwright/ir/numerics";
import type { Local } from "../wasm/function-builder.ts";
import type { SimdLanes } from "./lanes.ts";

export type Several = readonly Local[];
export type SeveralLanes = Lanes<Several, Several, Several>;

export function severalLanes(lanes: SimdLanes, count: number): SeveralLanes {
  const all = (of: Local): Several => Array.from({ length: count }, () => of);
  const one =
    (step: (a: Local) => Local) =>
    (a: Several): Several =>
      a.map((each) => step(each));
  const two =
    (step: (a: Local, b: Local) => Local) =>
    (a: Several, b: Several): Several =>
      a.map((each, i) => step(each, at(b, i)));
  const shift =
    (step: (a: Local, places: number) => Local) =>
    (a: Several, places: number): Several =>
      a.map((each) => step(each, places));
  return {
    f32: (value) => all(lanes.f32(value)),
    i32: (value) => all(lanes.i32(value)),
    add: two(lanes.add),
    subtract: two(lanes.subtract),
    multiply: two(lanes.multiply),
    divide: two(lanes.divide),
    sqrt: one(lanes.sqrt),
    abs: one(lanes.abs),
    negate: one(lanes.negate),
    floor: one(lanes.floor),
    min: two(lanes.min),
    max: two(lanes.max),
    less: two(lanes.less),
    equal: two(lanes.equal),
    and: two(lanes.and),
    or: two(lanes.or),
    not: one(lanes.not),
    select: (condition, yes, no) => condition.map((each, i) => lanes.select(each, at(yes, i), at(no, i))),
    toBits: (a) => a,
    fromBits: (a) => a,
    toF32: one(lanes.toF32),
    addI32: two(lanes.addI32),
    subtractI32: two(lanes.subtractI32),
    multiplyI32: two(lanes.multiplyI32),
    andI32: two(lanes.andI32),
    orI32: two(lanes.orI32),
    shiftLeft: shift(lanes.shiftLeft),
    shiftRight: shift(lanes.shiftRight),
  };
}
