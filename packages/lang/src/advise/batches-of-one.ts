// A layer that goes by the rows of a batch, with batches of one row.

import type { TrainSettings } from "../model/model.ts";
import type { Context } from "../resolve/context.ts";
import type { ResolvedNetwork } from "../resolve/model.ts";

export function adviseOnBatchesOfOne(
  { nodes }: ResolvedNetwork,
  { batch, spans }: TrainSettings,
  { catalog, report }: Context,
): void {
  if (batch > 1) return;
  const node = nodes.find(({ layer, args }) => catalog.layer.get(layer)?.parts(args).overRows === true);
  if (node === undefined) return;
  const what =
    node.type.shape.length > 1
      ? "Each row is normalised by itself, and predictions by averages over all of them, which differ."
      : "Each number is its own mean, so that the layer gives the same for every row, and nothing is learnt through it.";
  report.warning(
    "NW0742",
    spans["batch"] ?? node.span,
    `\`${node.name}\` goes by mean and variance of a batch, and \`batch: ${batch}\` has one row`,
    { notes: [`${what} Write \`batch: 16\` or more, or take \`${node.layer}\` out.`] },
  );
}
