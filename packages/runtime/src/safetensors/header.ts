// The JSON header of a safetensors file, checked entry by entry.

import { isObject, oneLine, quote, shorten } from "@netwright/definitions";
import { fail, type Outcome, problem, type RuntimeProblem, succeed } from "../problem/problem.ts";
import { ELEMENT_BYTES, isStoredType, METADATA_KEY, type StoredType, storedTypes } from "./format.ts";

/** One tensor of the header; `begin` and `end` count bytes from the end of the header. */
export interface HeaderEntry {
  readonly name: string;
  readonly type: StoredType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  readonly entries: readonly HeaderEntry[];
  readonly metadata: Readonly<Record<string, string>>;
}

export const MOST_PROBLEMS = 5;

export function parseHeader(bytes: Uint8Array, file: string): Outcome<Header> {
  const json = parseJson(bytes);
  if (!isObject(json)) {
    const found = json === undefined ? "is not JSON in UTF-8" : "is not a JSON object";
    return fail(
      problem("NW0823", `The header of \`${file}\` ${found}.`, "It is probably not a safetensors file."),
    );
  }
  const problems: RuntimeProblem[] = [];
  const entries: HeaderEntry[] = [];
  let metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(json)) {
    if (name === METADATA_KEY) {
      if (isTextRecord(value)) metadata = value;
      else problems.push(problem("NW0823", `\`${METADATA_KEY}\` of \`${file}\` must map names to texts.`));
      continue;
    }
    const entry = parseEntry(name, value, file);
    if ("code" in entry) problems.push(entry);
    else entries.push(entry);
    // The first ones say what kind of file it is.
    if (problems.length === MOST_PROBLEMS) break;
  }
  return problems.length > 0 ? fail(...problems) : succeed({ entries, metadata });
}

function parseEntry(name: string, value: unknown, file: string): HeaderEntry | RuntimeProblem {
  const invalid = (detail: string) =>
    problem("NW0823", `In \`${file}\` the tensor ${quote(name)} ${detail}.`);
  if (!isObject(value)) return invalid("is not described by a JSON object");
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== "string") return invalid("has no `dtype`");
  if (!isStoredType(dtype)) {
    const known = Object.keys(storedTypes).join(", ");
    return problem(
      "NW0825",
      `In \`${file}\` the tensor ${quote(name)} has the type ${oneLine(dtype)}; known are ${known}.`,
    );
  }
  if (!isSizes(shape)) return invalid("has no `shape` of whole numbers");
  if (!isSizes(offsets)) return invalid("has no `data_offsets` of whole numbers");
  const [begin, end] = offsets;
  if (begin === undefined || end === undefined || offsets.length !== 2 || begin > end) {
    return invalid("must have `data_offsets` of two numbers in rising order");
  }
  const size = shape.reduce((product, n) => product * n, 1) * ELEMENT_BYTES;
  if (end - begin !== size) {
    return invalid(`has ${end - begin} bytes, and its shape [${shorten(shape.join(", "))}] needs ${size}`);
  }
  return { name, type: dtype, shape, begin, end };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function isTextRecord(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((text) => typeof text === "string");
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}
