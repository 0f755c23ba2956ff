// What a recipe is: the parts of a draft that are a choice of network and training, and not of the table. Each lives in a
// file of its own beside this one; `table.ts` gathers them and chooses.

import type { Plan } from "../draft-net.ts";

export interface Recipe {
  /** Above the sections: what is brought in, and params. */
  readonly head: readonly string[];
  /** The encoder of all columns of numbers. */
  readonly scale: string;
  /** Why it is that one. */
  readonly scaleNote: string;
  /** Whether predictions of numbers are held within the range of the training rows. */
  readonly clamps: boolean;
  readonly loss: RecipeLoss;
  /** Steps of the model. */
  readonly model: readonly string[];
  /** Settings of `train` but the loss. */
  readonly train: readonly string[];
}

export interface RecipeLoss {
  /** The loss of numbers. */
  readonly numbers: "huber" | "mse";
  /** Of classes and labels: how much of each target is given to the others, a number or a schedule; null for none. */
  readonly smoothing: string | null;
}

export type RecipePlan = Pick<Plan, "task" | "rows">;

/** `inputs` is how many numbers the features become. */
export type MakeRecipe = (plan: RecipePlan, inputs: number) => Recipe;
