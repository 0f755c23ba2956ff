// A network of dense layers as steps: a product with the weights and their bias is one formula, an activation the next one.

import { at } from "@netwright/definitions";
import { LARGEST_FLOAT32 } from "@netwright/ir/numerics";
import { activated } from "../dense/activations.ts";
import { held } from "../dense/arithmetic.ts";
import type { DenseNetwork, DenseStep } from "../dense/network.ts";
import { arithmeticWith } from "./arithmetic.ts";
import { type Book, counted, HEAD_ROW, referenceAt } from "./book.ts";
import { LOOKS } from "./looks.ts";
import { type Block, columnIn, referenceTo } from "./references.ts";
import type { Sheet } from "./sheet.ts";

/** What the last layer gives. */
export function throughLayers(book: Book, { steps, output }: DenseNetwork, input: Block): Block {
  const weights = book.sheet("Weights");
  weights.text(1, 1, "Weights", LOOKS.title);
  weights.text(
    2,
    1,
    "Of each layer a row for each number that goes in, a column for each that comes out, and their bias below",
    LOOKS.about,
  );
  let next = HEAD_ROW - 1;
  const sheets = new Map<string, Sheet>();
  const made = [input];
  for (const step of steps) {
    const own =
      sheets.get(step.name) ??
      book.steps(step.name, step.name, "A layer of the network, for all rows at once");
    sheets.set(step.name, own);
    if (step.kind === "product") {
      const placed = weightsOf(weights, next, step);
      next = placed.next;
      const x = referenceAt(made, step.from);
      const sum = `MMULT(${x},${referenceTo(placed.matrix)})`;
      const formula = placed.bias === null ? sum : `${sum}+${referenceTo(placed.bias)}`;
      made.push(book.step(own, "times weights, and bias", [{ labels: counted(step.width), formula }]));
    } else made.push(stepIn(book, own, step, made));
  }
  return at(made, output);
}

interface PlacedWeights {
  readonly matrix: Block;
  readonly bias: Block | null;
  /** The row from which on others may stand. */
  readonly next: number;
}

function weightsOf(
  sheet: Sheet,
  start: number,
  { name, matrix, factor, bias, width }: Extract<DenseStep, { kind: "product" }>,
): PlacedWeights {
  const rows = matrix.data.length / width;
  sheet.text(start, 1, `${name}: ${rows} to ${width}`, LOOKS.group);
  const first = start + 1;
  matrix.data.forEach((weight, i) => {
    sheet.number(first + Math.floor(i / width), 1 + (i % width), weight * factor, WEIGHT);
  });
  bias?.data.forEach((weight, j) => {
    sheet.number(first + rows, 1 + j, weight, BIAS);
  });
  const block = { sheet: sheet.name, row: first, column: 1, rows, columns: width };
  return {
    matrix: block,
    bias: bias === null ? null : { ...block, row: first + rows, rows: 1 },
    next: first + rows + 2,
  };
}

const WEIGHT = { format: "0.0000" } as const;
const BIAS = { format: "0.0000", fill: "E9EDF4" } as const;

function stepIn(
  book: Book,
  sheet: Sheet,
  step: Exclude<DenseStep, { kind: "product" }>,
  made: readonly Block[],
): Block {
  const a = arithmeticWith();
  const labels = counted(step.width);
  switch (step.kind) {
    case "each": {
      const x = referenceAt(made, step.from);
      const value = activated(a, x, step.activation) ?? x;
      const formula = step.activation.name === "exponential" ? finite(value) : value;
      return book.step(sheet, step.activation.name, [{ labels, formula }]);
    }
    case "softmax":
      return softmax(book, sheet, at(made, step.from));
    case "join": {
      const parts = step.from.map((place) => referenceAt(made, place));
      switch (step.by) {
        case "concat":
          return book.step(
            sheet,
            "beside one another",
            step.from.map((place) => ({
              labels: counted(at(made, place).columns),
              formula: referenceAt(made, place),
            })),
          );
        case "add":
          return book.step(sheet, "added", [{ labels, formula: parts.join("+") }]);
        case "average":
          return book.step(sheet, "on average", [
            { labels, formula: `(${parts.join("+")})/${parts.length}` },
          ]);
        case "multiply":
          return book.step(sheet, "multiplied", [{ labels, formula: finite(parts.join("*")) }]);
      }
    }
  }
}

/** A single row that is beyond all numbers would leave the whole of a product without any. */
function finite(formula: string): string {
  return held(arithmeticWith(), formula, -LARGEST_FLOAT32, LARGEST_FLOAT32);
}

/** e^x over the sum of its row, less the greatest of it: the same, and no power is too large. */
export function softmax(book: Book, sheet: Sheet, x: Block): Block {
  const greatest = book.byRow(
    sheet,
    "The greatest",
    "of the row",
    (index) => `MAX(${referenceTo({ ...x, row: x.row + index, rows: 1 })})`,
  );
  const labels = counted(x.columns);
  const away = `(${referenceTo(x)}-${referenceTo(greatest)})`;
  const powers = book.step(sheet, "e to the power of what it is less", [
    { labels, formula: `EXP(IF(${away}<-700,-700,${away}))` },
  ]);
  return shares(book, sheet, powers);
}

/** Each over the sum of its row. */
export function shares(book: Book, sheet: Sheet, powers: Block): Block {
  const whole = book.byRow(
    sheet,
    "Their sum",
    "of the row",
    (index) => `SUM(${referenceTo({ ...powers, row: powers.row + index, rows: 1 })})`,
  );
  return book.step(
    sheet,
    "Shares",
    counted(powers.columns).map((label, j) => ({
      labels: [label],
      formula: `${referenceTo(columnIn(powers, j))}/${referenceTo(whole)}`,
    })),
  );
}
