// The loss of a draft, and in a comment what else it may be and why.

import { at, oneLine, shorten } from "@netwright/definitions";
import { FEW_NUMBERS, isSkewed, mayBeCounts } from "./choose-task.ts";
import type { Plan } from "./draft-net.ts";
import { isCountName } from "./name-hints.ts";
import type { RecipeLoss } from "./recipes/recipe.ts";

export function lossLines(plan: Plan, loss: RecipeLoss): string[] {
  switch (plan.task) {
    case "classes":
      return classLines(plan, loss);
    case "labels":
      return [
        `loss: multi_label_cross_entropy${smoothed(loss)}  # of labels: the prediction is a probability for each`,
      ];
    case "counts":
      return [
        "loss: poisson  # of counts: the prediction is the expected count, never below 0",
        ...(plan.because === null ? [] : [`# ${plan.because}; as other numbers they have:  loss: huber`]),
      ];
    case "numbers":
      return numberLines(plan, loss);
  }
}

function smoothed({ smoothing }: RecipeLoss): string {
  return smoothing === null ? "" : `(smoothing: ${smoothing})`;
}

function classLines({ classes, because, typed, target: { name, type } }: Plan, loss: RecipeLoss): string[] {
  const order = typed.get(name);
  const lines =
    classes.length === 2
      ? [
          `loss: binary_cross_entropy${smoothed(loss)}  # of two classes: the network gives the probability of ${oneLine(shorten(at(classes, 1).word))}`,
        ]
      : [`loss: cross_entropy${smoothed(loss)}  # of classes: the prediction is a probability for each`];
  if (order?.kind === "ordered") lines.push("# loss: ordinal  # if a class costs more the further it is off");
  if (type === "number" && because !== null)
    lines.push(`# ${because}; as numbers they have:  loss: mse  and  split: random`);
  return lines;
}

function numberLines({ target }: Plan, { numbers }: RecipeLoss): string[] {
  const { distinct, pattern, name } = target;
  const isFew = pattern === "whole" && distinct <= FEW_NUMBERS;
  return [
    // Other losses lean to the value that is more frequent.
    distinct === 2 || numbers === "mse"
      ? `loss: mse${distinct === 2 ? "  # of two values the prediction is then a share: how near to which" : ""}`
      : "loss: huber  # as mse near the target and as mae far from it, so that few rows far out do not rule",
    ...(isFew && distinct > 2
      ? [`# loss: cross_entropy  # if its ${distinct} different whole numbers are classes`]
      : []),
    ...(mayBeCounts(target) && (isFew || isCountName(name) || isSkewed(target))
      ? ["# loss: poisson  # if they are counts"]
      : []),
  ];
}

export function expectation({ task }: Plan): string {
  if (task === "classes") return "test.balanced_accuracy > 80%";
  return task === "labels" ? "test.f1(micro) > 80%" : "test.r2 > 0.8";
}
