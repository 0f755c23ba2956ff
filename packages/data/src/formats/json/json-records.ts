// Lines of JSON, or one JSON text, to records. A line is read by itself, so that a large file is never one text.

import { isObject } from "@netwright/definitions";
import type { ByteSource } from "../../scan/byte-source.ts";
import { CannotRead } from "../cannot-read.ts";

export type JsonRecord = Readonly<Record<string, unknown>>;

/** Calls `take` for each line that holds something; `line` counts from 1. It ends the reading by `false`. */
export function eachLine({ parts }: ByteSource, take: (text: string, line: number) => boolean): void {
  const decoder = new TextDecoder("utf-8");
  // Of a line that goes through many parts, put together once, at its end.
  let begun: string[] = [];
  let line = 0;
  for (const part of parts()) {
    const text = decoder.decode(part, { stream: true });
    let start = 0;
    for (let end = text.indexOf("\n", start); end >= 0; end = text.indexOf("\n", start)) {
      line++;
      const own = begun.join("") + text.slice(start, end);
      begun = [];
      if (own.trim() !== "" && !take(own, line)) return;
      start = end + 1;
    }
    begun.push(text.slice(start));
  }
  const rest = begun.join("") + decoder.decode();
  if (rest.trim() !== "") take(rest, line + 1);
}

/** A string that does not end is taken to the end, so that its quotes are not tried one by one. */
const TOKEN = /"(?:[^"\\]|\\[\s\S])*"?|-?(?:NaN|Infinity)/g;

/** The value of a text, in which NaN and Infinity may stand, as Python writes them. @throws SyntaxError */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (!/NaN|Infinity/.test(text)) throw thrown;
    const plain = text.replace(TOKEN, (token) => {
      if (token.startsWith('"')) return token;
      return token.endsWith("NaN") ? "null" : token.startsWith("-") ? "-1e999" : "1e999";
    });
    return JSON.parse(plain);
  }
}

/** The record of a line. */
export function recordOfLine(text: string, line: number): JsonRecord {
  let value: unknown;
  try {
    value = parsed(text);
  } catch {
    throw new CannotRead("is no JSON", ['Expected a record in each line, as `{"Age": 28}`.'], line);
  }
  if (isObject(value)) return value;
  throw new CannotRead("holds no record", ['Expected a record in each line, as `{"Age": 28}`.'], line);
}

/** The records of a whole text: a list of them, or an object with a list, or an object, of each column. */
export function recordsOf(text: string): {
  readonly names: readonly string[];
  readonly records: Iterable<JsonRecord>;
} {
  let value: unknown;
  try {
    value = parsed(text);
  } catch (thrown) {
    throw new CannotRead("is no JSON", [SHAPE], lineOf(text, thrown));
  }
  if (Array.isArray(value)) {
    const records = value.map((one, i) => {
      if (isObject(one)) return one;
      throw new CannotRead(`has no record in place ${i + 1} of its list`, [SHAPE]);
    });
    return { names: [], records };
  }
  if (isObject(value)) return byColumn(value);
  throw new CannotRead("holds no table", [SHAPE]);
}

const SHAPE =
  'Expected a list of records, `[{"Age": 28}]`, a list of values for each column, `{"Age": [28]}`, or a record in each line.';

function byColumn(value: JsonRecord): ReturnType<typeof recordsOf> {
  const { columns, data } = value;
  if (Array.isArray(columns) && Array.isArray(data) && columns.every((name) => typeof name === "string")) {
    return split(columns, data);
  }
  const names = Object.keys(value);
  const all = names.map((name): readonly [string, JsonRecord] => {
    const own = value[name];
    if (isObject(own)) return [name, own];
    if (Array.isArray(own)) return [name, { ...own }];
    // One record alone.
    throw new CannotRead("holds no table", [SHAPE]);
  });
  const keys = Object.keys(all[0]?.[1] ?? {});
  for (const [name, own] of all) {
    if (Object.keys(own).length === keys.length && keys.every((key) => Object.hasOwn(own, key))) continue;
    const [first] = names;
    throw new CannotRead(`has other rows in column \`${name}\` than in column \`${first}\``, [SHAPE]);
  }
  const records = function* () {
    for (const key of keys) yield Object.fromEntries(all.map(([name, own]) => [name, own[key]]));
  };
  return { names, records: records() };
}

/** As pandas writes it with `orient="split"`. */
function split(names: readonly string[], data: readonly unknown[]): ReturnType<typeof recordsOf> {
  const records = data.map((row, i) => {
    if (Array.isArray(row) && row.length === names.length) {
      return Object.fromEntries(names.map((name, j) => [name, row[j]]));
    }
    throw new CannotRead(`has another number of values in place ${i + 1} of \`data\` than columns`, [SHAPE]);
  });
  return { names, records };
}

/** Where engines say at which character they stopped. */
function lineOf(text: string, thrown: unknown): number | undefined {
  const message =
    typeof thrown === "object" && thrown !== null && "message" in thrown ? String(thrown.message) : "";
  const at = /position (\d+)/.exec(message)?.[1];
  return at === undefined ? undefined : text.slice(0, Number(at)).split("\n").length;
}
