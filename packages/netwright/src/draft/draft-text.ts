// The text of a drafted file, section by section, in canonical form.

import { ENOUGH_ROWS } from "@netwright/data";
import { count, grouped, oneLine } from "@netwright/definitions";
import { format, LANGUAGE_VERSION, spellColumn, stringText } from "@netwright/lang";
import { columnLines, inputsOf, targetAbout } from "./column-lines.ts";
import type { DraftOptions, Plan } from "./draft-net.ts";
import { leftOutLines } from "./left-out-lines.ts";
import { expectation, lossLines } from "./loss-lines.ts";
import { convolutional } from "./recipes/convolutional.ts";
import type { Recipe } from "./recipes/recipe.ts";
import { recipeOf } from "./recipes/table.ts";

/** A table with fewer rows has fewer than fifteen for the test. */
const FEW_ROWS = 100;

export function draftText(plan: Plan, options: DraftOptions): string {
  const recipe = chosenRecipe(plan);
  const lines = [
    `netwright ${LANGUAGE_VERSION}`,
    "",
    `# Predicts ${oneLine(plan.target.name)} from ${whatFrom(plan)} of ${oneLine(options.source)}, ${count(plan.rows, "row")}.`,
    ...(plan.rows < FEW_ROWS
      ? [
          "# So few rows make a test of very few: its numbers say little, and vary with the seed of the split.",
        ]
      : []),
    ...rareClasses(plan),
    "# Train it:  npx netwright train <this file>",
    "",
    ...recipe.head,
    "",
    ...dataSection(plan, options, recipe),
    "",
    "model {",
    ...recipe.model,
    "}",
    "",
    "train {",
    ...lossLines(plan, recipe.loss),
    ...recipe.train,
    "seed: 0",
    "}",
    "",
    `# What the model must reach, checked by train and evaluate:  expect { ${expectation(plan)} }`,
  ];
  return format(`${lines.join("\n")}\n`).text;
}

function chosenRecipe(plan: Plan): Recipe {
  const { recipe, pictures } = plan;
  if (pictures !== null)
    return convolutional({ pictures, inputs: inputsOf(plan), rows: plan.rows, task: plan.task });
  if (recipe === "convolutional") throw new Error("there are no pictures");
  return recipeOf(recipe)(plan, inputsOf(plan));
}

export function whatFrom({ features, pictures }: Pick<Plan, "features" | "pictures">): string {
  const columns = count(features.length, "column");
  if (pictures === null) return columns;
  const own = `pictures of ${pictures.height} x ${pictures.width} pixels`;
  return features.length === 0 ? own : `${own} and ${columns}`;
}

function rareClasses({ task, classes }: Plan): string[] {
  if (task !== "classes") return [];
  const rare = classes.filter(({ rows }) => rows < ENOUGH_ROWS).length;
  return rare === 0
    ? []
    : [
        `# ${rare === 1 ? "A class has" : `${grouped(rare)} classes have`} fewer than ${ENOUGH_ROWS} rows: little is learned of ${rare === 1 ? "it" : "them"}.`,
      ];
}

function dataSection(
  plan: Plan,
  { source, name, sheet, folderColumn }: DraftOptions,
  recipe: Recipe,
): string[] {
  const { target, reason, features, pictures, missingWords, split } = plan;
  const gaps = features.some(
    ({ name: own, type, missing }) =>
      missing > 0 && (type === "number" || ["date", "boolean"].includes(plan.typed.get(own)?.kind ?? "")),
  );
  return [
    `data ${name} {`,
    `source: ${stringText(source)}`,
    ...(sheet === undefined ? [] : [`sheet: ${stringText(sheet)}`]),
    ...(folderColumn === undefined ? [] : [`folder_column: ${spellColumn(folderColumn)}`]),
    `target: ${spellColumn(target.name)}  # ${oneLine(reason)}; ${targetAbout(plan)}`,
    ...leftOutLines(plan.leftOut).map((line) => `# left out: ${line}`),
    // Names of rows are no column, and `all` leaves out what the split goes by.
    plan.leftOut.every(({ column }) => column === "" || column === split.by)
      ? "features: all"
      : `features: [${[...features, ...(pictures === null ? [] : [pictures])].map(({ name: own }) => spellColumn(own)).join(", ")}]`,
    ...columnLines(plan, recipe),
    ...(plan.categories.size === 0
      ? []
      : [
          "categories: one_hot(unknown: other)  # a word that training has not seen is none of them, and no error",
        ]),
    ...(missingWords.length === 0
      ? []
      : [`missing_words: [${missingWords.map(stringText).join(", ")}]  # ${aboutMissing(missingWords)}`]),
    // Of pictures alone and classes there is nothing to be scaled.
    ...(pictures !== null && features.length === 0 && (plan.task === "classes" || plan.task === "labels")
      ? []
      : [`scale: ${recipe.scale}  # ${recipe.scaleNote}`]),
    ...(gaps ? ["missing: median  # of the training rows, in the place of an empty cell"] : []),
    ...balance(plan),
    ...split.notes,
    split.line,
    "}",
  ];
}

function aboutMissing(words: readonly string[]): string {
  return words.some((word) => Number.isFinite(Number(word)))
    ? "no values: numbers that are far from all others stand for a missing one"
    : "no words: there is no value";
}

/** A class with a smaller share is hardly looked at by a loss that counts rows. */
const RARE_SHARE = 0.1;

function balance({ task, classes, rows }: Plan): string[] {
  const rarest = classes.reduce((a, b) => (b.rows < a.rows ? b : a), { word: "", rows });
  if (task !== "classes" || rarest.rows >= RARE_SHARE * rows) return [];
  const share = (100 * rarest.rows) / rows;
  const percent = share < 1 ? "under 1" : String(Math.round(share));
  return [
    `# weight: balanced  # if a rare class, as ${oneLine(rarest.word)} with ${percent}% of the rows, matters as much as the others`,
  ];
}
