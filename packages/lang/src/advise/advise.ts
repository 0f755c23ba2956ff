// What a sound file will probably not do as meant: warnings about the whole network, its training and what is expected
// of it, given before anything is trained. Each looks at what is resolved; none changes it.

import type { DataSettings, Expectation, TrainSettings } from "../model/model.ts";
import type { Context } from "../resolve/context.ts";
import type { ResolvedNetwork } from "../resolve/model.ts";
import { adviseOnBatchesOfOne } from "./batches-of-one.ts";
import { adviseOnExpectations } from "./expectations.ts";
import { adviseOnFactors } from "./factors.ts";
import { adviseOnFrozen } from "./frozen.ts";
import { adviseOnLinearLayers } from "./linear-layers.ts";
import { adviseOnMembers } from "./members.ts";
import { adviseOnLinkedOutput, adviseOnMargin, adviseOnOutput } from "./output.ts";
import { adviseOnPatience } from "./patience.ts";
import { adviseOnReceptiveField } from "./receptive-field.ts";
import { adviseOnTrainingOnly } from "./training-only.ts";

export interface Parts {
  /** Null where the file has none, undefined where it could not be resolved. */
  readonly data: DataSettings | null | undefined;
  readonly network: ResolvedNetwork | undefined;
  readonly train: TrainSettings | null | undefined;
  readonly expect: readonly Expectation[];
}

export function advise({ data, network, train, expect }: Parts, context: Context): void {
  if (network !== undefined) {
    adviseOnLinearLayers(network.nodes, context);
    adviseOnTrainingOnly(network.nodes, context);
    adviseOnMembers(network.nodes, context);
    adviseOnReceptiveField(network, context);
    if (train != null) adviseOnBatchesOfOne(network, train, context);
    if (train != null) adviseOnFrozen(network.nodes, train, context);
    if (train != null) adviseOnFactors(network.nodes, train, context);
    const loss = train?.loss;
    const definition = context.catalog.definitions.loss.get(loss?.name ?? "");
    const applies = definition?.applies;
    // A width that is not that of the target is an error of its own.
    const fits = data != null && network.outputs[0]?.type.shape.at(-1) === data.target.length;
    if (loss !== undefined && applies !== undefined)
      adviseOnLinkedOutput(network.nodes, loss, applies, context);
    else if (loss !== undefined && definition?.margins === true) adviseOnMargin(network, loss, context);
    // A direction is not scaled, and of vectors of any length.
    else if (fits && definition?.target !== "direction") adviseOnOutput(network.nodes, data, context);
  }
  if (train != null) adviseOnPatience(train, context);
  adviseOnExpectations(expect, context);
}
