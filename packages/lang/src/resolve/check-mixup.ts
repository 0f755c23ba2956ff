// What `mixup` mixes: numbers of the rows of a batch, and a target that has something between two of its values.

import { quote } from "@netwright/definitions";
import type { TrainSettings } from "../model/model.ts";
import type { Context } from "./context.ts";
import type { ResolvedNetwork } from "./model.ts";

export function checkMixup(
  { mixup, batch, loss, teacher_share = 0, spans }: TrainSettings,
  network: ResolvedNetwork | undefined,
  { catalog, report }: Context,
): void {
  const span = spans["mixup"] ?? spans["train"];
  if (mixup === undefined || span === undefined) return;
  const error = (message: string, note: string) => report.error("NW0748", span, message, { notes: [note] });
  if (catalog.definitions.loss.get(loss.name)?.target === "direction") {
    error(
      `\`mixup\` mixes two targets, and \`${loss.name}\` is for directions: between opposite ones there is none`,
      "Take `mixup` out, or choose a loss for numbers, as `mse`.",
    );
  }
  const indices = network?.inputs.find(({ type }) => type.kind === "index");
  if (indices !== undefined) {
    error(
      `\`mixup\` mixes numbers, and the input ${quote(indices.name)} is indices`,
      "Between two words or places in a list there is nothing: take `mixup` out, or encode the column by numbers, as `one_hot`.",
    );
  }
  if (teacher_share > 0) {
    error(
      "`mixup` mixes rows, and a teacher has answered for each as it is",
      "Take `mixup` out, or learn without the `teacher`.",
    );
  }
  if (batch === 1) {
    error(
      `\`mixup\` mixes the rows of a batch, and \`batch: ${batch}\` has one row`,
      "Write `batch: 16` or more, or take `mixup` out.",
    );
  }
}
