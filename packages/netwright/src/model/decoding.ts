// How what the network of a saved model gives is read.

import { hasProbabilities } from "../training/measure.ts";
import type { Decoding } from "./predictions.ts";
import { levelsOf } from "./quantiles.ts";
import type { SavedModel } from "./saved-model.ts";
import { hasSpread } from "./spreads.ts";

export function decodingOf({ model, encoders, catalog }: SavedModel): Decoding {
  return {
    encoders,
    levels: levelsOf(model, catalog),
    shares: hasProbabilities(model, catalog),
    spread: hasSpread(model, catalog),
  };
}
