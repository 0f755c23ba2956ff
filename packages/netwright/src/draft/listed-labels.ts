// Columns whose cells list several labels, `sweet|red` or `sweet; red`: few labels make many different cells.

import type { WordCount } from "@netwright/data";

export interface ListedLabels {
  readonly separator: string;
  /** In the order of the alphabet, with the number of rows that list each. */
  readonly labels: readonly WordCount[];
}

const SEPARATORS = ["|", ";", ","];

/** A cell with several labels is no odd one out: so many, and such a share. */
const FEWEST_LISTS = 3;
const LEAST_SHARE = 0.05;
const MOST_LABELS = 100;
const LONGEST_LABEL = 40;
/** On the mean; names that are written "last, first" come once or twice. */
const ROWS_A_LABEL = 5;

/** `null` where no sign separates labels; `words` are those of the cells, with their rows. */
export function listedLabels(words: readonly WordCount[]): ListedLabels | null {
  for (const separator of SEPARATORS) {
    const labels = labelsBy(words, separator);
    if (labels !== null) return { separator, labels };
  }
  return null;
}

function labelsBy(words: readonly WordCount[], separator: string): readonly WordCount[] | null {
  const counts = new Map<string, number>();
  let [rows, lists] = [0, 0];
  for (const { word, rows: times } of words) {
    const labels = new Set(partsOf(word, separator));
    rows += times;
    if (labels.size > 1) lists += times;
    for (const label of labels) {
      if (label.length > LONGEST_LABEL) return null;
      counts.set(label, (counts.get(label) ?? 0) + times);
    }
    if (counts.size > MOST_LABELS) return null;
  }
  if (lists < Math.max(FEWEST_LISTS, LEAST_SHARE * rows)) return null;
  const found = [...counts].map(([word, times]) => ({ word, rows: times }));
  const listed = found.reduce((sum, { rows: times }) => sum + times, 0);
  // Numbers between the signs are a list of numbers, or a number.
  if (found.some(({ word }) => word !== "" && Number.isFinite(Number(word)))) return null;
  if (found.length < 2 || found.length >= words.length || listed < ROWS_A_LABEL * found.length) return null;
  return found.sort((a, b) => (a.word < b.word ? -1 : 1));
}

export function partsOf(cell: string, separator: string): readonly string[] {
  return cell
    .split(separator)
    .map((label) => label.trim())
    .filter((label) => label !== "");
}
