// From what the last layer gives to predictions in original units, classes and their shares.

import { at } from "@netwright/definitions";
import { exponential, sigmoid } from "../dense/arithmetic.ts";
import { formulasOf } from "../dense/scaling.ts";
import type { Link } from "../model/network.ts";
import type { PortableOutputs } from "../model/outputs.ts";
import { arithmeticWith } from "./arithmetic.ts";
import type { Book } from "./book.ts";
import type { ContractCells } from "./contract.ts";
import { shares, softmax } from "./layers.ts";
import { LOOKS, numberLook, SHARE, WITHIN } from "./looks.ts";
import { type Block, columnIn, referenceTo } from "./references.ts";
import type { Sheet } from "./sheet.ts";
import type { Style } from "./styles.ts";

/** A column of what is predicted. */
export interface ToldColumn {
  readonly heading: string;
  readonly look: Style;
  readonly width: number;
  /** [rows x 1] */
  readonly values: Block;
}

export interface Told {
  readonly columns: readonly ToldColumn[];
  /** What the network gives behind its link, in original units, shares before they are calibrated. */
  readonly given: Block;
  /** The class in words, [rows x 1]; null for numbers. */
  readonly word: Block | null;
}

export function told(
  book: Book,
  outputs: PortableOutputs,
  link: Link,
  contract: ContractCells,
  classes: Block | null,
  last: Block,
): Told {
  const sheet = book.steps(
    "Result",
    "Result",
    "What the network gives, in the units of the target or as shares of classes",
  );
  const labels =
    outputs.kind === "numbers"
      ? outputs.columns.map(({ name }) => name)
      : outputs.kind === "classes"
        ? outputs.words
        : [];
  const linked = linkedIn(book, sheet, last, link, labels);
  if (outputs.kind === "numbers") return numbersTold(book, sheet, outputs, contract, linked);
  if (outputs.kind !== "classes" || classes === null) throw new Error(`${outputs.kind} are refused`);
  return classesTold(book, sheet, outputs, contract, classes, linked);
}

function linkedIn(book: Book, sheet: Sheet, last: Block, link: Link, labels: readonly string[]): Block {
  const a = arithmeticWith();
  const x = referenceTo(last);
  const minus = `(0-${x})`;
  const each = (about: string, formulas: readonly string[]) =>
    book.step(
      sheet,
      about,
      formulas.map((formula, j) => ({ labels: [at(labels, j)], formula })),
    );
  switch (link.kind) {
    case "as_is":
      return last;
    case "softmax":
      return softmax(book, sheet, last);
    case "two_classes":
      return each("Shares", [sigmoid(a, minus), sigmoid(a, x)]);
    case "margins":
      return each("Margins", [minus, x]);
    case "exponential":
      return book.step(sheet, "Powers of e", [{ labels, formula: exponential(a, x) }]);
    case "sigmoid":
    case "sorted":
    case "other":
      throw new Error(`${link.kind} is refused`);
  }
}

function numbersTold(
  book: Book,
  sheet: Sheet,
  { columns }: Extract<PortableOutputs, { kind: "numbers" }>,
  { targets }: ContractCells,
  linked: Block,
): Told {
  const parts = columns.map(({ name, inverse }, i) => {
    const formulas = formulasOf(arithmeticWith(at(targets, i).numbers), inverse ?? []);
    const formula = formulas.reduce((sofar, next) => next(sofar), referenceTo(columnIn(linked, i)));
    return { labels: [name], formula };
  });
  const given = book.step(sheet, "In original units", parts);
  return {
    given,
    word: null,
    columns: columns.map(({ name, unit, scale }, i) => ({
      heading: `${name}${unit === null ? "" : ` (${unit})`}`,
      look: numberLook(scale),
      width: Math.min(Math.max(14, name.length + 3), 30),
      values: columnIn(given, i),
    })),
  };
}

/** A share that is 0 in f32 counts as exp(-104), as the package has it. */
const LEAST_SHARE = 6.8e-46;

function classesTold(
  book: Book,
  sheet: Sheet,
  { name, words, probabilities, temperature, threshold }: Extract<PortableOutputs, { kind: "classes" }>,
  contract: ContractCells,
  classes: Block,
  given: Block,
): Told {
  const calibrated =
    temperature === null ? given : shares(book, sheet, powersBy(book, sheet, contract.temperature, given));
  const row = (index: number) => referenceTo({ ...calibrated, row: calibrated.row + index, rows: 1 });
  const word = (place: string) => `INDEX(${referenceTo(classes)},${place})`;
  const byThreshold = (index: number) =>
    word(
      `IF(${referenceTo({ ...columnIn(calibrated, 1), row: calibrated.row + index, rows: 1 })}>=${contract.threshold},2,1)`,
    );
  const likeliest = (index: number) => word(`MATCH(MAX(${row(index)}),${row(index)},0)`);
  const predicted = book.byRow(sheet, "The class", name, threshold === null ? likeliest : byThreshold);
  return {
    given,
    word: predicted,
    columns: [
      {
        heading: name,
        look: LOOKS.told,
        width: Math.max(14, ...words.map(({ length }) => length + 2)),
        values: predicted,
      },
      ...words.map((one, i) => ({
        heading: `${probabilities ? "share of" : "margin of"} ${one}`,
        look: probabilities ? SHARE : { ...WITHIN, border: true as const },
        width: 13,
        values: columnIn(calibrated, i),
      })),
    ],
  };
}

/** p^(1/T) */
function powersBy(book: Book, sheet: Sheet, temperature: string, given: Block): Block {
  const a = arithmeticWith();
  const x = referenceTo(given);
  const share = a.when(x, ">", a.number(LEAST_SHARE), x, a.number(LEAST_SHARE));
  const formula = exponential(a, a.divide(a.logarithm(share), temperature));
  return book.step(sheet, "Calibrated", [
    { labels: Array.from({ length: given.columns }, (_, i) => String(i + 1)), formula },
  ]);
}
