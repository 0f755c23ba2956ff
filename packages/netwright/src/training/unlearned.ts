// What `report` asks for of how far off predictions are, and the validation rows do not tell.

import { intervalsOf, type OpenEncoders, setOf } from "@netwright/data";
import { grouped, percent } from "@netwright/definitions";
import type { Diagnostic, Model } from "@netwright/lang";
import type { Evaluation } from "@netwright/runtime";
import type { FullCatalog } from "../catalog/catalog.ts";
import { projectWarning } from "../project/diagnostics.ts";
import { measureOf } from "./measure.ts";

/** Members that predict, of those that were trained; null where none are chosen. */
type Chosen = { readonly members: number; readonly of: number } | null;

/**
 * A warning, NW0857, where an interval was asked for and `encoders` have none, and where what is to be apart says the same of a row:
 * its spread is then 0, and any interval would be of no width.
 */
export function unlearned(
  model: Model,
  encoders: OpenEncoders,
  validation: Evaluation | null,
  chosen: Chosen,
  catalog: FullCatalog,
): readonly Diagnostic[] {
  const { report } = model;
  if (report === undefined || validation === null) return [];
  const { interval, spans } = report;
  const { spread } = measureOf(model, encoders, catalog).decode(validation.encoded);
  const still = spread?.filter((one) => one === 0).length ?? 0;
  const all = spread?.length ?? 0;
  const isLacking = interval !== undefined && intervalsOf(encoders) === null && setOf(encoders) === null;
  if (!isLacking && still === 0) return [];
  const what = `${still === all ? "all" : `${grouped(still)} of the`} ${grouped(all)} spreads of the validation rows are 0`;
  const notes = [
    ...(isLacking && still > 0 ? [`${what[0]?.toUpperCase()}${what.slice(1)}.`] : []),
    ...(still === 0 ? ["Of one of them what is predicted is no number."] : []),
    ...(still === 0 || isLacking ? [] : ["An interval of such a row has no width, whatever its target."]),
    ...(still > 0 && chosen?.members === 1
      ? [
          `Of ${chosen.of} members one predicts, and nothing is apart from it. Without \`choose: best\` all do.`,
        ]
      : []),
  ];
  const lacking = isLacking
    ? `no interval of ${percent(interval)} can be learned from the validation rows`
    : what;
  return [projectWarning("NW0857", lacking, notes, spans[isLacking ? "interval" : "spread"])];
}
