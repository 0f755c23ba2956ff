// A name in the text together with what it means there. The list of all occurrences of a file answers hover,
// definition, references, rename and highlighting.

import type { Definition, Family, Param, Span } from "@netwright/definitions";
import type { Setting } from "../sections/setting.ts";
import type { BlockItem, Parameter, ParamItem, Step } from "../syntax/tree.ts";

export type Meaning =
  | { readonly kind: "param"; readonly item: ParamItem }
  | { readonly kind: "block"; readonly item: BlockItem }
  | { readonly kind: "parameter"; readonly block: BlockItem; readonly parameter: Parameter }
  /** A column of the data; it is declared in the contract. */
  | { readonly kind: "column"; readonly column: string }
  | { readonly kind: "definition"; readonly family: Family; readonly definition: Definition }
  | { readonly kind: "columnType"; readonly definition: Definition }
  /** The name of a named argument. */
  | { readonly kind: "argument"; readonly owner: string; readonly name: string; readonly param: Param }
  /** The key of a setting, by its path: `data.split.train`. */
  | { readonly kind: "setting"; readonly path: readonly string[]; readonly setting: Setting }
  | { readonly kind: "choice"; readonly value: string; readonly param: Param }
  | { readonly kind: "builtIn"; readonly name: BuiltIn }
  /** A word of the language with the step that it opens or is. */
  | { readonly kind: "word"; readonly word: FlowWord }
  | { readonly kind: "split"; readonly name: string }
  | { readonly kind: "metric"; readonly name: string }
  | { readonly kind: "branch"; readonly name: string }
  | { readonly kind: "data"; readonly name: string }
  | { readonly kind: "unknown"; readonly name: string };

export type BuiltIn = "features" | "outputs";
export type FlowWord = "repeat" | "if" | "residual" | "parallel" | "input" | "shared";

export interface Occurrence {
  readonly span: Span;
  readonly meaning: Meaning;
  /** The place where it is defined. */
  readonly declares: boolean;
  /** The step of a flow that this name calls or opens: for shapes. */
  readonly step?: Step;
}

/** Equal for two occurrences of one thing; undefined where no thing of the file is meant. */
export function identityOf(meaning: Meaning): string | undefined {
  switch (meaning.kind) {
    case "param":
    case "block":
      return `${meaning.kind} ${meaning.item.name.text}`;
    case "parameter":
      return `parameter ${meaning.block.name.text} ${meaning.parameter.name.text}`;
    case "column":
      return `column ${meaning.column}`;
    default:
      return undefined;
  }
}
