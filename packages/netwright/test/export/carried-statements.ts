// The statements of the sources of the packages that wrappers of exported models carry: types taken off and modules joined by
// esbuild, and of each statement what it refers to, so that an export can take those alone that a model needs.

import { fileURLToPath } from "node:url";
import { at } from "@netwright/definitions";
import { build, transform } from "esbuild";

/** What wrappers call, by the file of the data package that has it. */
const CALLED: Readonly<Record<string, readonly string[]>> = {
  "check/misfit": ["misfitOf", "misfits", "saysMisfit"],
  "../../definitions/src/wording/wording": ["quote"],
  "check/says": ["saysMissing", "saysText", "saysTooLarge", "saysUnknown", "saysUnstated"],
  "columns/boolean": ["booleanReading"],
  "columns/date": ["dateReading"],
  "preprocess/bag-of-words": ["openBagOfWords"],
  "preprocess/calendar": ["openCalendar"],
  "preprocess/hashed-words": ["openHashedWords"],
  "preprocess/hashing": ["openHashing"],
  "preprocess/log1p": ["openLog1p"],
  "preprocess/minmax": ["openMinmax"],
  "preprocess/rescaling": ["openRescaling"],
  "preprocess/multi-hot": ["openMultiHot"],
  "preprocess/none": ["openNone"],
  "preprocess/number-list": ["openNumberList"],
  "preprocess/one-hot": ["openOneHot"],
  "preprocess/ordinal": ["openOrdinal"],
  "preprocess/periodic": ["openPeriodic"],
  "preprocess/piecewise-linear": ["openPiecewiseLinear"],
  "preprocess/power": ["openPower"],
  "preprocess/quantile": ["openQuantile"],
  "preprocess/robust": ["openRobust"],
  "preprocess/smooth-clip": ["openSmoothClip"],
  "preprocess/target-mean": ["openTargetMean"],
  "preprocess/thermometer": ["openThermometer"],
  "preprocess/word-sequence": ["openWordSequence"],
  "preprocess/zscore": ["openZscore"],
  "reading/read-cells": ["meaningOf"],
  "uncertainty/temperature": ["temperedRow"],
  "table/missing-words": ["isMissingWord"],
  "table/table-from-records": ["toCell"],
};

export interface Statement {
  readonly text: string;
  /** The places of those that it refers to, ascending. */
  readonly needs: readonly number[];
}

export interface Carried {
  readonly statements: readonly Statement[];
  /** By the name that wrappers call, the place of its statement and its own name there. */
  readonly called: Readonly<Record<string, readonly [place: number, name: string]>>;
}

export async function carriedStatements(): Promise<Carried> {
  const files = Object.entries(CALLED);
  const { outputFiles } = await build({
    stdin: {
      contents: files
        .map(([file, names]) => `export { ${names.join(", ")} } from "./${file}.ts";`)
        .join("\n"),
      resolveDir: fileURLToPath(new URL("../../../data/src", import.meta.url)),
    },
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["@netwright/source"],
    write: false,
  });
  const all = statementsIn(at(outputFiles, 0).text);
  const names = namesIn(all.pop() ?? "");
  const { statements, called } = reached(all, placesOf(all), names);
  return { statements: await Promise.all(statements.map(shortened)), called };
}

function placesOf(all: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    all.flatMap((text, place) =>
      isDefinition(text) ? [] : declared(text).map((name) => [name, place] as const),
    ),
  );
}

/** Blanks and the names inside of a statement alone: what is computed when a text is made shorter may be computed otherwise. */
async function shortened({ text, needs }: Statement): Promise<Statement> {
  const { code } = await transform(text, {
    target: "es2022",
    minifyWhitespace: true,
    minifyIdentifiers: true,
  });
  return { text: code.trim(), needs };
}

/** Everything that the names reach, in its order, with places among that. */
function reached(
  all: readonly string[],
  places: ReadonlyMap<string, number>,
  names: ReadonlyMap<string, string>,
): Carried {
  const placeOf = (name: string): number => {
    const place = places.get(name);
    if (place === undefined) throw new Error(`nothing declares ${name}`);
    return place;
  };
  const found = new Set<number>();
  const reach = (place: number) => {
    if (found.has(place)) return;
    found.add(place);
    for (const next of referred(at(all, place), places)) reach(next);
  };
  for (const name of names.values()) reach(placeOf(name));
  const kept = [...found].sort((a, b) => a - b);
  const own = new Map(kept.map((place, i) => [place, i]));
  const ownOf = (place: number) => own.get(place) ?? -1;
  return {
    statements: kept.map((place) => {
      const text = at(all, place);
      const needs = referred(text, places).filter((other) => other !== place);
      return { text, needs: needs.map(ownOf).sort((a, b) => a - b) };
    }),
    called: Object.fromEntries(
      [...names].sort().map(([called, name]) => [called, [ownOf(placeOf(name)), name]]),
    ),
  };
}

/** As esbuild prints them: each begins a line, and what belongs to it is indented or closes it. */
function statementsIn(text: string): string[] {
  const found: string[] = [];
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("//")) continue;
    if (/^[\s})\]]/.test(line)) found.push(`${found.pop()}\n${line}`);
    else found.push(line);
  }
  return found;
}

/** By exported names those of the statements: `export { wordsOf2 as wordsOf }`. */
function namesIn(text: string): ReadonlyMap<string, string> {
  if (!text.startsWith("export {")) throw new Error("the last statement exports nothing");
  const names = text.slice("export {".length, text.lastIndexOf("}")).split(",");
  return new Map(
    names.map((name) => {
      const [own = "", called = own] = name.trim().split(" as ");
      return [called, own];
    }),
  );
}

function declared(text: string): readonly string[] {
  const [, name, parts] = /^(?:(?:function|class|var) ([\w$]+)|var \{ ([^}]*) \})/.exec(text) ?? [];
  if (name !== undefined) return [name];
  if (parts === undefined) throw new Error(`not known: ${text.slice(0, 80)}`);
  return parts.split(",").map((part) => (part.split(":").pop() ?? "").trim());
}

/** What learns and tells of itself: no wrapper has it, and words in texts that are its name do not bring it in. */
function isDefinition(text: string): boolean {
  return text.startsWith("var ") && /\b(?:define\w*|definer|byName)\(/.test(text);
}

/** By names alone: a local variable of the same name brings in more than is needed, never less. */
function referred(text: string, places: ReadonlyMap<string, number>): readonly number[] {
  const bare = text.replace(/"(?:[^"\\\n]|\\.)*"/g, '""');
  const names = bare.matchAll(/(?<![.\w$])[A-Za-z_$][\w$]*\b(?!:)/g);
  const found = new Set<number>();
  for (const [name] of names) {
    const place = places.get(name);
    if (place !== undefined) found.add(place);
  }
  return [...found];
}
