// Program -> text form, which `parse.ts` reads back. One operation a line, words and meaning of StableHLO:
//
//   program concrete {
//     state weight dense_1.kernel : tensor<8x512xf32>
//
//     func predict predict_128 batch 128 {
//       %0 = state dense_1.kernel : tensor<8x512xf32>
//       %1 = parameter x : tensor<128x8xf32>
//       %2 = dot_general(%1, %0) {lhsBatching = [], ..., rhsContracting = [0]} : tensor<128x512xf32>
//       result prediction = %2
//     }
//   }

import type { AnyOp, Func, Program, StateVariable, Value } from "../core/program.ts";
import { formatType } from "../core/types.ts";
import { formatAttributes, formatName } from "./format.ts";

/**
 * Values are numbered afresh in each function, in order of the text, and origins are left out: programs of
 * equal structure print the same text, and its hash is the hash of the program.
 */
export function print(program: Program): string {
  const lines = [
    `program ${formatName(program.name)} ${program.numerics === undefined ? "" : `numerics ${program.numerics} `}{`,
    ...program.state.map((variable) => `  ${printState(variable)}`),
    ...program.functions.flatMap((func, i) => [
      ...(i > 0 || program.state.length > 0 ? [""] : []),
      ...printFunction(func).map((line) => `  ${line}`),
    ]),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

function printState({ role, name, type }: StateVariable): string {
  return `state ${role} ${formatName(name)} : ${formatType(type)}`;
}

function printFunction(func: Func): readonly string[] {
  const numbers = new Map<number, number>();
  let next = 0;
  const define = (value: Value): string => {
    numbers.set(value.id, next);
    return `%${next++}`;
  };
  // A broken program prints too, for whoever looks for the fault; the question mark does not parse.
  const use = (value: Value): string => `%${numbers.get(value.id) ?? `?${value.id}`}`;

  const printOp = (op: AnyOp): string => {
    // Operands first: a definition that they miss is not yet made.
    const call = `${op.name}(${op.operands.map(use).join(", ")})${formatAttributes(op)}`;
    if (op.results.length === 0) return call;
    const types = op.results.map(({ type }) => formatType(type)).join(", ");
    return `${op.results.map(define).join(", ")} = ${call} : ${types}`;
  };
  const { reads, writes } = func;
  return [
    `func ${func.kind} ${formatName(func.name)} batch ${func.batch} {`,
    ...func.parameters.map(({ name, value }, i) => {
      const what = i < reads.length ? "state" : "parameter";
      return `  ${define(value)} = ${what} ${formatName(name)} : ${formatType(value.type)}`;
    }),
    ...func.body.map((op) => `  ${printOp(op)}`),
    ...func.results.map(({ name, value }, i) => {
      const what = i < writes.length ? "state" : "result";
      return `  ${what} ${formatName(name)} = ${use(value)}`;
    }),
    "}",
  ];
}
