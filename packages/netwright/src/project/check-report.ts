// What a file asks to be told beside its predictions, held against the rows that there are to measure it on.

import { type Prepared, rowsForShare } from "@netwright/data";
import { count, grouped } from "@netwright/definitions";
import type { Diagnostic, Model } from "@netwright/lang";
import { projectError } from "./diagnostics.ts";

export function checkReport({ report }: Model, { splits }: Prepared): readonly Diagnostic[] {
  const share = report?.interval;
  if (report === undefined || share === undefined) return [];
  const { rows, rowWeights } = splits.validation;
  const counted = rowWeights == null ? rows : rowWeights.filter((weight) => weight > 0).length;
  const needed = rowsForShare(share);
  // Without any the language has said so already.
  if (counted === 0 || counted >= needed) return [];
  const percent = `${Number((100 * share).toPrecision(12))}%`;
  return [
    projectError(
      "NW0855",
      `an interval of ${percent} needs ${count(needed, "validation row")}, and there ${counted === 1 ? "is" : "are"} ${grouped(counted)}`,
      [
        "Of fewer not even the one that is furthest off bounds that share of further rows.",
        "Give `validation` of `data.split` a larger share, or ask for a smaller interval.",
      ],
      report.spans["interval"],
    ),
  ];
}
