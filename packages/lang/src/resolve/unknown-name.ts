// A name in an expression that nothing has: reported with the closest name of the scope.

import { closest, type Family, listNames, quote, type Span } from "@netwright/definitions";
import { replaceBy } from "../report.ts";
import type { Context } from "./context.ts";
import { article, familyName } from "./describe-type.ts";
import { isOverride } from "./overrides.ts";
import type { Scope } from "./value.ts";

export function unknownName(name: string, span: Span, scope: Scope, context: Context): void {
  const names = scope.names();
  const meant = OF_PYTHON.get(name) ?? closest(name, names);
  const builtIn = name === "features" || name === "outputs";
  // Where a model has data, `outputs` is known at the least.
  const noNumbers = name === "features" && names.includes("outputs");
  const notes = isOverride(span)
    ? ["A value given to `--set` is written out; it cannot name params."]
    : noNumbers
      ? [
          "It is how many plain numbers the data gives, and this data gives none; what it gives is taken by name, as `input(name)`.",
        ]
      : builtIn
        ? [`\`${name}\` is known in a model and its blocks, where a \`data\` section gives it.`]
        : [
            names.length > 0
              ? `Names known here: ${listNames(new Set(names))}.`
              : "The file defines no `param`.",
          ];
  const family = familyOf(name, context);
  if (family !== undefined)
    notes.unshift(`\`${name}\` is ${article(family)} ${family}, and a value is needed here.`);
  const fix = meant === undefined ? undefined : replaceBy(span, meant);
  context.report.error("NW0207", span, `unknown name ${quote(name)}`, { notes, fix });
}

/** Values that are written otherwise elsewhere. */
const OF_PYTHON: ReadonlyMap<string, string> = new Map([
  ["True", "true"],
  ["TRUE", "true"],
  ["False", "false"],
  ["FALSE", "false"],
  ["None", "none"],
  ["null", "none"],
]);

/** What a name of the catalog is: "layer", "loss", .... */
export function familyOf(name: string, { catalog }: Context): string | undefined {
  // The type of the record lists its keys, and Object.keys forgets them.
  const families = Object.keys(catalog.definitions) as (keyof Context["catalog"]["definitions"])[];
  const family: Family | undefined = families.find((key) => catalog.definitions[key].has(name));
  if (family !== undefined) return familyName(family);
  return catalog.layer.has(name) ? familyName("layer") : undefined;
}
