// Names of layers as values: `freeze: dense_1`, `freeze: [dense_1, dense_2]`. A name here is a layer of the model, as
// `explain` shows it, and never a param.

import { closest, listNames, quote } from "@netwright/definitions";
import { replaceBy } from "../report.ts";
import type { Expression, Name } from "../syntax/tree.ts";
import type { Context } from "./context.ts";

/** The names in order; what is no name is reported and left out. */
export function readLayerNames(key: string, expression: Expression, context: Context): readonly Name[] {
  if (expression.kind === "constant" && expression.value === null) return [];
  const items = expression.kind === "list" ? expression.items : [expression];
  return items.flatMap((item): readonly Name[] => {
    const { span } = item;
    if (item.kind === "name") return [{ text: item.name, quoted: false, span }];
    if (item.kind !== "broken") {
      context.report.error("NW0303", span, `\`${key}\` of \`train\` must be a layer or a list of layers`, {
        notes: [
          "Layers are named by their kind and order, as `dense_1`; `netwright explain` shows the names.",
        ],
        fix: item.kind === "string" ? replaceBy(span, item.value) : undefined,
      });
    }
    return [];
  });
}

export function checkLayersExist(
  names: readonly Name[],
  known: readonly string[],
  { report }: Context,
): void {
  for (const { text, span } of names) {
    if (known.includes(text)) continue;
    const meant = closest(text, known);
    report.error("NW0708", span, `the model has no layer ${quote(text)}`, {
      notes: [`Its layers: ${listNames(known, 20)}.`],
      fix: meant === undefined ? undefined : replaceBy(span, meant),
    });
  }
}
