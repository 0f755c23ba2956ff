// A column of truth values: 1 for true and 0 for false, however they are written.

import { list, listNames, optional, quote, repeated, text } from "@netwright/definitions";
import type { CellProblem, CellReading, ReadingParams } from "../reading/cell-reading.ts";
import { chosen, defineColumnType } from "./column-type.ts";
import { missingParam, scaleParam, UNSCALED } from "./common-params.ts";

/** Words that everyone knows, in any case. */
const TRUE_WORDS = ["true", "yes", "t", "y", "1"] as const;
const FALSE_WORDS = ["false", "no", "f", "n", "0"] as const;
/** Those of programs, which are taken beside the words that a file states. */
const PLAIN: ReadonlyMap<string, number> = new Map([
  ["true", 1],
  ["false", 0],
  ["1", 1],
  ["0", 0],
]);
const KNOWN: ReadonlyMap<string, number> = new Map<string, number>([
  ...TRUE_WORDS.map((word) => [word, 1] as const),
  ...FALSE_WORDS.map((word) => [word, 0] as const),
]);

/** Words as the file states them; `null` for those that everyone knows. */
interface Stated {
  readonly true: readonly string[] | null;
  readonly false: readonly string[] | null;
}

export const boolean = defineColumnType({
  name: "boolean",
  doc: "A column of truth values, one number: 1 for true, 0 for false. Taken are `true`, `yes`, `t`, `y` and `1`, `false`, `no`, `f`, `n` and `0`, in any case, or the words that are stated.",
  formula: "x = 1 where true, 0 where false",
  example: 'columns { Rooms: boolean(true_values: ["ja"], false_values: ["nein"]) }',
  source: "pandas, `read_csv(true_values, false_values)`",
  params: {
    true_values: optional(
      list(text({ doc: "" }), {
        doc: "Words for true, in place of those that are known; needs `false_values`.",
      }),
    ),
    false_values: optional(list(text({ doc: "" }), { doc: "Words for false; needs `true_values`." })),
    scale: { ...scaleParam, doc: "Encoder of the numbers 0 and 1; without one they stay as they are." },
    missing: missingParam,
  },
  takes: "number",
  conflict({ true_values, false_values }) {
    if (true_values === null && false_values === null) return null;
    if (false_values === null)
      return { parameter: "true_values", problem: "is stated without `false_values`" };
    if (true_values === null)
      return { parameter: "false_values", problem: "is stated without `true_values`" };
    const own = { true_values, false_values };
    for (const parameter of ["true_values", "false_values"] as const) {
      if (own[parameter].length === 0) return { parameter, problem: "names no word" };
      if (own[parameter].includes("")) return { parameter, problem: 'has "", which no cell can hold' };
    }
    const [twice] = repeated([...true_values, ...false_values]);
    return twice === undefined
      ? null
      : { parameter: "false_values", problem: `has ${JSON.stringify(twice)}, which is stated before` };
  },
  bounds: () => ({ min: 0, max: 1 }),
  contract: () => ({ unit: null, min: 0, max: 1 }),
  settle: (_, { true_values, false_values }) => ({ true: true_values, false: false_values }),
  reading: booleanReading,
  encoder: ({ scale }) => chosen(scale) ?? UNSCALED,
  missing: ({ missing }) => chosen(missing),
});

export function booleanReading(params: ReadingParams): CellReading | null {
  const stated = readStated(params);
  if (stated === null) return null;
  const own = new Map<string, number>([
    ...(stated.true ?? []).map((word) => [word, 1] as const),
    ...(stated.false ?? []).map((word) => [word, 0] as const),
  ]);
  const others = own.size === 0 ? KNOWN : PLAIN;
  return {
    read: (cell) => own.get(cell) ?? others.get(asciiLower(cell)) ?? unknown(cell, stated),
    spell: (x) => (x === 1 ? "true" : x === 0 ? "false" : String(x)),
  };
}

/** In every language the same, unlike what the machine's would make of an I. */
function asciiLower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function unknown(cell: string, { true: trueWords, false: falseWords }: Stated): CellProblem {
  const taken = `True is ${listNames(trueWords ?? TRUE_WORDS, 20)}; false is ${listNames(falseWords ?? FALSE_WORDS, 20)}.`;
  const others =
    trueWords === null
      ? "Other words are stated: `boolean(true_values: [...], false_values: [...])`; more than two are a `category`."
      : "Correct the word, or state it.";
  return {
    code: "NW0653",
    says: `is ${quote(cell)}, which is neither true nor false`,
    notes: [taken, others],
  };
}

function readStated({ true: trueWords, false: falseWords }: ReadingParams): Stated | null {
  if (trueWords === null && falseWords === null) return { true: null, false: null };
  return isWords(trueWords) && isWords(falseWords) ? { true: trueWords, false: falseWords } : null;
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === "string");
}
