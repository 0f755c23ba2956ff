// What is inside a model as grids of squares: filters, the output of a layer for a row, attention.

import type { Grid } from "@netwright/plot";
import type { Filters, Inside, InsideValue } from "netwright";

/** Of one layer, a grid for each filter; its channels stand side by side. */
export function filterGrids({ window, channels, filters }: Filters): readonly Grid[] {
  const [rows, columns] = window.length === 1 ? [channels, window[0] ?? 1] : [window[0] ?? 1, window[1] ?? 1];
  return filters.map((values, i) => {
    const title = String(i + 1);
    // Of steps the channels are rows: [steps, channels] turned.
    if (window.length === 1)
      return {
        title,
        rows,
        columns,
        values: filled(rows * columns, (at) => values[(at % columns) * channels + Math.floor(at / columns)]),
      };
    const wide = channels * (columns + 1) - 1;
    const pixel = (at: number): number | undefined => {
      const [row, place] = [Math.floor(at / wide), at % wide];
      const [channel, column] = [Math.floor(place / (columns + 1)), place % (columns + 1)];
      return column === columns ? undefined : values[(row * columns + column) * channels + channel];
    };
    return { title, rows, columns: wide, values: filled(rows * wide, pixel) };
  });
}

/** Of numbers of a picture a grid for each channel; of steps one, with a row for each channel; of a list lines of 16. */
export function valueGrids({ name, shape, values }: InsideValue): readonly Grid[] {
  const [first = 1, second = 1, channels = 1] = shape;
  if (shape.length === 3)
    return Array.from({ length: channels }, (_, channel) => ({
      title: channels === 1 ? name : String(channel + 1),
      rows: first,
      columns: second,
      values: filled(first * second, (at) => values[at * channels + channel]),
    }));
  if (shape.length === 2)
    return [
      {
        title: name,
        rows: second,
        columns: first,
        values: filled(first * second, (at) => values[(at % first) * second + Math.floor(at / first)]),
      },
    ];
  const columns = Math.min(values.length, LINE);
  return [{ title: name, rows: Math.ceil(values.length / columns), columns, values }];
}

const LINE = 16;

/** A grid for each head, with the words, or the numbers of the steps, at both sides. Steps behind the last word are left out. */
export function attentionGrids({ name, shape, values }: InsideValue, inside: Inside): readonly Grid[] {
  const [heads = 1, queries = 1, keys = 1] = shape;
  const [rowNames, columnNames] = [stepNames(queries, inside), stepNames(keys, inside)];
  const [rows, columns] = [rowNames.length, columnNames.length];
  return Array.from({ length: heads }, (_, head) => ({
    title: `${name}, head ${head + 1}`,
    rows,
    columns,
    rowNames,
    columnNames,
    values: filled(
      rows * columns,
      (at) => values[(head * queries + Math.floor(at / columns)) * keys + (at % columns)],
    ),
  }));
}

/** Words, where there is a step for each of them; else the numbers of the steps. */
export function stepNames(steps: number, { text }: Pick<Inside, "text">): readonly string[] {
  if (text !== null && text.words.length > 0 && text.steps === steps) return text.words;
  return Array.from({ length: steps }, (_, step) => String(step + 1));
}

function filled(length: number, valueAt: (at: number) => number | undefined): Float32Array {
  return Float32Array.from({ length }, (_, at) => valueAt(at) ?? Number.NaN);
}
