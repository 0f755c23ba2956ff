// The names that would be used if the mistakes so far were mended as suggested: they are not called unused.

import type { Context } from "./context.ts";

export function meantNames({ report }: Context): ReadonlySet<string> {
  const errors = report.diagnostics.filter(({ severity }) => severity === "error");
  return new Set(errors.flatMap(({ fix }) => fix?.edits.map(({ text }) => text) ?? []));
}
