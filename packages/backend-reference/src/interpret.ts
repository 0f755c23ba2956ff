// Runs one function of a program: its operations in order, each by its kernel. This is the meaning of a
// program, which the tests of passes, gradients and other backends compare with.

import {
  ConstraintError,
  type Func,
  formatType,
  type Numerics,
  type Op,
  type OpName,
  type Program,
  sameType,
} from "@netwright/ir";
import type { Call } from "./kernels/kernel.ts";
import { kernels } from "./kernels/table.ts";
import type { Tensor } from "./tensor.ts";

/**
 * The results of `func`, in its order, for `inputs` in the order of its parameters. `program` holds the
 * decompositions that composites call. Inputs are not changed, but results may share their data.
 * @throws ConstraintError when number or types of the inputs do not fit, or a value or function is missing.
 */
export function interpret(program: Program, func: Func, inputs: readonly Tensor[]): Tensor[] {
  checkInputs(func, inputs);
  const values = new Map<number, Tensor>();
  func.parameters.forEach(({ value }, i) => {
    const input = inputs[i];
    if (input !== undefined) values.set(value.id, input);
  });
  const read = (id: number): Tensor => {
    const found = values.get(id);
    if (found === undefined)
      throw new ConstraintError("undefined_value", `%${id} is not defined in ${func.name}`);
    return found;
  };
  const call: Call = (name, operands) => interpret(program, funcNamed(program, name), operands);

  const dying = lastUses(func);
  func.body.forEach((op, position) => {
    const results = run(
      op,
      op.operands.map(({ id }) => read(id)),
      call,
      program.numerics ?? "separate",
    );
    op.results.forEach(({ id }, i) => {
      const result = results[i];
      if (result !== undefined) values.set(id, result);
    });
    for (const id of dying.get(position) ?? []) values.delete(id);
  });
  return func.results.map(({ value }) => read(value.id));
}

function run<K extends OpName>(
  op: Op<K>,
  operands: readonly Tensor[],
  call: Call,
  numerics: Numerics,
): readonly Tensor[] {
  const kernel = kernels[op.name];
  return kernel(
    operands,
    op.attributes,
    op.results.map(({ type }) => type),
    call,
    numerics,
  );
}

function checkInputs(func: Func, inputs: readonly Tensor[]): void {
  if (inputs.length !== func.parameters.length) {
    throw new ConstraintError(
      "input_count",
      `${func.name} takes ${func.parameters.length} inputs, got ${inputs.length}`,
    );
  }
  func.parameters.forEach(({ name, value }, i) => {
    const input = inputs[i];
    if (input !== undefined && !sameType(input.type, value.type)) {
      throw new ConstraintError(
        "input_type",
        `${func.name} takes ${formatType(value.type)} for ${name}, got ${formatType(input.type)}`,
      );
    }
  });
}

function funcNamed(program: Program, name: string): Func {
  const found = program.functions.find((func) => func.name === name);
  if (found === undefined)
    throw new ConstraintError("undefined_function", `${program.name} has no function ${name}`);
  return found;
}

/** For each position in the body the values that nothing after it reads, so that their memory can go. */
function lastUses(func: Func): ReadonlyMap<number, readonly number[]> {
  const last = new Map<number, number>();
  for (const { value } of func.parameters) last.set(value.id, 0);
  func.body.forEach((op, position) => {
    for (const { id } of [...op.results, ...op.operands]) last.set(id, position);
  });
  for (const { value } of func.results) last.delete(value.id);
  const dying = new Map<number, number[]>();
  for (const [id, position] of last) {
    const ids = dying.get(position);
    if (ids === undefined) dying.set(position, [id]);
    else ids.push(id);
  }
  return dying;
}
