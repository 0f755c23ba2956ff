// The column that a table is most likely for, with the reason; or why none can be chosen. It is never another one than
// the rule names: where that one cannot be predicted, the draft is refused.

import { type ColumnSummary, oddCellsText, type TableSummary } from "@netwright/data";
import { closest, cutList, listNames, quote } from "@netwright/definitions";
import { asideReason, type Kinds, objectionTo } from "./judge-column.ts";
import { TARGET_NAMES, wordsOf } from "./name-hints.ts";
import { type Refusal, refused } from "./refusal.ts";

export interface ChosenTarget {
  readonly ok: true;
  readonly column: ColumnSummary;
  /** Goes on after the column's name: "`Price`, the last column". */
  readonly reason: string;
}

/** `kinds` are the columns that are classes or labels whatever their words are; `parts` is the one that says the split. */
export function chooseTarget(
  table: TableSummary,
  given: string | undefined,
  kinds: Kinds,
  parts: string | null,
): ChosenTarget | Refusal {
  const candidate = given === undefined ? likelyTarget(table, kinds, parts) : givenTarget(table, given);
  return candidate.ok ? (objectionToTarget(candidate, table, kinds) ?? candidate) : candidate;
}

function givenTarget(table: TableSummary, given: string): ChosenTarget | Refusal {
  const column = table.columns.find(({ name }) => name === given);
  if (column !== undefined) return { ok: true, column, reason: "as given" };
  const names = table.columns.map(({ name }) => name);
  const meant = closest(given, names);
  return refused(
    "no-target",
    `the table has no column ${quote(given)}`,
    ...(meant === undefined ? [] : [`Did you mean ${quote(meant)}?`]),
    `Its columns are ${listNames(names)}.`,
  );
}

/** A column with the name of a target; otherwise the last one that may be a target. */
function likelyTarget(table: TableSummary, kinds: Kinds, parts: string | null): ChosenTarget | Refusal {
  const named = namedTarget(table, kinds);
  if (named !== null) return named;
  const passed: string[] = [];
  for (const column of table.columns.toReversed()) {
    const aside = column.name === parts ? "the split" : asideReason(column, table, kinds);
    if (aside === null) return { ok: true, column, reason: lastReason(passed) };
    passed.push(`${quote(column.name)} (${aside})`);
  }
  return refused(
    "no-target",
    "no column can be predicted",
    `From the last to the first: ${cutList(passed)}.`,
  );
}

function lastReason(passed: readonly string[]): string {
  return passed.length === 0 ? "the last column" : `the last column but ${cutList(passed, 3)}`;
}

function namedTarget(table: TableSummary, kinds: Kinds): ChosenTarget | null {
  const named = (name: string) =>
    table.columns.find((column) => wordsOf(column.name).join(" ") === name && !isNames(column, table, kinds));
  // Beside an x and a z, y is a place.
  const names = TARGET_NAMES.filter((name) => name !== "y" || named("z") === undefined);
  for (const name of names) {
    const column = named(name);
    if (column !== undefined) return { ok: true, column, reason: "a target by its name" };
  }
  return null;
}

/** A `label` may hold the names of the rows. Whatever else is wrong with a column that is called a target is said. */
function isNames(column: ColumnSummary, table: TableSummary, kinds: Kinds): boolean {
  if (wordsOf(column.name).join(" ") !== "label") return false;
  return column.type === "text" && column.distinct > 1 && asideReason(column, table, kinds) !== null;
}

function objectionToTarget(
  { column, reason }: ChosenTarget,
  table: TableSummary,
  kinds: Kinds,
): Refusal | null {
  const what = `${quote(column.name)}, ${reason},`;
  const objection = objectionTo(column, table, kinds);
  switch (objection?.kind) {
    case "empty":
    case "constant":
      return refused("no-target", `${what} is ${objection.reason}`, otherTargets(column, table, kinds));
    case "infinite":
      return refused(
        "odd-cells",
        `${what} is ${objection.reason}`,
        "A target is a finite number in every row.",
      );
    case "large":
      return refused("no-target", `${what} is ${objection.reason}`, otherTargets(column, table, kinds));
    case "odd":
      return refused(
        "odd-cells",
        `${what} holds ${oddCellsText(column.oddCells)}`,
        ...(column.oddCells.hint === "" ? [] : [column.oddCells.hint]),
        `Mend the cells. ${otherTargets(column, table, kinds)}`,
      );
    case "dates":
      return refused("no-target", `${what} holds dates`, otherTargets(column, table, kinds));
    case "words":
      return refused(
        "words",
        `${what} is no class: ${objection.reason}`,
        "A class is a word that many rows have.",
        otherTargets(column, table, kinds),
      );
    default:
      return null;
  }
}

/** What to write instead: the columns that can be predicted, the last first, as that is where targets stand. */
function otherTargets(column: ColumnSummary, table: TableSummary, kinds: Kinds): string {
  const others = table.columns.filter(
    (other) => other !== column && objectionTo(other, table, kinds) === null,
  );
  if (others.length === 0) return "The table has no other column that can be predicted.";
  const names = others.map(({ name }) => name).reverse();
  return `To predict another column, name it with \`--target\`: ${listNames(names)}.`;
}
