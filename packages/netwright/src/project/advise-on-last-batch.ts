// The last batch of an epoch that has one row, where a layer goes by the rows of a batch: only the table tells how many there are.

import { count } from "@netwright/definitions";
import type { Diagnostic, Model } from "@netwright/lang";
import type { FullCatalog } from "../catalog/catalog.ts";
import { projectWarning } from "./diagnostics.ts";

/** `rows` are those of the training. */
export function adviseOnLastBatch(
  { train, nodes }: Model,
  rows: number,
  catalog: FullCatalog,
): readonly Diagnostic[] {
  // Batches of one throughout are told of without a table.
  if (train === null || train.batch === 1 || rows % train.batch !== 1) return [];
  // Over several sizes, as of an image, there is a variance in one row too.
  const node = nodes.find(
    ({ layer, args, type }) =>
      type.shape.length === 1 && catalog.layer.get(layer)?.parts(args).overRows === true,
  );
  if (node === undefined) return [];
  const message = `the last batch of ${count(rows, "row")} has one row, and \`${node.name}\` goes by mean and variance of a batch`;
  return [
    projectWarning(
      "NW0743",
      message,
      [
        `One row has no variance: in that step the layer gives the same whatever goes in. Write \`batch: ${better(rows, train.batch)}\`.`,
      ],
      train.spans["batch"] ?? node.span,
    ),
  ];
}

/** The nearest larger batch that does not leave one row. */
function better(rows: number, batch: number): number {
  let next = batch + 1;
  while (next < rows && rows % next === 1) next += 1;
  return next;
}
