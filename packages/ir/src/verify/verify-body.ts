// Rules within one function: definitions and uses of values, and the types of each operation. The
// constraints of the operations themselves stand in `ops`, each with its label.
//
// - func_c1: a value is defined once
// - func_c2: an operand or a result of the function is defined above
// - func_c3: a use has the type of the definition
// - func_c4: types of values exist: a known element type, dimensions that are integers from 0
// - operation_c1: the operation is one of the IR
// - operand_count: as many operands as the operation takes
// - result_count: as many results as the operation has
// - result_type: results have the types that follow from operands and attributes
// - attribute_c1, attribute_c2: see `attribute-problems.ts`

import type { AnyOp, Func, Value } from "../core/program.ts";
import { formatType, sameType, type TensorType } from "../core/types.ts";
import { ConstraintError, type OpDefinition } from "../ops/definition.ts";
import { isTensorType } from "../ops/fields.ts";
import { type Attributes, isOpName, type OpName, ops } from "../ops/table.ts";
import { attributeProblems } from "./attribute-problems.ts";
import type { VerifyProblem } from "./problem.ts";

type Report = (constraint: string, message: string) => void;

export function verifyBody(func: Func): readonly VerifyProblem[] {
  const problems: VerifyProblem[] = [];
  const types = new Map<number, TensorType>();

  const define = (value: Value, report: Report): void => {
    if (types.has(value.id)) report("func_c1", `value ${value.id} is defined twice`);
    if (!isTensorType(value.type)) report("func_c4", `value ${value.id} has no valid type`);
    types.set(value.id, value.type);
  };
  const use = ({ id, type }: Value, report: Report): void => {
    const defined = types.get(id);
    if (defined === undefined) {
      report("func_c2", `value ${id} is not defined above`);
    } else if (!isTensorType(type)) {
      report("func_c4", `value ${id} is used with no valid type`);
    } else if (isTensorType(defined) && !sameType(defined, type)) {
      report("func_c3", `value ${id} is defined as ${formatType(defined)} and used as ${formatType(type)}`);
    }
  };

  const inSignature: Report = (constraint, message) => {
    problems.push({ constraint, func: func.name, message });
  };
  for (const { value } of func.parameters) define(value, inSignature);
  func.body.forEach((op, index) => {
    const report: Report = (constraint, message) => {
      problems.push({ constraint, func: func.name, op: index, message: `${op.name}: ${message}` });
    };
    const before = problems.length;
    for (const value of op.operands) use(value, report);
    // To the types there is no other operation, but a program may be of a newer version, or built by hand.
    if (isOpName(op.name)) {
      for (const { constraint, message } of attributeProblems(op)) report(constraint, message);
    } else report("operation_c1", "there is no such operation");
    // With wrong operands or attributes the constraints would speak of what is not there.
    if (problems.length === before) verifyTypes(op, report);
    for (const value of op.results) define(value, report);
  });
  for (const { value } of func.results) use(value, inSignature);
  return problems;
}

function verifyTypes(op: AnyOp, report: Report): void {
  const { operands } = ops[op.name];
  const count = op.operands.length;
  if (operands === "variadic" ? count === 0 : count !== operands) {
    const expected = operands === "variadic" ? "at least one operand" : `${operands} operands`;
    report("operand_count", `takes ${expected}, has ${count}`);
    return;
  }
  const inferred = inferTypes(op, report);
  if (inferred === undefined) return;
  if (inferred.length !== op.results.length) {
    report("result_count", `has ${inferred.length} results, ${op.results.length} are recorded`);
    return;
  }
  inferred.forEach((type, i) => {
    const recorded = op.results[i]?.type;
    if (!isTensorType(recorded) || sameType(recorded, type)) return;
    report("result_type", `result ${i} is ${formatType(type)}, recorded is ${formatType(recorded)}`);
  });
}

function inferTypes(op: AnyOp, report: Report): readonly TensorType[] | undefined {
  try {
    return infer(op.name, op);
  } catch (error) {
    if (!(error instanceof ConstraintError)) throw error;
    report(error.constraint, error.message.replace(`${error.constraint}: `, ""));
    return undefined;
  }
}

/** The name is given apart, so that definition and attributes are known to belong together. */
function infer<K extends OpName>(
  name: K,
  op: { readonly operands: readonly Value[]; readonly attributes: Attributes[K] },
): readonly TensorType[] {
  const definition: OpDefinition<Attributes[K]> = ops[name];
  return definition.infer(
    op.operands.map(({ type }) => type),
    op.attributes,
  );
}
