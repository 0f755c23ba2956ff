// A first `.net` file for a table: a contract of the columns as they are, scaling, a split, a model of sensible size.
// A start to be read and changed, so the choices carry their reasons as comments, and nothing is left out in silence.

import {
  type ColumnSummary,
  findColumn,
  type ReadPictureFile,
  summarize,
  type Table,
  type TableSummary,
  takingNamedPictures,
  type WordCount,
  wordCounts,
} from "@netwright/data";
import { count, grouped, quote } from "@netwright/definitions";
import { chooseFeatures, columnNamed } from "./choose-features.ts";
import { type ChosenSplit, chooseSplit } from "./choose-split.ts";
import { chooseTarget } from "./choose-target.ts";
import { chooseTask, FEW_NUMBERS, type Task } from "./choose-task.ts";
import { inputsOf } from "./column-lines.ts";
import type { DescribedCategory } from "./described-category.ts";
import { draftText, whatFrom } from "./draft-text.ts";
import { findPictures, type Pictures, pictureFiles } from "./find-pictures.ts";
import { isGapWord, takingGaps } from "./gap-words.ts";
import type { Kinds } from "./judge-column.ts";
import { leftOutLines } from "./left-out-lines.ts";
import { takingNumbers } from "./numbers-in-texts.ts";
import { partsColumn } from "./parts-column.ts";
import { chooseRecipe, type DraftRecipe, type RecipeName } from "./recipes/table.ts";
import { type Refusal, refused } from "./refusal.ts";
import { isTyped, typedWords } from "./typed-words.ts";

export interface DraftOptions {
  /** The table as the file will name it, relative to itself. */
  readonly source: string;
  /** Of a workbook: the sheet that the file names; the first one without it. */
  readonly sheet?: string;
  /** Of pictures in folders: the column that says the folder of each, which is predicted where nothing else is asked for. */
  readonly folderColumn?: string;
  /** Name of the section `data`. */
  readonly name: string;
  /** Default: a column with the name of a target, such as `y`, otherwise the last one that may be one. */
  readonly target?: string;
  /**
   * What the target's values are. Default: words are classes, or labels where cells list several; two whole numbers are
   * classes, whole numbers from 0 on that are counts by the column's name are counts, and all other numbers are numbers.
   */
  readonly task?: Task;
  /** Which network and training. Default: ensembles for tables, and of very small, large or wide ones a plain network. */
  readonly recipe?: RecipeName;
  /** Opens a picture that a cell names, as `image` of a column does; without it such names are words. */
  readonly picture?: ReadPictureFile;
}

export interface LeftOut {
  /** Its name; "" for a first column without one. */
  readonly column: string;
  readonly reason: string;
}

/** Every column of the table is the target, a feature, or left out. */
export interface DraftedNet {
  readonly ok: true;
  readonly text: string;
  readonly target: string;
  /** Why it is the target. */
  readonly reason: string;
  readonly task: Task;
  readonly recipe: DraftRecipe;
  /** Where nobody has said what the target is and it has few different whole numbers, which may be classes: how many. */
  readonly fewNumbers: number | null;
  readonly features: readonly string[];
  /** What it is predicted from: "3 columns", "pictures of 28 x 28 pixels". */
  readonly from: string;
  readonly leftOut: readonly LeftOut[];
  /** Rows that are not used, as they have no target. */
  readonly rowsWithoutTarget: number;
}

export type Draft = DraftedNet | Refusal;

/** What the parts of the text are made from. */
export interface Plan {
  readonly table: TableSummary;
  readonly from: Table;
  readonly target: ColumnSummary;
  readonly reason: string;
  readonly task: Task;
  readonly recipe: DraftRecipe;
  /** Why whole numbers are what they are taken for. */
  readonly because: string | null;
  readonly features: readonly ColumnSummary[];
  /** What it is predicted from where that is pictures; else null. Beside the pixels of columns there are no features. */
  readonly pictures: Pictures | null;
  /** The classes of a target, or the words of one of labels. */
  readonly classes: readonly WordCount[];
  /** Features of words that are words, described. */
  readonly categories: ReadonlyMap<string, DescribedCategory>;
  /** Columns of numbers that the table holds as texts. */
  readonly inTexts: ReadonlySet<string>;
  /** Columns of words that are more than words, the target among them. */
  readonly typed: Kinds;
  /** The words of those, where they are told. */
  readonly words: ReadonlyMap<string, readonly WordCount[]>;
  readonly split: ChosenSplit;
  /** Words that stand for a missing value in a column of words. */
  readonly missingWords: readonly string[];
  readonly leftOut: readonly LeftOut[];
  /** Rows that have a target. */
  readonly rows: number;
}

