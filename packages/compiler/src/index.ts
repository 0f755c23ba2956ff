// Public face of the compiler package.

export { type Activation, defineActivation } from "./activations/activation.ts";
export { activations } from "./activations/table.ts";
export { type Constraint, defineConstraint } from "./constraints/constraint.ts";
export { constraints } from "./constraints/table.ts";
export { type CompilerFamily, type Definitions, definitions } from "./definitions.ts";
export { initializers } from "./initializers/table.ts";
export { ATTENTION } from "./layers/attend.ts";
export {
  apartParts,
  defineLayer,
  type Layer,
  type LayerContext,
  type Mask,
  type MaskContext,
  onNumbers,
  plainParts,
  type Scan,
  type StepContext,
  type Variable,
} from "./layers/layer.ts";
export { layers } from "./layers/table.ts";
export { statistic, weight } from "./layers/variables.ts";
export { defineElementwiseLoss, defineLoss, type Loss } from "./losses/loss.ts";
export { losses } from "./losses/table.ts";
export { outputWidth } from "./lower/feeds.ts";
export { shownName } from "./lower/functions.ts";
export type { LowerOptions } from "./lower/lower.ts";
export { lower } from "./lower/lower.ts";
export { choiceOf, type MemberChoice } from "./lower/members.ts";
export { averageId, savedVariables } from "./lower/state.ts";
export { RATE_FACTOR, type Watched, watchedRate } from "./lower/update/watched.ts";
export type { ModelVariable } from "./lower/variables.ts";
export { modelVariables, nodeVariables } from "./lower/variables.ts";
export { defineOptimizer, learningRate, type Optimizer, slotOf } from "./optimizers/optimizer.ts";
export { optimizers } from "./optimizers/table.ts";
export { regularizers } from "./regularizers/table.ts";
export { type Clock, defineSchedule, type Schedule, type Stage } from "./schedules/schedule.ts";
export { schedules } from "./schedules/table.ts";
export { stops } from "./stops/early.ts";
export { thresholds } from "./thresholds/table.ts";
export { type Cut, defineThreshold, type Threshold } from "./thresholds/threshold.ts";
