// A dense network with more numbers side by side than a host of formulas takes.

import { quote } from "@netwright/definitions";
import type { Refusal } from "../format.ts";
import type { DenseNetwork } from "./network.ts";

/** The first of what is too wide, from the input on. `because` ends the sentence: "sheets take minutes for more than 256". */
export function tooWide({ width, steps }: DenseNetwork, most: number, because: string): readonly Refusal[] {
  const whyOf = (numbers: number) => `has ${numbers} numbers, and ${because}`;
  if (width > most) return [{ of: "input", what: "The input", why: whyOf(width) }];
  const wide = steps.find((step) => step.width > most);
  return wide === undefined
    ? []
    : [{ of: "layer", what: `Layer ${quote(wide.name)}`, why: whyOf(wide.width) }];
}