/** Fewer rows than this cannot be split into three parts that say anything. */
const FEWEST_ROWS = 10;

export function draftNet(given: Table, options: DraftOptions): Draft {
  const named =
    options.picture === undefined
      ? { table: given, unread: new Map<string, string>() }
      : takingNamedPictures(given, options.picture, isGapWord);
  const { table: asRead, files, others: further } = pictureFiles(named.table);
  const { table: read, names: inTexts } = takingNumbers(asRead);
  const { table: from, missingWords } = takingGaps(read);
  const all = summarize(from);
  if (all.rows < FEWEST_ROWS) return fewRows(`the table has ${count(all.rows, "row")}`);
  const { table, aside } = withoutPictures(
    all,
    new Map([
      ...named.unread,
      ...further.map((name) => [name, FURTHER] as const),
      ...(options.recipe === undefined || files === null ? [] : [[files.name, OF_NO_RECIPE] as const]),
    ]),
    options.target,
  );
  const found = new Map(table.columns.map((column) => [column.name, typedWords(from, column)]));
  const kinds = new Map([...found].flatMap(([name, kind]) => (isTyped(kind) ? [[name, kind] as const] : [])));
  const parts = partsColumn(from, table.columns);
  const seen = options.recipe === undefined ? findPictures(from, table, files) : null;
  const isTarget = seen?.columns.some(({ name }) => name === options.target) === true;
  const pixels = new Set(isTarget ? [] : (seen?.columns ?? []));
  const others = { ...table, columns: table.columns.filter((column) => !pixels.has(column)) };
  if (others.columns.length === 0 && files !== null) return nothingBeside();
  if (table.columns.length === 0) return nothingButNames(aside);
  const chosen = chooseTarget(
    others.columns.length === 0 ? table : others,
    options.target ?? options.folderColumn,
    targetKinds(kinds),
    parts?.name ?? null,
  );
  if (!chosen.ok) return chosen;
  const { column: target } = chosen;
  const isFolder = options.target === undefined && options.folderColumn !== undefined;
  const reason = isFolder ? "the folder of each picture" : chosen.reason;
  const what = `${quote(target.name)}, ${reason},`;
  // A picture shows something more often than an amount.
  const shows = pixels.size > 0 && target.pattern === "whole" && target.distinct <= FEW_NUMBERS;
  const asked = options.task ?? (shows ? "classes" : undefined);
  const decided = chooseTask(what, target, table.rows, kinds.get(target.name), asked);
  if (!decided.ok) return decided;
  const { task, because } = decided;
  const rows = table.rows - target.missing;
  if (rows < FEWEST_ROWS && task !== "labels") {
    return fewRows(`${what} has a value in ${grouped(rows)} of ${count(table.rows, "row")}`);
  }
  // Of pictures beside other columns, each pixel is a column like these.
  const isAllThereIs = () =>
    chooseFeatures({ from, table: others, target, task, found, kinds }, null).features.length === 0;
  const areOwn = seen !== null && seen.pattern === null;
  const pictures = pixels.size > 0 && !pixels.has(target) && (areOwn || isAllThereIs()) ? seen : null;
  const judged = { from, table: pictures === null ? table : others, target, task, found, kinds };
  const grouping = chooseSplit(from, judged.table.columns, target, task, {
    parts,
    areRows: options.folderColumn !== undefined,
  });
  const parted = chooseFeatures(judged, grouping.by);
  // A group is better than nothing to learn from.
  const isAlone = pictures === null && parted.features.length === 0 && grouping.by !== null;
  const split = isAlone ? chooseSplit(from, table.columns, target, task, { mayGroup: false }) : grouping;
  const { features, categories, leftOut: unused } = isAlone ? chooseFeatures(judged, null) : parted;
  const leftOut = [...aside, ...unused];
  if (features.length === 0 && pictures === null) return noFeatures(target, reason, leftOut);
  const countsOf = ({ name }: ColumnSummary) => wordCounts(from, columnNamed(from, name));
  const told = features.filter(({ name }) => kinds.get(name)?.about === null);
  const columns: Omit<Plan, "recipe"> = {
    table,
    from,
    target,
    reason,
    task,
    because,
    features,
    pictures,
    classes: task === "classes" || task === "labels" ? countsOf(target) : [],
    categories,
    inTexts,
    typed: kinds,
    words: new Map(told.map((column) => [column.name, countsOf(column)])),
    split,
    missingWords: missingWords.filter((word) =>
      [target, ...features, ...(pictures?.columns ?? [])].some(({ name }) => holds(read, name, word)),
    ),
    leftOut,
    rows: task === "labels" ? table.rows : rows,
  };
  const recipe =
    pictures === null ? (options.recipe ?? chooseRecipe(columns, inputsOf(columns))) : "convolutional";
  const isFew = target.pattern === "whole" && target.distinct <= FEW_NUMBERS;
  return {
    ok: true,
    text: draftText({ ...columns, recipe }, options),
    target: target.name,
    reason,
    task,
    recipe,
    fewNumbers: options.task === undefined && isFew ? target.distinct : null,
    features: [...features, ...(pictures?.columns ?? [])].map(({ name }) => name),
    from: whatFrom(columns),
    leftOut,
    rowsWithoutTarget: task === "labels" ? 0 : target.missing,
  };
}

