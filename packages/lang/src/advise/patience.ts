// Early stopping that waits longer than training lasts.

import { count } from "@netwright/definitions";
import type { TrainSettings } from "../model/model.ts";
import type { Context } from "../resolve/context.ts";
import { isOverride } from "../resolve/overrides.ts";

export function adviseOnPatience({ stop, epochs, spans }: TrainSettings, { report }: Context): void {
  const patience = stop?.args["patience"];
  if (stop === null || typeof patience !== "number" || patience < epochs) return;
  // Few epochs on the command line are a short trial of a file that means more.
  const set = spans["epochs"];
  if (set !== undefined && isOverride(set)) return;
  report.warning(
    "NW0710",
    stop.span,
    `\`${stop.name}\` waits ${count(patience, "epoch")} for a better loss, and training has ${count(epochs, "epoch")}`,
    { notes: ["It can never stop. Give more `epochs`, or less `patience`."] },
  );
}
