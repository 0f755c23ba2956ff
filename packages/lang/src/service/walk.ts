// What a walk over a syntax tree carries: what can be named, where it is, and where it puts what it finds.

import type { Span } from "@netwright/definitions";
import type { BlockItem, Step } from "../syntax/tree.ts";
import type { Names } from "./names.ts";
import type { Meaning } from "./occurrence.ts";

export interface Walk {
  readonly names: Names;
  /** The block whose parameters are in scope. */
  readonly block: BlockItem | undefined;
  /** `features` and `outputs` are in scope. */
  readonly inModel: boolean;
  readonly add: (
    span: Span,
    meaning: Meaning,
    details?: { readonly declares?: boolean; readonly step?: Step },
  ) => void;
}
