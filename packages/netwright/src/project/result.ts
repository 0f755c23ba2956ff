// Either what was asked for or the diagnostics that say why not; warnings come in both cases.

import type { Diagnostic, Sources } from "@netwright/lang";

export type Checked<T> =
  | {
      readonly ok: true;
      readonly value: T;
      readonly diagnostics: readonly Diagnostic[];
      readonly sources: Sources;
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[]; readonly sources: Sources };

const NO_SOURCES: Sources = new Map();

export function accept<T>(
  value: T,
  diagnostics: readonly Diagnostic[] = [],
  sources: Sources = NO_SOURCES,
): Checked<T> {
  return { ok: true, value, diagnostics, sources };
}

export function reject(diagnostics: readonly Diagnostic[], sources: Sources = NO_SOURCES): Checked<never> {
  return { ok: false, diagnostics, sources };
}
