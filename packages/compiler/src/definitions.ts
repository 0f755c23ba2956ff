// The compiler's share of the language's catalog. Encoders and metrics belong to other packages; whoever
// puts the parts together adds them.

import type { Documented, Family } from "@netwright/definitions";
import type { Activation } from "./activations/activation.ts";
import { activations } from "./activations/table.ts";
import { initializers } from "./initializers/table.ts";
import type { Layer } from "./layers/layer.ts";
import { layers } from "./layers/table.ts";
import type { Loss } from "./losses/loss.ts";
import { losses } from "./losses/table.ts";
import { optimizers } from "./optimizers/table.ts";
import { regularizers } from "./regularizers/table.ts";
import { schedules } from "./schedules/table.ts";
import { stops } from "./stops/early.ts";

/** What belongs to columns. */
type DataFamily = "encoder" | "missing" | "column";
type CompilerFamily = Exclude<Family, "layer" | "activation" | "loss" | DataFamily>;

export const definitions: {
  readonly layer: ReadonlyMap<string, Layer>;
  readonly definitions: Readonly<Record<CompilerFamily, ReadonlyMap<string, Documented>>> & {
    readonly activation: ReadonlyMap<string, Activation>;
    readonly loss: ReadonlyMap<string, Loss>;
  };
} = {
  layer: layers,
  definitions: {
    activation: activations,
    initializer: initializers,
    regularizer: regularizers,
    loss: losses,
    optimizer: optimizers,
    schedule: schedules,
    stop: stops,
  },
};
