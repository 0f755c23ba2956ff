// The functions of a module that stand for operations which StableHLO has not got: one for each different one. Each says
// in an attribute which operation it is, in the words of the IR's own text.

import {
  type AnyOp,
  type Func,
  type Op,
  type OpName,
  parse,
  print,
  TextFormError,
  type Value,
} from "@netwright/ir";
import { HELPER } from "./names.ts";
import type { Saying } from "./read-module.ts";

export interface Helper {
  readonly symbol: string;
  /** `convert(%0) {dtype = i32} : tensor<3xi32>` */
  readonly says: string;
  readonly op: AnyOp;
}

export class Helpers {
  readonly #byWords = new Map<string, Helper>();

  /** In order of their first use; grows while they are read. */
  get all(): Iterable<Helper> {
    return this.#byWords.values();
  }

  symbolFor<K extends OpName>(op: Op<K>): string {
    const { words, says, alone } = standalone(op);
    const known = this.#byWords.get(words);
    if (known !== undefined) return known.symbol;
    const symbol = `${HELPER}${op.name}.${this.#byWords.size}`;
    this.#byWords.set(words, { symbol, says, op: alone });
    return symbol;
  }
}

/** The operation on parameters of a function of its own; `words` tell it from all others. */
function standalone(op: Pick<AnyOp, "name" | "operands" | "results" | "attributes">) {
  const operands = op.operands.map(({ type }, id): Value => ({ id, type }));
  const results = op.results.map(({ type }, i): Value => ({ id: operands.length + i, type }));
  // The operation itself, on other values of its types.
  const alone = { name: op.name, attributes: op.attributes, operands, results } as AnyOp;
  const words = print(programOf({ operands, results, body: [alone] }));
  const line = words.split("\n").find((text) => text.includes(` = ${op.name}(`)) ?? "";
  return { words, says: line.slice(line.indexOf(" = ") + 3), alone };
}

interface Parts {
  readonly operands: readonly Value[];
  readonly results: readonly Value[];
  readonly body: readonly AnyOp[];
}

function programOf({ operands, results, body }: Parts) {
  const func: Func = {
    name: "operation",
    kind: "composite",
    batch: 0,
    reads: [],
    writes: [],
    parameters: operands.map((value, i) => ({ name: `operand_${i}`, value })),
    results: results.map((value, i) => ({ name: `result_${i}`, value })),
    body,
  };
  return { name: "operation", state: [], functions: [func] };
}

/** The operation that a helper says it is; undefined where it says none. */
export function readSaying({ says, operands, results }: Saying): AnyOp | undefined {
  const names = Array.from({ length: results }, (_, i) => `%${operands.length + i}`);
  const text = [
    "program operation {",
    "func composite operation batch 0 {",
    ...operands.map((type, i) => `%${i} = parameter operand_${i} : ${type}`),
    `${names.join(", ")} = ${says}`,
    ...names.map((name, i) => `result result_${i} = ${name}`),
    "}",
    "}",
  ];
  try {
    return parse(text.join("\n")).functions[0]?.body[0];
  } catch (error) {
    if (error instanceof TextFormError) return undefined;
    throw error;
  }
}
