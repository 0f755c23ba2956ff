// The text of a module -> its functions, as lines under their names, parameters and results.

import { type FuncKind, formatType, type StateRole, saved, type TensorType } from "@netwright/ir";
import { behind } from "./behind.ts";
import { devicesIn } from "./devices.ts";
import { readName, readString } from "./names.ts";
import { StablehloError } from "./stablehlo-error.ts";
import { readTypes } from "./types.ts";

/** A parameter or a result, with what is written beside it. */
export interface Marked {
  readonly name: string;
  readonly type: TensorType;
  /** Of state. */
  readonly role: StateRole | undefined;
  readonly isAliased: boolean;
}

export interface Source {
  readonly symbol: string;
  readonly parameters: readonly Marked[];
  readonly results: readonly Marked[];
  /** Of its body, and the number of the first. */
  readonly lines: readonly string[];
  readonly firstLine: number;
}

/** What a function that stands for an operation says that it is, in the words of the IR's own text. */
export interface Saying {
  readonly says: string;
  readonly operands: readonly string[];
  readonly results: number;
}

export interface ModuleText {
  readonly name: string;
  readonly main: { readonly name: string; readonly kind: FuncKind; readonly batch: number };
  readonly devices: number;
  readonly functions: readonly Source[];
  /** By symbol. */
  readonly sayings: ReadonlyMap<string, Saying>;
}

const QUOTED = '"[^"]*"';
const SYMBOL = String.raw`@([\w$.]+|"[^"]*")`;
const MODULE = new RegExp(
  `^module ${SYMBOL} attributes \\{netwright\\.batch = (\\d+) : i64, netwright\\.kind = (${QUOTED}), netwright\\.name = (${QUOTED})\\} \\{$`,
);
const FUNCTION = new RegExp(`^ {2}func\\.func (?:public|private) ${SYMBOL}\\(`);
const OPENING = /^ {2}\S.*\{$/;
const SAYING = new RegExp(`attributes \\{netwright\\.op = (${QUOTED})\\} \\{$`);

const KINDS: Readonly<Record<Exclude<FuncKind, "composite">, true>> = {
  init: true,
  step: true,
  accumulate: true,
  predict: true,
  evaluate: true,
  trace: true,
};

function isKind(text: string): text is keyof typeof KINDS {
  return Object.hasOwn(KINDS, text);
}

function isRole(text: string | undefined): text is StateRole {
  return text !== undefined && Object.hasOwn(saved, text);
}

export function fail(message: string, line: number): never {
  throw new StablehloError(message, line);
}

/** @throws StablehloError */
export function readModule(lines: readonly string[]): ModuleText {
  const head = MODULE.exec(lines[0] ?? "") ?? fail("it does not begin as a module of Netwright does", 1);
  const [, name = "", batch = "", quotedKind = "", quotedName = ""] = head;
  const kind = readString(quotedKind);
  if (!isKind(kind)) return fail(`there is no function of kind ${kind}`, 1);
  const functions: Source[] = [];
  const sayings = new Map<string, Saying>();
  const devices = devicesIn(lines[1]);
  let next = devices === undefined ? 1 : 2;
  while (next < lines.length && lines[next] !== "}") {
    const start = next;
    const opening = find(lines, start, (line) => OPENING.test(line), "a function without a body");
    const end = find(lines, opening, (line) => line === "  }", "a function without an end");
    const symbol = FUNCTION.exec(lines[start] ?? "")?.[1] ?? fail("a function was expected", start + 1);
    const parts = lines.slice(start, opening + 1).map((line, i) => partOf(line, start + i + 1));
    const parameters = parts.flatMap((part) => (part?.isParameter === true ? [part] : []));
    const results = parts.flatMap((part) => (part?.isParameter === false ? [part] : []));
    const saying = SAYING.exec(lines[opening] ?? "")?.[1];
    if (saying === undefined) {
      const body = { lines: lines.slice(opening + 1, end), firstLine: opening + 2 };
      functions.push({ symbol: readName(symbol), parameters, results, ...body });
    } else {
      const operands = parameters.map(({ type }) => formatType(type));
      sayings.set(readName(symbol), { says: readString(saying), operands, results: results.length });
    }
    next = end + 1;
  }
  return {
    name: readName(name),
    main: { name: readString(quotedName), kind, batch: Number(batch) },
    devices: devices ?? 1,
    functions,
    sayings,
  };
}

function find(
  lines: readonly string[],
  start: number,
  is: (line: string) => boolean,
  absent: string,
): number {
  const found = lines.findIndex((line, i) => i >= start && is(line));
  return found < 0 ? fail(absent, start + 1) : found;
}

const PART = /^ {4}(%arg\d+: )?(tensor<[^>]*>)(?: \{(.*)\})?,?$/;

/** A parameter or a result in a line of its own; undefined for the lines around them. */
function partOf(line: string, number: number): (Marked & { readonly isParameter: boolean }) | undefined {
  const [whole, parameter, typeWords = "", marks = ""] = PART.exec(line) ?? [];
  if (whole === undefined) return undefined;
  const [type] = readTypes(typeWords);
  if (type === undefined) return fail(`${typeWords} is no type of the IR`, number);
  const quoted = (key: string) => /^"[^"]*"/.exec(behind(marks, `netwright.${key}`) ?? "")?.[0];
  const role = quoted("state");
  const word = role === undefined ? undefined : readString(role);
  if (word !== undefined && !isRole(word)) return fail(`state has no role ${word}`, number);
  return {
    isParameter: parameter !== undefined,
    name: readString(quoted("name") ?? '""'),
    type,
    role: word,
    isAliased: marks.includes("tf.aliasing_output"),
  };
}
