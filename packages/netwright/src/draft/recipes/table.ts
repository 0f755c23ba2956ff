// The recipes by name, and which a draft takes where nobody has said.

import type { Plan } from "../draft-net.ts";
import { plain } from "./plain.ts";
import { realMlp } from "./real-mlp.ts";
import type { MakeRecipe } from "./recipe.ts";
import { residual } from "./residual.ts";

const recipes = { plain, real_mlp: realMlp, residual } satisfies Record<string, MakeRecipe>;

export type RecipeName = keyof typeof recipes;

export const recipeNames: readonly RecipeName[] = ["plain", "real_mlp", "residual"];

export function recipeOf(name: RecipeName): MakeRecipe {
  return recipes[name];
}

/** Fewer rows than this teach a large network little, and a small one as much. */
const FEWEST_ROWS = 100;
/** More rows make it take longer than a first draft should. */
const MOST_ROWS = 50_000;
/** Each input becomes four numbers. */
const MOST_INPUTS = 400;

/** `inputs` is how many numbers the features become. */
export function chooseRecipe({ rows }: Pick<Plan, "rows">, inputs: number): RecipeName {
  return rows < FEWEST_ROWS || rows > MOST_ROWS || inputs > MOST_INPUTS ? "plain" : "real_mlp";
}
