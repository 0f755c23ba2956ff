// What a `.net` file says about its data, as `prepare` takes it: the settings of `data` as the language resolves and checks
// them. Every name is one of the table or of the definitions, and named once.

import type { Chosen, TargetKind } from "@netwright/definitions";
import type { WeightRule } from "../fitted/fitted-encoders.ts";
import type { WindowPlan } from "../series/window-plan.ts";
import type { TeacherPlan } from "../teacher/teacher-columns.ts";

export interface DataPlan {
  /** Columns to predict, in the order of the network's outputs. */
  readonly target: readonly string[];
  /** Columns to predict from, in the order of the network's inputs; "all" is every column but the target, those that `split` and `window` go by and that of the files; of a window, which has the past of the target, that as well. */
  readonly features: "all" | readonly string[];
  /** The type of each column that is described, `number(min: 0)`. */
  readonly columns: Readonly<Record<string, Chosen>>;
  /** The encoder of all columns of numbers that have none of their own. */
  readonly scale: Chosen;
  /** The same of words; `one_hot` where it is absent. */
  readonly categories?: Chosen;
  /** For features; a target with a missing value is an error, or left out with "drop". */
  readonly missing: Chosen;
  /** The splitter, whose arguments do not contradict each other. */
  readonly split: Chosen;
  /** What each row counts; null or absent where all count the same. The column is neither a feature nor a target. */
  readonly weight?: WeightRule | null;
  /** Columns with the answers of a teacher, which are nothing else; null or absent where there is none. */
  readonly teacher?: TeacherPlan | null;
  /** Of series: what is given to the network together; null or absent where each row is for itself. */
  readonly window?: WindowPlan | null;
  /** What the loss is for. */
  readonly predicts: TargetKind;
}
