// inline: `expand` of composites alone. Derived operations stay, and with them the bodies of scans.

import type { Op, Program } from "../core/program.ts";
import { expand } from "./expand.ts";

/**
 * `keeps` says which composites a backend runs itself: those stay, with their decompositions dropped all the same.
 *
 * @throws ConstraintError for recursion or a missing decomposition, which `verify` reports.
 */
export function inline(program: Program, keeps: (op: Op<"composite">) => boolean = () => false): Program {
  const expanded = expand(program, (op) => op.name !== "composite" || keeps(op));
  const bodies = new Set(
    expanded.functions.flatMap(({ body }) =>
      body.flatMap((op) => (op.name === "scan" ? op.attributes.body : [])),
    ),
  );
  const functions = expanded.functions.filter(({ kind, name }) => kind !== "composite" || bodies.has(name));
  return { ...expanded, functions };
}
