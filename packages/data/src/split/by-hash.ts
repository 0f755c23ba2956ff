// Rows by what stands in them alone: a row is where it was when others come or go.

import { columnsOrAll, int32At, type SplitName, sharesConflict, splitParams } from "@netwright/definitions";
import { columnNames as namesIn } from "../table/table.ts";
import { cellHashes } from "./cell-hashes.ts";
import { wordsOf } from "./groups-by.ts";
import { defineSplitter } from "./splitter.ts";

const WORDS = 2 ** 32;

export const byHash = defineSplitter({
  name: "by_hash",
  doc: "The split of a row depends on its own cells in `columns` alone, so that it stays where it is when rows are added, left out or put in another order; how many rows a split gets is about what its share says. Equal rows are in one split. Columns that are named are features only where `features` names them.",
  formula:
    "h = hash(seed, cells) / 2^32; train where h < train, validation where h < train + validation, else test",
  example: "split: by_hash(train: 60%, validation: 20%, test: 20%)",
  source: "Géron 2019, chapter 2; MurmurHash3 for the hash",
  params: {
    columns: columnsOrAll({
      doc: "The columns whose cells decide, such as a number of the row; by default all of the table.",
    }),
    ...splitParams,
  },
  scatters: true,
  shares: ({ train, validation, test }) => ({ train, validation, test }),
  conflict: sharesConflict,
  deal(rows, { columns, seed, ...shares }) {
    // Which file holds a row is no cell of it.
    const own = () => namesIn(rows.table).filter((name) => name !== rows.table.fileColumn);
    const names = columns === "all" ? own() : columns;
    const hashes = cellHashes(
      names.map((name) => wordsOf(rows, name)),
      rows.kept,
      seed,
    );
    const dealt: Record<SplitName, number[]> = { train: [], validation: [], test: [] };
    const bounds = { train: shares.train * WORDS, validation: (shares.train + shares.validation) * WORDS };
    for (let position = 0; position < hashes.length; position++) {
      // Without a test what rounding leaves above the last bound is for validation, or training.
      const hash = int32At(hashes, position) >>> 0;
      dealt[splitOf(hash, bounds, shares.test > 0)].push(position);
    }
    return {
      train: Int32Array.from(dealt.train),
      validation: Int32Array.from(dealt.validation),
      test: Int32Array.from(dealt.test),
    };
  },
});

function splitOf(
  hash: number,
  bounds: Readonly<Record<"train" | "validation", number>>,
  hasTest: boolean,
): SplitName {
  if (hash < bounds.train) return "train";
  if (hash < bounds.validation || !hasTest) return bounds.validation > bounds.train ? "validation" : "train";
  return "test";
}
