// Whole files of a table that is several: a year, a site or a person each, so that what is tested on is one that training
// has never seen.

import {
  count,
  int32At,
  list,
  listNames,
  oneOf,
  optional,
  quote,
  repeated,
  type SplitName,
  text,
} from "@netwright/definitions";
import { fitter } from "../formats/several/file-pattern.ts";
import { type DataProblem, error } from "../problem/problem.ts";
import { codesOfFiles } from "../table/files-of-rows.ts";
import type { FileOfRows } from "../table/table.ts";
import { defineSplitter, type RowsToDeal } from "./splitter.ts";

type Patterns = string | readonly string[];
const patterns = (doc: string) =>
  optional(oneOf<Patterns>([text({ doc: "" }), list(text({ doc: "" }), { doc: "" })], { doc }));

const named = ["validation", "test"] as const;
type Asked = Readonly<Record<(typeof named)[number], Patterns | null>>;

export const byFile = defineSplitter({
  name: "by_file",
  doc: 'Each file of a table that is several, `source: "data/*.csv"`, is in one split as a whole: in the one of which a pattern fits its name, or else in training. In a pattern `*` stands for any characters of a name, `?` for one; it is held against the end of a file\'s path, `2025.csv` against the name alone, `north/2025.csv` against the folder as well. Equal rows are where their files are.',
  formula: "validation, test = rows of the files that their patterns fit; train = rows of all others",
  example: 'split: by_file(validation: "2024-*.csv", test: ["2025-*.csv", "2026-*.csv"])',
  source: "scikit-learn, `PredefinedSplit`, by names of files",
  params: {
    validation: patterns("The files of the rows that training is watched on: a pattern, or a list of them."),
    test: patterns(
      "The files of the rows that are kept for the final evaluation: a pattern, or a list of them.",
    ),
  },
  /** Of each part as much: how many rows there are the table alone tells. */
  shares(asked) {
    const parts = named.filter((name) => patternsOf(asked, name).length > 0);
    const share = (name: SplitName) =>
      name === "train" || parts.includes(name) ? 1 / (parts.length + 1) : 0;
    return { train: share("train"), validation: share("validation"), test: share("test") };
  },
  conflict(asked) {
    const all = named.flatMap((name) => patternsOf(asked, name));
    if (all.length === 0) {
      return { problem: "`by_file` names no file", note: 'Write for example `by_file(test: "2025-*.csv")`.' };
    }
    const [twice] = repeated(all);
    if (twice === undefined) return null;
    return { problem: `\`by_file\` names ${quote(twice)} twice`, note: "A file is in one split." };
  },
  sizes: (rows, { validation, test }) => ({
    train: rows,
    validation: validation > 0 ? rows : 0,
    test: test > 0 ? rows : 0,
  }),
  hasFolds: false,
  deal(rows, asked) {
    const { files = [] } = rows.table;
    if (files.length < 2) return notSeveral(rows, files);
    const splits: SplitName[] = [];
    const unused = new Set(named.flatMap((name) => patternsOf(asked, name)));
    const wanted = named.flatMap((split) =>
      patternsOf(asked, split).map((pattern) => ({ split, pattern, fits: fitter(pattern) })),
    );
    for (const { name } of files) {
      const fitting = wanted.filter(({ fits }) => fits(name));
      const [first = null] = fitting;
      const other = fitting.find(({ split }) => split !== first?.split);
      if (first !== null && other !== undefined) return inTwo(name, [first, other]);
      for (const { pattern } of fitting) unused.delete(pattern);
      splits.push(first?.split ?? "train");
    }
    if (unused.size > 0) return fitsNone([...unused], files);
    if (!splits.includes("train")) return allTaken(files);
    const dealt: Record<SplitName, number[]> = { train: [], validation: [], test: [] };
    const codes = codesOfFiles(rows.table.rows, files);
    for (const [position, row] of rows.kept.entries()) {
      dealt[splits[int32At(codes, row)] ?? "train"].push(position);
    }
    for (const split of new Set(splits)) {
      if (dealt[split].length === 0)
        return withoutRows(
          split,
          files.filter((_, i) => splits[i] === split),
        );
    }
    return {
      train: Int32Array.from(dealt.train),
      validation: Int32Array.from(dealt.validation),
      test: Int32Array.from(dealt.test),
    };
  },
});

function patternsOf(asked: Asked, split: (typeof named)[number]): readonly string[] {
  const given = asked[split] ?? [];
  return typeof given === "string" ? [given] : given;
}

function notSeveral({ table }: RowsToDeal, [only]: readonly FileOfRows[]): DataProblem {
  const why =
    only === undefined
      ? `the rows of ${quote(table.name)} are not those of several files`
      : `${quote(table.name)} fits one file alone, ${quote(only.name)}`;
  return error("NW0678", `\`by_file\` deals out whole files, and ${why}.`, {
    notes: [
      'Name all files by a pattern, as `source: "data/*.csv"`; or divide the rows otherwise, as by a column that says where each belongs: `by_column`.',
    ],
  });
}

function fitsNone(unused: readonly string[], files: readonly FileOfRows[]): DataProblem {
  const message = `No file of the table fits ${listNames(unused, 10, "or")}, which \`by_file\` names.`;
  return error("NW0679", message, { notes: [theFiles(files)] });
}

function inTwo(file: string, [one, other]: readonly [Fitting, Fitting]): DataProblem {
  const says = ({ split, pattern }: Fitting) => `${quote(pattern)} of \`${split}\``;
  const message = `${quote(file)} fits ${says(one)} and ${says(other)}, and a file is in one split.`;
  return error("NW0687", message, { notes: ["Let one of the two patterns fit fewer names."] });
}

interface Fitting {
  readonly split: SplitName;
  readonly pattern: string;
}

function allTaken(files: readonly FileOfRows[]): DataProblem {
  const message = `\`train\` is left without rows: each of ${count(files.length, "file")} fits a pattern of \`validation\` or \`test\`.`;
  return error("NW0647", message, { notes: [theFiles(files)] });
}

function withoutRows(split: SplitName, own: readonly FileOfRows[]): DataProblem {
  const message = `\`${split}\` is left without rows: ${listNames(
    own.map(({ shortName }) => shortName),
    10,
  )} ${own.length === 1 ? "has" : "have"} none, or none that is kept.`;
  return error("NW0647", message, {
    notes: ["`missing: drop` leaves rows out that lack a value."],
  });
}

function theFiles(files: readonly FileOfRows[]): string {
  return `The files: ${listNames(
    files.map(({ shortName }) => shortName),
    10,
  )}.`;
}
