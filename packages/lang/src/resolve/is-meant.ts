// Whether a name would be used if a mistake elsewhere were mended as suggested: then it is not called unused.

import type { Context } from "./context.ts";

export function isMeant(name: string, { report }: Context): boolean {
  return report.diagnostics.some(
    ({ severity, fix }) => severity === "error" && fix?.edits.some(({ text }) => text === name),
  );
}
