// The columns of a model as fields: what they may hold, what becomes of a missing value, and the numbers that they are for the network.

import { at, quote } from "@netwright/definitions";
import { LARGEST_FLOAT32 } from "@netwright/ir/numerics";
import { formulasOf } from "../dense/scaling.ts";
import type { Refusal } from "../format.ts";
import type { NumberColumn, PortableColumn, WordCoding, WordColumn } from "../model/columns.ts";
import { takenWords } from "../model/taken.ts";
import { type Attributes, type Tag, tag } from "../xml.ts";
import { ARITHMETIC, apply, constant, fieldNamed } from "./arithmetic.ts";

export interface Field {
  /** Of the dictionary. */
  readonly data: Tag;
  /** Of the schema of the model. */
  readonly mining: Tag;
  /** What makes each of its numbers, by their places in the input of the network. */
  readonly numbers: readonly { readonly place: number; readonly make: Tag }[];
}

/** Whole numbers are of 32 bits there. */
const MOST_WHOLE = 2 ** 31 - 1;

export function refusedColumns(columns: readonly PortableColumn[]): readonly Refusal[] {
  return columns.flatMap((column) => {
    const own = { of: "column", what: `Column ${quote(column.name)}` } as const;
    if (column.kind === "number" && column.holds === "dates")
      return [{ ...own, why: "holds dates, which the format has no form of" }];
    if (column.kind === "number" && column.holds === "whole numbers") {
      const { min, max, seen } = column;
      const ends = [min, max, seen?.min ?? null, seen?.max ?? null];
      if (ends.some((end) => end !== null && Math.abs(end) > MOST_WHOLE))
        return [{ ...own, why: "holds whole numbers of more than 32 bits, which the format has not" }];
    }
    return [];
  });
}

export function fieldOf(column: PortableColumn, missingWords: readonly string[]): Field {
  return column.kind === "number" ? numberField(column, missingWords) : wordField(column, missingWords);
}

function numberField(column: NumberColumn, missingWords: readonly string[]): Field {
  const { name, holds, coding, min, max, missing, place } = column;
  const isWhole = holds === "whole numbers" || holds === "truth values";
  const isLogarithm = coding.kind === "steps" && coding.steps[0]?.kind === "log_plus_one";
  const [least, greatest] = [
    Math.max(min ?? -LARGEST_FLOAT32, -LARGEST_FLOAT32),
    Math.min(max ?? LARGEST_FLOAT32, LARGEST_FLOAT32),
  ];
  const isOpen = isLogarithm && least <= -1;
  const bounds = isWhole
    ? wholeBounds(holds === "truth values", least, greatest)
    : [isOpen ? -1 : least, greatest];
  const interval = tag("Interval", {
    closure: isOpen ? "openClosed" : "closedClosed",
    leftMargin: at(bounds, 0),
    rightMargin: at(bounds, 1),
  });
  const sentinels = missingWords.filter((word) => word.trim() !== "" && Number.isFinite(Number(word)));
  const data = tag(
    "DataField",
    { name, optype: "continuous", dataType: isWhole ? "integer" : "double", ...shown(column) },
    [interval, ...sentinels.map((word) => missingValue(String(Number(word))))],
  );
  const isTold = missing.kind === "filled" && missing.indicator;
  const fill = missing.kind === "filled" && typeof missing.by === "number" ? missing.by : 0;
  const x = isTold
    ? apply("if", apply("isMissing", fieldNamed(name)), constant(fill), fieldNamed(name))
    : fieldNamed(name);
  const steps = coding.kind === "steps" ? coding.steps : [];
  const scaled = formulasOf(ARITHMETIC, steps).reduce((sofar, next) => next(sofar), x);
  return {
    data,
    mining: miningField(
      name,
      missing.kind === "filled" && !isTold ? String(fill) : null,
      missing.kind,
      "returnInvalid",
    ),
    numbers: [
      { place: place.at, make: scaled },
      ...(isTold ? [{ place: place.at + 1, make: isMissing(name) }] : []),
    ],
  };
}

