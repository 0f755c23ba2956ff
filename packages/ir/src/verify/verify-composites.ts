// Rules between composite operations and the functions that define them.
//
// - composite_c1: the decomposition is a function of the program of kind `composite`
// - composite_c2: the operands have the types of its parameters
// - composite_c3: `types` are the types of its results
// - scan_c4: the body is a function of the program of kind `composite`
// - scan_c5: it takes and gives the types that the operands and `types` ask for
// - composite_c4: no composite function calls itself, directly or through others
//
// composite_c5, the form of the name, is one of the operation: see `ops/composite.ts`.

import { compositeOrder } from "../core/composite-order.ts";
import type { Func, Op, Program } from "../core/program.ts";
import { formatType, sameType, type TensorType } from "../core/types.ts";
import { isTensorType } from "../ops/fields.ts";
import { bodyTypes } from "../ops/scan.ts";
import { attributeProblems } from "./attribute-problems.ts";
import type { VerifyProblem } from "./problem.ts";

export function verifyComposites(program: Program): readonly VerifyProblem[] {
  const byName = new Map(program.functions.map((func) => [func.name, func]));
  const problems: VerifyProblem[] = [];
  for (const func of program.functions) {
    func.body.forEach((op, index) => {
      if (op.name !== "composite" && op.name !== "scan") return;
      // What is wrong with them is said already, and there is nothing to compare.
      if (attributeProblems(op).length > 0) return;
      const found = op.name === "composite" ? verifyCall(op, byName) : verifyScan(op, byName);
      for (const [constraint, message] of found) {
        problems.push({ constraint, func: func.name, op: index, message });
      }
    });
  }
  for (const { name } of compositeOrder(program).recursive) {
    problems.push({ constraint: "composite_c4", func: name, message: `${name} calls itself` });
  }
  return problems;
}

function verifyCall(
  { operands, attributes: { composite, decomposition, types } }: Op<"composite">,
  byName: ReadonlyMap<string, Func>,
): readonly (readonly [constraint: string, message: string])[] {
  const func = byName.get(decomposition);
  if (func?.kind !== "composite") {
    const found = func === undefined ? "not in the program" : `a function of kind ${func.kind}`;
    return [["composite_c1", `the decomposition ${decomposition} of ${composite} is ${found}`]];
  }
  const lists = [
    ["composite_c2", "operands", operands.map(({ type }) => type), func.parameters],
    ["composite_c3", "types", types, func.results],
  ] as const;
  return lists.flatMap(([constraint, what, found, named]) => {
    const expected = named.map(({ value }) => value.type);
    if (sameTypes(found, expected)) return [];
    const message = `${what} are ${formatTypes(found)}, ${decomposition} has ${formatTypes(expected)}`;
    return [[constraint, message] as const];
  });
}

function verifyScan(
  { operands, attributes }: Op<"scan">,
  byName: ReadonlyMap<string, Func>,
): readonly (readonly [constraint: string, message: string])[] {
  const func = byName.get(attributes.body);
  if (func?.kind !== "composite") {
    const found = func === undefined ? "not in the program" : `a function of kind ${func.kind}`;
    return [["scan_c4", `the body ${attributes.body} is ${found}`]];
  }
  const types = operands.map(({ type }) => type);
  if (![...types, ...attributes.types].every(isTensorType)) return [];
  const { parameters, results } = bodyTypes(types, attributes);
  const lists = [
    ["takes", parameters, func.parameters],
    ["gives", results, func.results],
  ] as const;
  return lists.flatMap(([what, expected, named]) => {
    const found = named.map(({ value }) => value.type);
    if (sameTypes(found, expected)) return [];
    const message = `${attributes.body} ${what} ${formatTypes(found)}, a step ${formatTypes(expected)}`;
    return [["scan_c5", message] as const];
  });
}

function sameTypes(a: readonly TensorType[], b: readonly TensorType[]): boolean {
  return (
    a.length === b.length &&
    a.every((type, i) => {
      const other = b[i];
      return isTensorType(type) && other !== undefined && sameType(type, other);
    })
  );
}

function formatTypes(types: readonly TensorType[]): string {
  return `(${types.map((type) => (isTensorType(type) ? formatType(type) : "no type")).join(", ")})`;
}
