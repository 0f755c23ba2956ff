// RealMLP as its authors tuned it over many tables: Holzmüller, Grinsztajn, Steinwart 2024, "Better by Default". Of a larger
// table it makes fewer passes, so that it trains in a minute or two.

import type { MakeRecipe, Recipe, RecipePlan } from "./recipe.ts";

const EPOCHS = 256;
const BATCH = 256;
/**
 * Classes of fewer rows are learned in smaller steps, of which a pass then has enough. Smoothing that ends lets probabilities
 * come near 0 and 1.
 */
const FEW_ROWS = 1_500;
const SMALL_BATCH = 64;
/** Rows that are gone through in all. */
const MOST_STEPS_OF_ROWS = 2_500_000;
const FEWEST_EPOCHS = 16;
/** The learning rate falls and rises four times; the last wave takes the latter half, and may be what is best. */
const PATIENCE = 0.55;

export const realMlp: MakeRecipe = (plan) => {
  const { act, train } = trainingOf(plan, 6);
  return { ...COMMON, ...partsOf(plan), model: [`real_mlp(256, depth: 3, act: ${act}, ${DROPOUT})`], train };
};

/** Several that share their weights and predict together; the factors of their members learn at the rate of the kernels. */
export const realMlpEnsemble: MakeRecipe = (plan) => {
  const { act, train } = trainingOf(plan, 1);
  const model = `real_mlp_ensemble(128, depth: 3, act: ${act}, ${DROPOUT}, count: 8)`;
  return { ...COMMON, ...partsOf(plan), model: [model], train };
};

const COMMON = {
  head: ['use "netwright/tabular"  # `explain --resolved` shows all that its block stands for'],
  scale: "smooth_clip",
  scaleNote: "median 0 and interquartile range 1, what lies far out bent to within 3",
} as const;

const DROPOUT = "rate: flat_cosine(15%)";

function isOfClasses({ task }: RecipePlan): boolean {
  return task === "classes" || task === "labels";
}

function partsOf(plan: RecipePlan): Pick<Recipe, "clamps" | "loss"> {
  const smoothing = isOfClasses(plan) ? "flat_cosine(0.1)" : null;
  return { clamps: plan.task === "numbers", loss: { numbers: "mse", smoothing } };
}

/** `scale` is the factor of the learning rate for scales. */
function trainingOf(plan: RecipePlan, scale: number): Pick<Recipe, "train"> & { readonly act: string } {
  const { rows } = plan;
  const isSmall = isOfClasses(plan) && rows < FEW_ROWS;
  const most = Math.floor(MOST_STEPS_OF_ROWS / rows);
  const epochs = Math.max(FEWEST_EPOCHS, Math.min(isSmall ? EPOCHS / 2 : EPOCHS, most));
  const rate = isOfClasses(plan) ? "0.04" : "0.2";
  return {
    act: isOfClasses(plan) ? "selu" : "mish",
    train: [
      `optimizer: adamw(learning_rate: log_cosine(${rate}), beta_2: 0.95, weight_decay: flat_cosine(0.02))`,
      `learning_rate_factors { bias: 0.1, scale: ${scale}, activation: 0.1, number_embedding: 0.1 }`,
      "weight_decay_factors { bias: 0 }",
      `batch: ${isSmall ? SMALL_BATCH : BATCH}`,
      `epochs: ${epochs}`,
      `stop: early(patience: ${Math.ceil(PATIENCE * epochs)})  # the best epoch by the validation loss is kept`,
    ],
  };
}
