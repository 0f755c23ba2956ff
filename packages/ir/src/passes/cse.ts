// cse, common subexpression elimination: of operations with equal name, attributes and operands the first is
// kept, with its origin. All operations are pure, random bits too: they are a function of their state.

import { type AnyOp, type Func, mapFuncs, type Program, type Value } from "../core/program.ts";
import { formatAttributes } from "../text/format.ts";
import { substitute, withOperands } from "./rewrite.ts";

export function cse(program: Program): Program {
  return mapFuncs(program, eliminate);
}

function eliminate(func: Func): Func {
  const replaced = new Map<number, Value>();
  const known = new Map<string, AnyOp>();
  const body: AnyOp[] = [];
  for (const original of func.body) {
    const op = withOperands(original, replaced);
    // The text tells -0 from 0 and spells NaN. Result types follow from the rest.
    const key = `${op.name}(${op.operands.map(({ id }) => id)})${formatAttributes(op)}`;
    const earlier = known.get(key);
    if (earlier === undefined) {
      known.set(key, op);
      body.push(op);
      continue;
    }
    earlier.results.forEach((kept, i) => {
      const dropped = op.results[i];
      if (dropped !== undefined) replaced.set(dropped.id, kept);
    });
  }
  return body.length === func.body.length ? func : { ...func, body, results: substitute(func, replaced) };
}
