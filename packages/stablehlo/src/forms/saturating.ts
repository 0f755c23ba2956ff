// f32 to an integer: StableHLO leaves to the implementation what does not fit. Ours is the nearest number that there
// is, and 0 for NaN.

import { type Op, tensor } from "@netwright/ir";
import { denseText } from "../literals.ts";
import { typeText } from "../types.ts";
import { type Called, operandOf, resultOf } from "./form.ts";

/** The first numbers that no longer fit, both f32, and what they become. */
const BOUNDS = {
  i32: { low: -(2 ** 31), high: 2 ** 31, least: -(2 ** 31), most: 2 ** 31 - 1 },
  u32: { low: 0, high: 2 ** 32, least: 0, most: 2 ** 32 - 1 },
} as const;

function boundsOf({ operands: [x], attributes: { dtype } }: Op<"convert">) {
  return x?.type.dtype === "f32" && (dtype === "i32" || dtype === "u32") ? BOUNDS[dtype] : undefined;
}

export const saturating: Called<"convert"> = {
  when: (op) => boundsOf(op) !== undefined,
  define: (op, body) => {
    const bounds = boundsOf(op);
    const x = operandOf(op, 0);
    const to = resultOf(op).type;
    if (bounds === undefined) throw new Error("a conversion that StableHLO says itself");
    const from = typeText(x.type);
    const truth = typeText(tensor("pred", x.type.shape));
    const name = body.use(x);
    const filled = (value: number, type: typeof to) =>
      body.line(`stablehlo.constant dense<${denseText(type, [value])}> : ${typeText(type)}`);
    const is = (direction: string, other: string) =>
      body.line(`stablehlo.compare ${direction}, ${name}, ${other}, FLOAT : (${from}, ${from}) -> ${truth}`);
    const choose = (condition: string, then: string, otherwise: string) =>
      body.line(`stablehlo.select ${condition}, ${then}, ${otherwise} : ${truth}, ${typeText(to)}`);
    const inside = body.line(`stablehlo.convert ${name} : (${from}) -> ${typeText(to)}`);
    const notAbove = choose(is("GE", filled(bounds.high, x.type)), filled(bounds.most, to), inside);
    const within = choose(is("LE", filled(bounds.low, x.type)), filled(bounds.least, to), notAbove);
    return [choose(is("NE", name), filled(0, to), within)];
  },
};
