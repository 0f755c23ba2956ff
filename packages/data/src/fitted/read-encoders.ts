// Fitted encoders to JSON and back. What is read is checked in full: a bundle may have been edited or damaged.

import { quote } from "@netwright/definitions";
import type { MissingRule } from "../missing/policy.ts";
import { missingPolicies } from "../missing/table.ts";
import { encoders } from "../preprocess/encoders.ts";
import { isFiniteNumber } from "../preprocess/is-finite-number.ts";
import { type DataProblem, error } from "../problem/problem.ts";
import type { NumberContract, WordContract } from "./contract.ts";
import {
  ENCODERS_FORMAT,
  ENCODERS_VERSION,
  type FittedColumn,
  type FittedEncoders,
  fittedEncoders,
  type SeenValues,
  type SeenWords,
} from "./fitted-encoders.ts";

export type EncodersResult =
  | { readonly encoders: FittedEncoders }
  | { readonly problems: readonly DataProblem[] };

/** One line of JSON. Numbers survive exactly: JSON writes the shortest text that reads back as the same. */
export function writeEncoders(encoders: FittedEncoders): string {
  return JSON.stringify(encoders);
}

/** The text that `writeEncoders` gave. */
export function readEncoders(text: string): EncodersResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problems: [unreadable("they are not valid JSON")] };
  }
  return checkEncoders(value);
}

/** The same for a value that is parsed already, as part of a larger document. */
export function checkEncoders(value: unknown): EncodersResult {
  if (!isObject(value) || value["format"] !== ENCODERS_FORMAT) {
    return { problems: [unreadable(`they do not say \`"format": "${ENCODERS_FORMAT}"\``)] };
  }
  const { version } = value;
  if (typeof version === "number" && version > ENCODERS_VERSION) {
    const message = `The saved encoders have version ${version}; this release reads up to version ${ENCODERS_VERSION}.`;
    return {
      problems: [
        error("NW0661", message, { notes: ["Use the release that saved the model, or a newer one."] }),
      ],
    };
  }
  if (version !== 1 && version !== ENCODERS_VERSION)
    return { problems: [unreadable("their version is not a number that exists")] };
  const features = readColumns(value["features"], "features", version);
  const target = readColumns(value["target"], "target", version);
  const { unused = [] } = value;
  const problems = [...features.problems, ...target.problems];
  if (!isListOfText(unused)) problems.push(unreadable("`unused` is not a list of names"));
  if (problems.length > 0 || !isListOfText(unused)) return { problems };
  return { encoders: fittedEncoders(features.columns, target.columns, unused) };
}

function readColumns(
  value: unknown,
  key: "features" | "target",
  version: number,
): { columns: FittedColumn[]; problems: DataProblem[] } {
  const columns: FittedColumn[] = [];
  const problems: DataProblem[] = [];
  if (!Array.isArray(value) || value.length === 0) {
    return { columns, problems: [unreadable(`\`${key}\` is not a list of columns`)] };
  }
  for (const [i, item] of value.entries()) {
    const column = readColumn(item, version);
    if (typeof column === "string") problems.push(unreadable(`${key}[${i}]: ${column}`));
    else columns.push(column);
  }
  const names = columns.map((column) => column.name);
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined) problems.push(unreadable(`\`${key}\` has column ${quote(repeated)} twice`));
  return { columns, problems };
}

/** The column, or what is wrong with it. */
function readColumn(value: unknown, version: number): FittedColumn | string {
  if (!isObject(value)) return "not an object";
  const { name, encoder, params } = value;
  const kind = version === 1 ? "number" : value["kind"];
  if (typeof name !== "string" || name === "") return "no `name`";
  if (typeof encoder !== "string" || !isObject(params)) return "no `encoder` with `params`";
  const coding = encoders.get(encoder)?.open(params);
  if (coding == null || coding.takes !== kind)
    return `unknown encoder ${quote(encoder)}, or its parameters are damaged`;
  const missing = readMissing(value["missing"]);
  if (missing === null) return "`missing` is damaged";
  const common = { name, encoder, params, missing };
  if (coding.takes === "words") {
    const contract = readWordContract(value["contract"]);
    if (contract === null) return "`contract` is damaged";
    const { seen } = value;
    if (seen !== undefined && !isSeenWords(seen, coding.words.length)) return "`seen` is damaged";
    return { kind: "words", ...common, contract, ...(seen === undefined ? {} : { seen }) };
  }
  const contract = readNumberContract(value["contract"]);
  if (contract === null) return "`contract` is damaged";
  const { seen } = value;
  if (seen !== undefined && !isSeen(seen)) return "`seen` is damaged";
  return { kind: "number", ...common, contract, ...(seen === undefined ? {} : { seen }) };
}

function readMissing(value: unknown): MissingRule | null {
  if (!isObject(value)) return null;
  const { policy, fill } = value;
  const known = typeof policy === "string" ? missingPolicies.get(policy) : undefined;
  if (known === undefined || !isNumberOrNull(fill)) return null;
  return (fill !== null) === (known.fill !== null) ? { policy: known.name, fill } : null;
}

function readNumberContract(value: unknown): NumberContract | null {
  if (!isObject(value)) return null;
  const { unit, min, max } = value;
  if (unit !== null && typeof unit !== "string") return null;
  return isNumberOrNull(min) && isNumberOrNull(max) ? { unit, min, max } : null;
}

function readWordContract(value: unknown): WordContract | null {
  if (!isObject(value)) return null;
  const { values } = value;
  return values === null || isListOfText(values) ? { values } : null;
}

function isSeen(value: unknown): value is SeenValues {
  if (!isObject(value)) return false;
  const { min, max, mean } = value;
  return [min, max, mean].every(Number.isFinite) && Number(min) <= Number(max);
}

function isSeenWords(value: unknown, words: number): value is SeenWords {
  if (!isObject(value)) return false;
  const { counts } = value;
  return (
    Array.isArray(counts) &&
    counts.length === words &&
    counts.every((count) => Number.isSafeInteger(count) && count >= 0) &&
    counts.some((count) => count > 0)
  );
}

function isListOfText(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumberOrNull(value: unknown): value is number | null {
  return value === null || isFiniteNumber(value);
}

function unreadable(why: string): DataProblem {
  return error("NW0660", `The saved encoders cannot be read: ${why}.`, {
    notes: ["The file may have been changed or cut short; train again, or restore it from a copy."],
  });
}