function wholeBounds(isTruth: boolean, least: number, greatest: number): readonly number[] {
  if (isTruth) return [0, 1];
  return [Math.max(Math.ceil(least), -MOST_WHOLE), Math.min(Math.floor(greatest), MOST_WHOLE)];
}

function shown({ name, unit }: NumberColumn): Attributes {
  return unit === null ? {} : { displayName: `${name} (${unit})` };
}

function missingValue(value: string): Tag {
  return tag("Value", { value, property: "missing" });
}

function isMissing(name: string): Tag {
  return apply("if", apply("isMissing", fieldNamed(name)), constant(1), constant(0));
}

function miningField(
  name: string,
  replacement: string | null,
  missing: PortableColumn["missing"]["kind"],
  invalidValueTreatment: "returnInvalid" | "asMissing" | "asIs",
): Tag {
  return tag("MiningField", {
    name,
    invalidValueTreatment,
    ...(replacement !== null
      ? { missingValueReplacement: replacement, missingValueTreatment: "asValue" }
      : { missingValueTreatment: missing === "refused" ? "returnInvalid" : "asIs" }),
  });
}

function wordField(column: WordColumn, missingWords: readonly string[]): Field {
  const { name, coding, missing, place } = column;
  if (coding.kind !== "one_hot" && coding.kind !== "numbers") throw new Error(`${coding.kind} is refused`);
  const taken = takenWords(column);
  const known = [...new Set([...coding.words, ...coding.rare])];
  // A word that is unknown is one of the others, a mistake, or missing.
  const valid = (coding.unknown === "missing" ? known : (taken ?? [])).filter((word) => word !== "");
  const empty = [...new Set(["", ...missingWords])].filter((word) => !valid.includes(word) || word === "");
  const isTold = missing.kind === "filled" && missing.indicator;
  const width = coding.kind === "one_hot" ? coding.words.length : at(coding.rows, 0).length;
  const replaced = missing.kind === "filled" ? missing.by : null;
  const ofMissing = missing.kind === "own_word" ? "" : replaced;
  return {
    data: tag("DataField", { name, optype: "categorical", dataType: "string" }, [
      ...valid.map((value) => tag("Value", { value })),
      ...empty.map(missingValue),
    ]),
    mining: miningField(
      name,
      replaced !== null && !isTold ? replaced : null,
      missing.kind,
      coding.unknown === "missing" ? "asMissing" : valid.length > 0 ? "returnInvalid" : "asIs",
    ),
    numbers: [
      ...Array.from({ length: width }, (_, j) => ({
        place: place.at + j,
        make: wordNumber(name, coding, j, ofMissing),
      })),
      ...(isTold ? [{ place: place.at + width, make: isMissing(name) }] : []),
    ],
  };
}

/** The number at place `j`; `ofMissing` is the word that stands for a missing one, null where none does. */
function wordNumber(
  name: string,
  coding: Extract<WordCoding, { kind: "one_hot" | "numbers" }>,
  j: number,
  ofMissing: string | null,
): Tag {
  if (coding.kind === "one_hot") {
    const value = at(coding.words, j);
    if (value === "") return isMissing(name);
    const mapped = ofMissing === null ? {} : { mapMissingTo: value === ofMissing ? 1 : 0 };
    return tag("NormDiscrete", { field: name, value, ...mapped });
  }
  const numberOf = (word: string) => (coding.rows[coding.words.indexOf(word)] ?? coding.others)?.[j] ?? null;
  const missing = ofMissing === null ? null : numberOf(ofMissing);
  const others = coding.others?.[j] ?? null;
  const rows = [...coding.words, ...coding.rare].filter((word) => word !== "");
  return tag(
    "MapValues",
    {
      outputColumn: "number",
      dataType: "double",
      ...(missing === null ? {} : { mapMissingTo: missing }),
      ...(others === null ? {} : { defaultValue: others }),
    },
    [
      tag("FieldColumnPair", { field: name, column: "word" }),
      tag(
        "InlineTable",
        {},
        rows.map((word) =>
          tag("row", {}, [tag("word", {}, word), tag("number", {}, String(numberOf(word)))]),
        ),
      ),
    ],
  );
}
