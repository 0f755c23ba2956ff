// What the promises of the public API reject with: the diagnostics, and their text as the message.

import { type Diagnostic, renderDiagnostics, type Sources } from "@netwright/lang";
import type { Checked } from "./project/result.ts";

export class NetwrightError extends Error {
  readonly diagnostics: readonly Diagnostic[];
  /** The texts that they point into. */
  declare readonly sources: Sources;
  constructor(diagnostics: readonly Diagnostic[], sources: Sources) {
    super(renderDiagnostics(diagnostics, sources).trimEnd());
    this.name = "NetwrightError";
    this.diagnostics = diagnostics;
    // Whoever shows an error with all that it has would show all of these texts.
    Object.defineProperty(this, "sources", { value: sources, enumerable: false });
  }
}

/** The value, or the error that carries the reasons. */
export function valueOrThrow<T>(checked: Checked<T>): T {
  if (checked.ok) return checked.value;
  throw new NetwrightError(
    checked.diagnostics.filter(({ severity }) => severity === "error"),
    checked.sources,
  );
}
