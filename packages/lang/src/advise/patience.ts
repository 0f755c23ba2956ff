// What waits longer than training lasts: early stopping, and a schedule that goes by the validation loss.

import { count, type Instance, watchingSchedule } from "@netwright/definitions";
import type { TrainSettings } from "../model/model.ts";
import type { Context } from "../resolve/context.ts";
import { isOverride } from "../resolve/overrides.ts";

export function adviseOnPatience({ stop, optimizer, epochs, spans }: TrainSettings, context: Context): void {
  // Few epochs on the command line are a short trial of a file that means more.
  const set = spans["epochs"];
  if (set !== undefined && isOverride(set)) return;
  const warn = (one: Instance | null, never: string) => {
    const patience = one?.args["patience"];
    if (one === null || typeof patience !== "number" || patience < epochs) return;
    context.report.warning(
      "NW0710",
      one.span,
      `\`${one.name}\` waits ${count(patience, "epoch")} for a better loss, and training has ${count(epochs, "epoch")}`,
      { notes: [`${never}. Give more \`epochs\`, or less \`patience\`.`] },
    );
  };
  warn(stop, "It can never stop");
  warn(watchingSchedule(optimizer, context.catalog.definitions.schedule), "The learning rate can never fall");
}
