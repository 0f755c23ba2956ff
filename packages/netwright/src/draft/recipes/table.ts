// The recipes by name, and which a draft takes where nobody has said.

import { deepEnsemble } from "./deep-ensemble.ts";
import { drawnEnsemble } from "./drawn-ensemble.ts";
import { plain } from "./plain.ts";
import { realMlp, realMlpEnsemble } from "./real-mlp.ts";
import type { MakeRecipe, RecipePlan } from "./recipe.ts";
import { residual } from "./residual.ts";
import { tabm } from "./tabm.ts";

const recipes = {
  plain,
  deep_ensemble: deepEnsemble,
  drawn_ensemble: drawnEnsemble,
  real_mlp: realMlp,
  real_mlp_ensemble: realMlpEnsemble,
  residual,
  tabm,
} satisfies Record<string, MakeRecipe>;

export type RecipeName = keyof typeof recipes;
/** Of pictures a draft has a network that nobody asks for by name: it is for no other table. */
export type DraftRecipe = RecipeName | "convolutional";

export const recipeNames: readonly RecipeName[] = [
  "plain",
  "deep_ensemble",
  "drawn_ensemble",
  "real_mlp",
  "real_mlp_ensemble",
  "residual",
  "tabm",
];

export function recipeOf(name: RecipeName): MakeRecipe {
  return recipes[name];
}

/** Fewer rows than this teach a large network little, and a small one as much. */
const FEWEST_ROWS = 100;
/** From so many rows on, numbers have a network that learns more of them. */
const MANY_ROWS = 2_000;
/** More rows make it take longer than a first draft should. */
const MOST_ROWS = 50_000;
/** Each input becomes four numbers. */
const MOST_INPUTS = 400;

/** Which of the others is better for what was measured on tables beside those that results are compared on. */
export function chooseRecipe({ task, rows }: RecipePlan, inputs: number): RecipeName {
  if (rows < FEWEST_ROWS || rows > MOST_ROWS || inputs > MOST_INPUTS) return "plain";
  if (task === "classes" || task === "labels") return "tabm";
  return rows < MANY_ROWS ? "deep_ensemble" : "real_mlp_ensemble";
}