/** Columns of pictures that are none to this draft, with why. What is asked for as the target is told for what it is. */
function withoutPictures(
  table: TableSummary,
  reasons: ReadonlyMap<string, string>,
  target: string | undefined,
): { readonly table: TableSummary; readonly aside: readonly LeftOut[] } {
  const aside = [...reasons]
    .filter(([column]) => column !== target)
    .map(([column, reason]) => ({ column, reason }));
  const names = new Set(aside.map(({ column }) => column));
  return { table: { ...table, columns: table.columns.filter(({ name }) => !names.has(name)) }, aside };
}

const FURTHER = "pictures; a draft takes one column of these, and a branch of the network can take another";
const OF_NO_RECIPE = "pictures, which no recipe takes: without `--recipe` they have a network of their own";

/** What can be predicted whatever its words are: classes in an order, and labels. */
function targetKinds(kinds: Kinds): Kinds {
  return new Map([...kinds].filter(([, { kind }]) => kind === "ordered" || kind === "labels"));
}

function fewRows(problem: string): Refusal {
  return refused("few-rows", problem, `A model needs at least ${FEWEST_ROWS}, better hundreds.`);
}

function nothingBeside(): Refusal {
  return refused(
    "no-target",
    "beside the pictures there is nothing that could be predicted",
    'A folder for each class says which is which: `netwright init "pictures/*/*.png"`.',
    "Or a table has their paths in a column, and beside it what they show.",
  );
}

function nothingButNames(aside: readonly LeftOut[]): Refusal {
  const lines = leftOutLines(aside).map((line) => `Left out: ${line}.`);
  return refused("no-features", "it has nothing but pictures that are left out", ...lines);
}

function noFeatures(target: ColumnSummary, reason: string, leftOut: readonly LeftOut[]): Refusal {
  return refused(
    "no-features",
    `no column is left to predict ${quote(target.name)}, ${reason}, from`,
    ...leftOutLines(leftOut).map((line) => `Left out: ${line}.`),
    "Features are columns of numbers, or of words that many rows have, that say something about a row.",
  );
}

function holds(table: Table, name: string, word: string): boolean {
  const column = findColumn(table, name);
  return column?.kind === "text"
    ? column.words.includes(word)
    : column?.values.includes(Number(word)) === true;
}
