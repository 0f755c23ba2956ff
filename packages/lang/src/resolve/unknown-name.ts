// A name in an expression that nothing has: reported with the closest name of the scope.

import { replaceBy } from "../report.ts";
import type { Span } from "../source/span.ts";
import { closest } from "../suggest/closest.ts";
import { listNames, quote } from "../suggest/wording.ts";
import type { Context } from "./context.ts";
import { isOverride } from "./overrides.ts";
import type { Scope } from "./scope.ts";

export function unknownName(name: string, span: Span, scope: Scope, context: Context): void {
  const names = scope.names();
  const meant = closest(name, names);
  const builtIn = name === "features" || name === "outputs";
  const notes = isOverride(span)
    ? ["A value given to `--set` is written out; it cannot name params."]
    : builtIn
      ? [`\`${name}\` is known in a model and its blocks, where a \`data\` section gives it.`]
      : [
          names.length > 0
            ? `Names known here: ${listNames(new Set(names))}.`
            : "The file defines no `param`.",
        ];
  const fix = meant === undefined ? undefined : replaceBy(span, meant);
  context.report.error("NW0207", span, `unknown name ${quote(name)}`, { notes, fix });
}
