// A document at one version with all that is known of it. Everything that takes time is done when it is first
// asked for, and once.

import type { Analysis, Diagnostic } from "@netwright/lang";
import { type Names, type Occurrence, occurrencesOf } from "@netwright/lang/service";
import type { Text } from "../text/positions.ts";

export interface View {
  readonly uri: string;
  readonly version: number;
  readonly text: Text;
  readonly analysis: Analysis;
  /** Those of the analysis, and those of the data. */
  readonly diagnostics: readonly Diagnostic[];
  readonly names: Names;
  /** Milliseconds that the analysis took. */
  readonly cost: number;
  readonly occurrences: () => readonly Occurrence[];
}

export function viewOf(parts: Omit<View, "occurrences">): View {
  let known: readonly Occurrence[] | undefined;
  return {
    ...parts,
    occurrences: () => {
      known ??= occurrencesOf(parts.analysis.tree, parts.names);
      return known;
    },
  };
}
