// Numbers before and after each direction, as padding and cropping take them: one for all, one for each direction, or two.

import { at, integer, list, oneOf, type Param, type ShapeProblem } from "@netwright/definitions";
import type { Margins } from "./windows.ts";

/** Before and after alike, or each. */
export type Ends = number | readonly number[];

/** Of an image: all alike, height and width, or [[top, bottom], [left, right]]. Of a sequence: `Ends`. */
export type Edges = number | readonly Ends[];

interface Spec {
  readonly doc: string;
  readonly default: number;
}

const count = integer({ doc: "Steps or pixels.", min: 0 });

export function endsOfSequence(spec: Spec): Param<Ends> {
  const options: readonly Param<Ends>[] = [count, list(count, { doc: "Before and after." })];
  return oneOf(options, spec);
}

export function edgesOfImage(spec: Spec): Param<Edges> {
  const pair: readonly Param<Ends>[] = [count, list(count, { doc: "Before and after." })];
  const both = list(oneOf(pair, { doc: "One direction." }), { doc: "Height and width." });
  const options: readonly Param<Edges>[] = [count, both];
  return oneOf(options, spec);
}

export function marginsAround(directions: number, given: Edges): readonly Margins[] {
  if (directions === 1 && typeof given !== "number") return [marginsOf(given.flat())];
  return Array.from({ length: directions }, (_, d) =>
    marginsOf(typeof given === "number" ? given : at(given, d)),
  );
}

function marginsOf(given: Ends): Margins {
  return typeof given === "number" ? { low: given, high: given } : { low: at(given, 0), high: at(given, 1) };
}

/** Every list has two entries. */
export function edgesProblem(name: string, directions: number, given: Edges): ShapeProblem | undefined {
  const lists = typeof given === "number" ? [] : [given, ...given.filter((ends) => typeof ends !== "number")];
  if (lists.every(({ length }) => length === 2)) return undefined;
  return directions === 1
    ? {
        problem: `\`${name}\` is one number, or two`,
        note: `\`${name}: [1, 2]\` is 1 before and 2 after; \`${name}: 1\` is as much at both ends.`,
      }
    : {
        problem: `\`${name}\` is one number, one each for height and width, or two for each of them`,
        note: `\`${name}: [[1, 2], [3, 4]]\` is 1 at the top, 2 at the bottom, 3 at the left and 4 at the right.`,
      };
}
