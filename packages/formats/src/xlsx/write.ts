// A model as a workbook that predicts the rows typed or pasted into it: weights on a sheet, each step of the network a formula over
// all rows.

import { SHEET_ROWS } from "@netwright/data";
import { count } from "@netwright/definitions";
import { refusalsOf } from "../carries.ts";
import { DENSE_CARRIES, type DenseNetwork, denseNetworkOf, uncomputedBy } from "../dense/network.ts";
import { tooWide } from "../dense/too-wide.ts";
import type { FormatOptions, Refusal, Written } from "../format.ts";
import type { PortableModel } from "../model/portable-model.ts";
import type { SampleRow } from "../model/samples.ts";
import { arithmeticWith } from "./arithmetic.ts";
import { Book, FIRST_ROW } from "./book.ts";
import { prepared } from "./cells.ts";
import { contractIn } from "./contract.ts";
import { throughLayers } from "./layers.ts";
import { told } from "./outputs.ts";
import { finishCheck, finishPredict, pagesOf } from "./pages.ts";
import { wordsOf } from "./words.ts";
import { workbookFile } from "./workbook.ts";

/** Rows to fill in, where no number is asked for. */
const ROWS = 1000;
/** Characters of a formula. */
const LONGEST_FORMULA = 8000;
/** Of a layer; 256 x 4 takes LibreOffice 20 seconds for 1,000 rows, and as long after each change. */
const WIDEST = 256;
/** Numbers of the network for all rows together, which take half a minute. */
const MOST_CELLS = 5_000_000;

export function writeXlsx(model: PortableModel, options: FormatOptions): Written {
  return workbookOf(model, options, []);
}

/** With rows in it that are filled in already. */
export function workbookOf(
  model: PortableModel,
  { rows = ROWS }: FormatOptions,
  filled: readonly SampleRow[],
): Written {
  const network = denseNetworkOf(model, uncomputedBy(arithmeticWith()));
  const sampled = model.samples.rows.length;
  const refused = [
    ...refusalsOf(model, DENSE_CARRIES),
    ...("refused" in network
      ? network.refused
      : tooWide(network.dense, WIDEST, `sheets take minutes for more than ${WIDEST}`)),
    ...("refused" in network ? [] : tooLong(network.dense, rows + sampled)),
  ];
  if ("refused" in network || refused.length > 0) return { refused };
  const book = new Book(rows, sampled);
  fill(book, model, network.dense, filled);
  if (book.longest > LONGEST_FORMULA)
    return {
      refused: [
        {
          of: "size",
          what: `A formula of ${book.longest} characters`,
          why: `is more than the ${LONGEST_FORMULA} that spreadsheets take`,
        },
      ],
    };
  return { files: [{ name: `${model.name}.xlsx`, content: workbookFile(book.sheets, book.styles) }] };
}

function tooLong({ width, steps }: DenseNetwork, rows: number): readonly Refusal[] {
  const most = Math.min(
    SHEET_ROWS - FIRST_ROW,
    Math.floor(MOST_CELLS / steps.reduce((sum, step) => sum + step.width, width)),
  );
  return rows <= most
    ? []
    : [
        {
          of: "size",
          what: `A workbook of ${count(rows, "row")}`,
          why: `is more than the ${most} that sheets hold with so many numbers each`,
        },
      ];
}

function fill(book: Book, model: PortableModel, dense: DenseNetwork, filled: readonly SampleRow[]): void {
  const { columns, outputs, network } = model;
  const pages = pagesOf(book, model, filled);
  const contract = contractIn(book, model);
  const { lists, classes } = wordsOf(book, columns, outputs.kind === "classes" ? outputs : null);
  const rows = prepared(book, model, contract, lists, pages.given);
  const last = throughLayers(book, dense, rows.input);
  const given = told(book, outputs, network.link, contract, classes, last);
  finishPredict(book, pages, columns, lists, rows, given);
  finishCheck(book, pages, model, contract, given);
}
