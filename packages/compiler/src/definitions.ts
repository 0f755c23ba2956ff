// The compiler's definitions: all that a program is made of besides its model. Encoders and metrics belong to other
// packages; whoever puts the parts together adds them, and definitions of its own.

import type { ByName, Documented } from "@netwright/definitions";
import type { Activation } from "./activations/activation.ts";
import { activations } from "./activations/table.ts";
import { checkpoints } from "./checkpoints/every.ts";
import type { Constraint } from "./constraints/constraint.ts";
import { constraints } from "./constraints/table.ts";
import type { Initializer } from "./initializers/initializer.ts";
import { initializers } from "./initializers/table.ts";
import type { Layer } from "./layers/layer.ts";
import { layers } from "./layers/table.ts";
import type { Loss } from "./losses/loss.ts";
import { losses } from "./losses/table.ts";
import type { Optimizer } from "./optimizers/optimizer.ts";
import { optimizers } from "./optimizers/table.ts";
import type { Regularizer } from "./regularizers/regularizer.ts";
import { regularizers } from "./regularizers/table.ts";
import type { Schedule } from "./schedules/schedule.ts";
import { schedules } from "./schedules/table.ts";
import { stops } from "./stops/early.ts";
import { thresholds } from "./thresholds/table.ts";
import type { Threshold } from "./thresholds/threshold.ts";

/** What a definition of each family of the compiler is. */
interface Members {
  readonly layer: Layer;
  readonly activation: Activation;
  readonly initializer: Initializer;
  readonly regularizer: Regularizer;
  readonly constraint: Constraint;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly schedule: Schedule;
  readonly stop: Documented;
  readonly checkpoint: Documented;
  readonly threshold: Threshold;
}

export type CompilerFamily = keyof Members;

/** A table for each family. */
export type Definitions = { readonly [F in CompilerFamily]: ByName<Members[F]> };

export const definitions: Definitions = {
  layer: layers,
  activation: activations,
  initializer: initializers,
  regularizer: regularizers,
  constraint: constraints,
  loss: losses,
  optimizer: optimizers,
  schedule: schedules,
  stop: stops,
  checkpoint: checkpoints,
  threshold: thresholds,
};
