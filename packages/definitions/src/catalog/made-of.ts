// What is made of many columns of a table: an image, whose pixels are columns of numbers. Which columns they are, patterns of
// their names say, and the numbers in the names say in which order.

import type { Chosen } from "./argument.ts";

export interface MadeOf {
  /** One for all columns, or one for each channel. */
  readonly patterns: readonly string[];
  /** [height, width, channels]: what a row becomes. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** The type of each of the columns. */
  readonly each: Chosen;
}

/** How many columns each of the patterns has to fit. */
export function columnsOfPattern({ patterns, shape: [height, width, channels] }: MadeOf): number {
  return patterns.length > 1 ? height * width : height * width * channels;
}

/** The names that fit each pattern, in order: by the first number in them, where that is the same by the second, and so on. */
export function columnsByPattern({ patterns }: MadeOf, names: readonly string[]): readonly string[][] {
  return patterns.map((pattern) => {
    const numbersIn = matcher(pattern);
    return names
      .flatMap((name) => {
        const numbers = numbersIn(name);
        return numbers === null ? [] : [{ name, numbers }];
      })
      .sort((a, b) => compare(a.numbers, b.numbers))
      .map(({ name }) => name);
  });
}

/** In the order of an array of the shape: channels, where each has its pattern, lie side by side in a pixel. */
export function inPixelOrder(byPattern: readonly (readonly string[])[]): readonly string[] {
  const [first = []] = byPattern;
  return first.flatMap((_, pixel) => byPattern.flatMap((names) => names[pixel] ?? []));
}

/** The numbers that stand where a pattern has `*`; null for a name that does not fit. */
function matcher(pattern: string): (name: string) => readonly number[] | null {
  const source = pattern
    .split(/\*+/)
    .map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"))
    .join("(\\d{1,9})");
  const whole = new RegExp(`^${source}$`);
  return (name) => whole.exec(name)?.slice(1).map(Number) ?? null;
}

function compare(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((number, i) => number !== b[i]);
  return place < 0 ? 0 : (a[place] ?? 0) - (b[place] ?? 0);
}
