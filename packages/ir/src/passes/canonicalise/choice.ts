// Identities of compare, select and convert. All move or keep whole values, so bits stay.

import type { Direction } from "../../ops/elementwise.ts";
import { splatOf } from "../literal.ts";
import type { Rule, Rules } from "../rewrite.ts";

const MIRRORED: { readonly [K in Direction]: Direction } = {
  EQ: "EQ",
  NE: "NE",
  GE: "LE",
  GT: "LT",
  LE: "GE",
  LT: "GT",
};

/** A constant stands second; the direction is mirrored, which is right for NaN: both are false, or NE true. */
const compareConstantSecond: Rule<"compare"> = ({ operands: [x, y], attributes }, rewriter) => {
  if (x === undefined || y === undefined) return undefined;
  if (rewriter.definition(x)?.name !== "constant" || rewriter.definition(y)?.name === "constant") {
    return undefined;
  }
  return rewriter.emit("compare", [y, x], { direction: MIRRORED[attributes.direction] });
};

/** Equal branches, a predicate that is one truth value everywhere, a predicate that is a `not`. */
const selectBranch: Rule<"select"> = ({ operands: [predicate, onTrue, onFalse] }, rewriter) => {
  if (predicate === undefined || onTrue === undefined || onFalse === undefined) return undefined;
  if (onTrue.id === onFalse.id) return onTrue;
  const truth = splatOf(predicate, rewriter);
  if (truth !== undefined) return truth === 1 ? onTrue : onFalse;
  const op = rewriter.definition(predicate);
  const [inner] = op?.operands ?? [];
  if (op?.name !== "not" || inner === undefined) return undefined;
  return rewriter.emit("select", [inner, onFalse, onTrue], {});
};

/** To the same type; and after a conversion of pred, whose 0 and 1 every element type holds. */
const convertDirectly: Rule<"convert"> = ({ operands: [x], attributes: { dtype } }, rewriter) => {
  if (x === undefined || x.type.dtype === dtype) return x;
  const op = rewriter.definition(x);
  const [inner] = op?.operands ?? [];
  if (op?.name !== "convert" || inner?.type.dtype !== "pred") return undefined;
  return dtype === "pred" ? inner : rewriter.emit("convert", [inner], { dtype });
};

export const choiceRules: Rules = {
  compare: compareConstantSecond,
  select: selectBranch,
  convert: convertDirectly,
};
