// What whoever imports a model calls its columns and classes, and what of that does not fit.

import { count as counted } from "@netwright/definitions";
import type { Pixels } from "./pixels.ts";

export interface NamingOptions {
  /** Names of the columns, in the order of the numbers of a row. One for all pixels of an image is that of the files of pictures. */
  readonly columns?: readonly string[];
  /** Names of what is predicted. */
  readonly target?: readonly string[];
  /** The words of the classes; `none` where numbers are predicted all the same. */
  readonly classes?: readonly string[] | "none";
  /**
   * The numbers that come out are those before a `softmax` that the loss has had, of one number before a `sigmoid`: they are classes all the
   * same. No file says so.
   */
  readonly logits?: boolean;
  /**
   * What becomes of pixels before they go in, where no layer of the file says it: from 0 to 1, from -1 to 1, or what they are, 0 to 255. Without
   * it such a model takes plain numbers.
   */
  readonly pixels?: Pixels;
}

/** What an option does not fit. */
export interface Misnamed {
  readonly misnamed: string;
  readonly remedy: string;
}

/** Of names for so many numbers. */
export function namesProblem(own: readonly string[] | undefined, count: number): Misnamed | null {
  if (own !== undefined && own.length !== count)
    return {
      misnamed: `\`columns\` has ${counted(own.length, "name")}, and the model takes ${counted(count, "number")}`,
      remedy: "Give a name for each number of a row, in their order.",
    };
  if (own !== undefined && new Set(own).size < own.length)
    return { misnamed: "`columns` has a name twice", remedy: "Each column has a name of its own." };
  return null;
}

/** Of the numbers of an input. */
export function numbered(name: string, size: number): readonly string[] {
  return size === 1 ? [name] : Array.from({ length: size }, (_, i) => `${name}_${i + 1}`);
}

/** Each once. */
export function distinct(names: readonly string[]): readonly string[] {
  const used = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let k = 2; used.has(free); k++) free = `${name}_${k}`;
    used.add(free);
    return free;
  });
}
