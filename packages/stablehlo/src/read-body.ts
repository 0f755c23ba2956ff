// The lines of a function -> operations. Each line is a whole operation; what it calls and has in regions is behind its
// mnemonic.

import type { AnyOp, OpName, TensorType, Value } from "@netwright/ir";
import { isOpName } from "@netwright/ir";
import { forms } from "./forms/table.ts";
import { readSaying } from "./helpers.ts";
import { readName } from "./names.ts";
import { fail, type Saying, type Source } from "./read-module.ts";
import { readTypes } from "./types.ts";

export interface Body {
  readonly ops: readonly AnyOp[];
  readonly parameters: readonly Value[];
  readonly results: readonly Value[];
}

const RESULT = /^(%[\w.]+)(?::(\d+))? = /;
const MNEMONIC = /^"?([\w.]+)"?/;
const NAMES = /%[\w.]+(?:#\d+)?/g;
const CALL = /^ @([\w$.]+|"[^"]*")\(/;

const byMnemonic: ReadonlyMap<string, OpName> = new Map(
  Object.entries(forms).flatMap(([name, { written }]) =>
    isOpName(name) && written !== undefined ? [[written.mnemonic, name] as const] : [],
  ),
);

/** @throws StablehloError */
export function readBody(
  { parameters, lines, firstLine }: Source,
  sayings: ReadonlyMap<string, Saying>,
): Body {
  const values = new Map<string, Value>();
  // Constants that belong to the operation after them.
  const initials = new Set<string>();
  const define = (name: string, type: TensorType): Value => {
    const value = { id: values.size, type };
    values.set(name, value);
    return value;
  };
  const taken = parameters.map(({ type }, i) => define(`%arg${i}`, type));
  const ops: AnyOp[] = [];
  let results: readonly Value[] = [];
  lines.forEach((line, i) => {
    const number = firstLine + i;
    const text = line.trimStart();
    const valuesIn = (words: string) =>
      (words.match(NAMES) ?? [])
        .filter((name) => !initials.has(name))
        .map((name) => values.get(name) ?? fail(`${name} is not defined above`, number));
    if (text.startsWith("return")) {
      results = valuesIn(text);
      return;
    }
    const [prefix = "", name = "", count] = RESULT.exec(text) ?? [];
    if (name.startsWith("%init")) {
      initials.add(name);
      return;
    }
    const { mnemonic, head, types } = partsOf(text.slice(prefix.length), Number(count ?? 1), number);
    const operands = valuesIn(head.split("({")[0] ?? "");
    const read = isCall(mnemonic)
      ? called(head, sayings, number)
      : attributesOf(mnemonic, head, types, number);
    const defined = types.map((type, at) => define(count === undefined ? name : `${name}#${at}`, type));
    // Attributes were read for the operation of that name; whether all fits is for the verifier.
    ops.push({ ...read, operands, results: defined } as AnyOp);
  });
  return { ops, parameters: taken, results };
}

function isCall(mnemonic: string): boolean {
  return mnemonic === "call";
}

/** What stands before the types, and the types of the results: those behind the arrow, or the last ones. */
function partsOf(text: string, results: number, line: number) {
  const colon = text.lastIndexOf(" : ");
  const mnemonic = MNEMONIC.exec(text);
  if (colon < 0 || mnemonic === null) return fail("an operation was expected", line);
  const [all = "", word = ""] = mnemonic;
  const signature = text.slice(colon + 3);
  const arrow = signature.lastIndexOf(" -> ");
  const found = readTypes(arrow < 0 ? signature : signature.slice(arrow + 4));
  const types = (arrow < 0 ? found.slice(-results) : found).map(
    (type) => type ?? fail(`${signature} is of no types of the IR`, line),
  );
  return { mnemonic: word, head: text.slice(all.length, colon), types };
}

function attributesOf(mnemonic: string, head: string, types: readonly TensorType[], line: number) {
  const name = byMnemonic.get(mnemonic);
  if (name === undefined) return fail(`${mnemonic} is no operation that Netwright writes`, line);
  const attributes = forms[name].written?.read(head, types);
  return attributes === undefined ? fail(`${mnemonic} lacks what it has to say`, line) : { name, attributes };
}

function called(head: string, sayings: ReadonlyMap<string, Saying>, line: number) {
  const symbol = readName(CALL.exec(head)?.[1] ?? "");
  const saying = sayings.get(symbol) ?? fail(`@${symbol} is no function that stands for an operation`, line);
  const op = readSaying(saying);
  if (op === undefined) return fail(`@${symbol} says no operation`, line);
  return { name: op.name, attributes: op.attributes };
}
