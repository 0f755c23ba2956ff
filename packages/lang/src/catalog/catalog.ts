// What the resolver asks for the words that are not grammar: which layers, losses, optimizers ... exist.
// The language package defines only this interface; the definitions are handed in by the caller.

import type { Args, Family } from "./argument.ts";
import type { Params } from "./param.ts";

/** Sizes without the batch dimension: `[8]` for eight features. */
export type Shape = readonly number[];

/** Why a layer cannot take its input; becomes a diagnostic at the layer. */
export interface ShapeProblem {
  readonly problem: string;
  readonly note?: string;
}

export interface Definition {
  readonly name: string;
  /** First sentence is the summary that hover and tables show. */
  readonly doc: string;
  readonly formula?: string;
  /** A line as it stands in a file. */
  readonly example?: string;
  /** Where formula and defaults come from. */
  readonly source?: string;
  /** In positional order. */
  readonly params: Params;
}

export interface LayerSignature extends Definition {
  outputShape(input: Shape, args: Args): Shape | ShapeProblem;
}

export interface Catalog {
  readonly layer: ReadonlyMap<string, LayerSignature>;
  /** Every other family. */
  readonly definitions: Readonly<Record<Exclude<Family, "layer">, ReadonlyMap<string, Definition>>>;
  /** Names that `expect` may use after the split: `r2`, `mae` ... */
  readonly metrics: ReadonlySet<string>;
}

export function isShapeProblem(value: Shape | ShapeProblem): value is ShapeProblem {
  return "problem" in value;
}
