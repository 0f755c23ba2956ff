// What the settings of a section are made of. Checking, defaults and documentation come from these records,
// as they do for the parameters of layers.

import type { Param, Params } from "@netwright/definitions";

export type Setting =
  /** One value, checked like an argument. Without a default it must be given. */
  | { readonly kind: "value"; readonly doc: string; readonly param: Param }
  /** A column or a list of columns; with `all`, also the word `all`, which is then the default. */
  | { readonly kind: "columns"; readonly doc: string; readonly all: boolean }
  /** One column, or the word of a rule in its place; none by default. */
  | { readonly kind: "column"; readonly doc: string; readonly rule: string }
  /** A layer or a list of layers, by the names that `explain` shows; none by default. */
  | { readonly kind: "layers"; readonly doc: string }
  /** Arguments in braces, `split: { train: 70% }`, or a name that takes them: `split: fold(0, 5)`. */
  | { readonly kind: "record"; readonly doc: string; readonly settings: Params; readonly param: Param }
  /** Arguments in braces alone, `window { length: 24, order: time }`; without them nothing of it holds. */
  | { readonly kind: "braces"; readonly doc: string; readonly settings: Params }
  /** A number for each of these names, in braces: `learning_rate_factors { bias: 0.1 }`. */
  | { readonly kind: "factors"; readonly doc: string; readonly settings: Params }
  /** A type for each column: `columns { Age: number(min: 1) }`. */
  | { readonly kind: "contract"; readonly doc: string };

export type Settings = Readonly<Record<string, Setting>>;

/** Settings that are plain values. */
export function valueSettings(params: Params): Settings {
  return Object.fromEntries(
    Object.entries(params).map(([name, param]) => [name, { kind: "value", doc: param.doc, param }]),
  );
}
