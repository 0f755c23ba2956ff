// Runs a pass on one function in text form and gives the body that is left, for golden tests.

import { dce, type FuncKind, type Program, print, verify } from "@netwright/ir";
import { programOf } from "./one-op.ts";

/** The text of a constant, without the value that it defines. */
export function constant(type: string, values: string): string {
  return `constant() {type = tensor<${type}>, values = [${values}]} : tensor<${type}>`;
}

/** Short for constants: `%1 = 2xf32 [0]`. Other lines stay as they are. */
export function expand(line: string): string {
  const [, name, type, values] = /^(%\d+) = (\S+) \[(.*)\]$/.exec(line) ?? [];
  return name === undefined || type === undefined || values === undefined
    ? line
    : `${name} = ${constant(type, values)}`;
}

function ofKind(program: Program, kind: FuncKind): Program {
  return { ...program, functions: program.functions.map((func) => ({ ...func, kind })) };
}

/** The operations and results after the pass and removal of what is dead, numbered afresh. */
export function afterPass(
  pass: (program: Program) => Program,
  parameters: readonly string[],
  lines: readonly string[],
): readonly string[] {
  // As a trace the function is an entry, which dce keeps; as a composite its signature is free.
  const program = dce(pass(ofKind(programOf(parameters, lines.map(expand)), "trace")));
  const problems = verify(ofKind(program, "composite"));
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join("\n"));
  const printed = print(program)
    .split("\n")
    .map((line) => line.trim());
  return printed.filter((line) => / = (?!parameter )/.test(line));
}
