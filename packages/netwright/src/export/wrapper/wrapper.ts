// The ES module beside an exported `.wasm`: names for the columns, and errors for what a number alone cannot say. What it
// knows of the columns it reads from there; what it can do beyond numbers is in it only where the model needs it.

import type { DescribedInput } from "../describe-column.ts";
import type { ModelDescription } from "../describe-model.ts";
import { type Called, carriedSource } from "./carried.ts";
import { type LearnedEncoder, openersOf } from "./carried-encoders.ts";
import { readerSource, wordsSource } from "./cells.ts";
import { COLUMNS, NUMBER_COLUMNS, PLAIN_CODERS, READ_COLUMNS, WORD_COLUMNS } from "./columns.ts";
import { headSource } from "./head.ts";
import { GIVEN, NUMBERS } from "./numbers.ts";
import { OPENING } from "./opening.ts";
import {
  classesSource,
  INTERVALS,
  NUMBERS_OUT,
  NUMBERS_WITH_INTERVALS,
  QUANTILES,
  SPREAD_TURNED_BACK,
  spreadSource,
  TURNED_BACK,
} from "./predictions.ts";
import { sectionSource } from "./section.ts";

/** What a wrapper has to do beyond numbers. */
export interface Needs {
  readonly version: number;
  /** Columns take other than one number, or words stand for missing values. */
  readonly coders: boolean;
  /** Columns are words, or read or encoded outside of the module: all are then read as the package reads them. */
  readonly readers: boolean;
  readonly words: boolean;
  readonly classes: boolean;
  readonly quantiles: boolean;
  readonly intervals: boolean;
  /** How far targets spread stands beside numbers. */
  readonly spread: boolean;
  /** Probabilities are brought in line. */
  readonly temperature: boolean;
  /** What comes out is turned back outside of the module. */
  readonly turners: boolean;
}

/** `file` is the name of the `.wasm`, and `seal` the hash in its last section: the wrapper opens no other module. */
export function wrapperSource(description: ModelDescription, file: string, seal: string): string {
  const { name, inputs, outputs } = description;
  const needs = needsOf(description);
  const plain = needs.intervals ? NUMBERS_WITH_INTERVALS : NUMBERS_OUT;
  const numbers = needs.spread ? spreadSource(needs.intervals) : plain;
  const out = needs.classes ? classesSource(needs.temperature) : needs.quantiles ? QUANTILES : numbers;
  const learned = [...inputs, ...outputs].flatMap((column) =>
    "encoder" in column && column.encoder !== undefined ? [column.encoder] : [],
  );
  return [
    headSource(name, file, seal, needs),
    needs.readers ? GIVEN : NUMBERS,
    needs.coders ? readerSource(needs.readers) : "",
    needs.readers || needs.turners || needs.temperature ? readersSource(needs, inputs, learned) : "",
    needs.coders && !needs.readers ? PLAIN_CODERS : "",
    needs.intervals ? INTERVALS : "",
    out,
    needs.spread ? SPREAD_TURNED_BACK : needs.turners ? TURNED_BACK : "",
    sectionSource(needs),
    OPENING,
  ]
    .join("")
    .replace(/^(?: {2})+/gm, (blanks) => "\t".repeat(blanks.length / 2));
}

function needsOf({ version, inputs, outputs, missingWords }: ModelDescription): Needs {
  const words = inputs.some(({ holds }) => holds === "words");
  const readers = words || inputs.some((column) => column.holds !== "words" && column.size !== undefined);
  return {
    version,
    coders: readers || missingWords !== undefined || inputs.some(({ indicator }) => indicator === true),
    readers,
    words,
    classes: outputs.some((output) => "classes" in output),
    quantiles: outputs.some((output) => "quantiles" in output),
    intervals: outputs.some((output) => "interval" in output),
    spread: outputs.some((output) => "spread" in output),
    temperature: outputs.some((output) => "temperature" in output),
    turners: outputs.some((output) => "encoder" in output),
  };
}

type Kind = "words" | "readings" | "numbers";

function kindOf(column: DescribedInput): Kind {
  if (column.holds === "words") return "words";
  return column.reading === undefined ? "numbers" : "readings";
}

const COLUMNS_OF = { words: WORD_COLUMNS, readings: READ_COLUMNS, numbers: NUMBER_COLUMNS } as const;
const CODERS = { words: "wordCoder", readings: "readCoder", numbers: "numberCoder" } as const;
const READINGS = { dates: "dateReading", "truth values": "booleanReading" } as const;

/** What reads columns as the package does, for the kinds that there are. */
function readersSource(
  { readers, temperature }: Needs,
  inputs: readonly DescribedInput[],
  learned: readonly LearnedEncoder[],
): string {
  const kinds = readers ? [...new Set(inputs.map(kindOf))].sort() : [];
  const codes = inputs.some((column) => column.holds === "words" && column.codes === true);
  // Readings are numbers once they are read.
  const sources = [
    ...(readers ? [COLUMNS] : []),
    ...(kinds.includes("readings") && !kinds.includes("numbers") ? [NUMBER_COLUMNS] : []),
    ...kinds.map((kind) => COLUMNS_OF[kind]),
  ];
  const read = [...new Set(inputs.flatMap((column) => readingOf(column)))];
  const openers = openersOf(learned);
  const calls: Called[] = [
    ...sources.flatMap(({ calls }) => calls),
    ...read.map((holds) => READINGS[holds]),
    ...openers.values(),
    ...(temperature ? (["temperedRow"] as const) : []),
  ];
  const readings = read.map((holds) => `${JSON.stringify(holds)}: ${READINGS[holds]}`);
  return [
    carriedSource(calls),
    openers.size === 0 ? "" : openedBy(openers),
    readings.length === 0 ? "" : `\nconst readings = { ${readings.join(", ")} };\n`,
    kinds.includes("words") || kinds.includes("readings") ? wordsSource(codes) : "",
    ...sources.map(({ source }) => source),
    readers ? coderOf(kinds) : "",
  ].join("");
}

function readingOf(column: DescribedInput): readonly (keyof typeof READINGS)[] {
  if (column.holds === "words" || column.reading === undefined) return [];
  return column.holds === "dates" || column.holds === "truth values" ? [column.holds] : [];
}

const openedBy = (openers: ReadonlyMap<string, Called>) => `
const encoders = { ${[...openers].map(([name, open]) => `${name}: ${open}`).join(", ")} };

function opened({ name, ...learned }) {
  const scales = new Map(Object.entries(encoders).map(([scale, open]) => [scale, { open }]));
  const coding = Object.hasOwn(encoders, name) ? encoders[name](learned, scales) : null;
  if (coding === null) throw damaged("an encoder is none");
  return coding;
}
`;

function coderOf(kinds: readonly Kind[]): string {
  const tests = {
    words: 'column.holds === "words"',
    readings: "column.reading !== undefined",
    numbers: "true",
  } as const;
  const order = (["words", "readings", "numbers"] as const).filter((kind) => kinds.includes(kind));
  const last = order.at(-1) ?? "numbers";
  const cases = order.slice(0, -1).map((kind) => `${tests[kind]} ? ${CODERS[kind]} : `);
  return `
function coderOf(column, cells) {
  return (${cases.join("")}${CODERS[last]})(column, cells);
}
`;
}
