// The split of a plan, carried out on the rows that are kept, with what can be wrong about it.

import {
  type ByName,
  type Chosen,
  count,
  grouped,
  int32At,
  listed,
  lookUp,
  percent,
  splitNames,
} from "@netwright/definitions";
import { type DataProblem, error } from "../problem/problem.ts";
import type { RowSplits } from "../split/split-rows.ts";
import { fillsEverySplit, rowsNeeded } from "../split/split-sizes.ts";
import { isProblem, type RowsToDeal, type Splitter } from "../split/splitter.ts";
import { duplicateGroups } from "../table/duplicate-rows.ts";
import { gatherCodes } from "../table/gather.ts";
import type { Table } from "../table/table.ts";

export type DealResult =
  | { readonly splits: RowSplits; readonly problems: readonly [] }
  | { readonly splits: null; readonly problems: readonly DataProblem[] };

/** Row indices (from 0) of each split; rows that are equal in every column of the table stay together. */
export function dealRows(
  table: Table,
  given: Pick<RowsToDeal, "kept" | "classes" | "readingOf">,
  { name, args }: Chosen,
  splitters: ByName<Splitter>,
): DealResult {
  const { kept, classes } = given;
  const splitter = lookUp(splitters, name);
  if (splitter.needsClasses && classes === null) {
    const message = `\`split: ${name}\` deals out classes, and the target is none.`;
    const notes = ["Use `random`, or a loss for classes, as `cross_entropy`."];
    return { splits: null, problems: [error("NW0648", message, { notes, setting: "split" })] };
  }
  const shares = splitter.shares(args);
  const shown = splitNames.map((name) => `${name} ${percent(shares[name])}`).join(", ");
  const sizes = (rows: number) => splitter.sizes(rows, shares, args);
  if (!fillsEverySplit(sizes(kept.length), shares)) {
    const left = kept.length < table.rows ? " after those with missing values are left out" : "";
    const message = `The split (${shown}) needs at least ${count(rowsNeeded(kept.length, shares, sizes), "row")}, and there ${kept.length === 1 ? "is" : "are"} ${grouped(kept.length)}${left}.`;
    return { splits: null, problems: [tooFew(message)] };
  }
  const groups = duplicateGroups(table, kept);
  const dealt = splitter.deal({ ...given, groups, table }, args);
  if (isProblem(dealt)) return { splits: null, problems: [{ ...dealt, setting: "split" }] };
  checkDealt(name, dealt, kept.length);
  const empty = splitNames.filter((name) => shares[name] > 0 && dealt[name].length === 0);
  if (empty.length > 0) {
    const different = new Set(groups).size;
    const why =
      different < kept.length
        ? `only ${count(different, "row")} of ${grouped(kept.length)} differ from one another, and equal rows stay in one part`
        : splitter.needsClasses
          ? "its classes have too few rows"
          : `that is how \`${name}\` deals out ${count(kept.length, "row")}`;
    const message = `The split (${shown}) leaves ${listed(empty)} without rows: ${why}.`;
    return { splits: null, problems: [tooFew(message)] };
  }
  const rowsOf = (positions: Int32Array) => {
    const rows = new Int32Array(positions.length);
    gatherCodes({ start: 0, rows: positions, values: kept, from: 0 }, rows);
    return rows;
  };
  const splits = {
    train: rowsOf(dealt.train),
    validation: rowsOf(dealt.validation),
    test: rowsOf(dealt.test),
  };
  return { splits, problems: [] };
}

function tooFew(message: string): DataProblem {
  return error("NW0647", message, {
    notes: ["Add rows, or give the split fewer parts: a part may be 0%."],
    setting: "split",
  });
}

/** A row that is trained on and tested on as well would make every result too good. */
function checkDealt(splitter: string, dealt: RowSplits, rows: number): void {
  const taken = new Uint8Array(rows);
  for (const name of splitNames) {
    const positions = dealt[name];
    for (let i = 0; i < positions.length; i++) {
      const position = int32At(positions, i);
      if (taken[position] !== 0)
        throw new Error(`the splitter ${splitter} deals out row ${position} wrongly`);
      taken[position] = 1;
    }
  }
}
