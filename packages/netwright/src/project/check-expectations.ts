// What an expectation asks of the classes, held against those that there are: the language does not know them.

import { classesOf, type OpenEncoders } from "@netwright/data";
import type { Diagnostic, Model } from "@netwright/lang";
import type { FullCatalog } from "../catalog/catalog.ts";
import { projectError } from "./diagnostics.ts";

export function checkExpectations(
  { expect }: Model,
  encoders: OpenEncoders,
  { metrics }: FullCatalog,
): readonly Diagnostic[] {
  const classes = classesOf(encoders);
  if (classes === null) return [];
  return expect.flatMap(({ metric, args, label, span }) => {
    const wrong = metrics.get(metric)?.check(args, classes) ?? null;
    return wrong === null
      ? []
      : [projectError("NW0713", `\`${label}\` does not fit the classes`, [wrong], span)];
  });
}
