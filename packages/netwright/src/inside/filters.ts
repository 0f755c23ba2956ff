// The filters that convolutions have learnt: their kernels, filter by filter.

import { at, listNames, type Shape } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import type { ModelFile } from "@netwright/runtime";
import type { SavedModel } from "../model/saved-model.ts";
import { projectError } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";

/** All filters of a convolution. */
export interface Filters {
  readonly layer: string;
  /** Of a filter: height and width, or steps. */
  readonly window: Shape;
  /** Channels that each filter sees. */
  readonly channels: number;
  /** For each filter its numbers, [...window, channels], row-major. */
  readonly filters: readonly Float32Array[];
}

/** Those whose kernel is [...window, channels, filters]. */
const CONVOLUTIONS: readonly string[] = ["conv1d", "conv2d"];

/** Of one layer, or where none is named of all. Problems: NW0870 where there are none. */
export function findFilters(
  { model: { nodes } }: SavedModel,
  { weights }: Pick<ModelFile, "weights">,
  layer?: string,
): Checked<readonly Filters[]> {
  const all = nodes.filter((node) => CONVOLUTIONS.includes(node.layer));
  const asked = all.filter(({ name }) => layer === undefined || name === layer);
  if (asked.length === 0)
    return reject([
      noFilters(
        all.map(({ name }) => name),
        layer,
      ),
    ]);
  const found = asked.map((node) => {
    const kernel = weights.get(`${node.weights}.kernel`);
    if (kernel === undefined) throw new Error(`${node.name} has no kernel`);
    const window = kernel.shape.slice(0, -2);
    const [channels = 1, count = 1] = kernel.shape.slice(-2);
    const size = sizeOf(window) * channels;
    const filters = Array.from({ length: count }, (_, filter) =>
      Float32Array.from({ length: size }, (_, i) => at(kernel.data, i * count + filter)),
    );
    return { layer: node.name, window, channels, filters };
  });
  return accept(found);
}

function noFilters(known: readonly string[], layer: string | undefined) {
  const has =
    known.length === 0 ? "The model has no `conv1d` and no `conv2d`." : `There are ${listNames(known, 20)}.`;
  const what = layer === undefined ? "the model has no filters" : `no convolution is named \`${layer}\``;
  return projectError("NW0870", what, [has], undefined);
}
