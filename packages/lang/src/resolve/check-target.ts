// What the loss and the settings of training say about the target, held to what `data` says of it.

import { columnKindOf, grouped, listNames, quote } from "@netwright/definitions";
import type { DataSettings, TrainSettings } from "../model/model.ts";
import { spellColumn } from "./column-names.ts";
import type { Context } from "./context.ts";
import { predictedKind, type StatedColumns } from "./data-schema.ts";
import { marginsNote } from "./expect.ts";

/** What is described as numbers has no classes, and what is described as words is no number. */
export function checkTarget(
  { loss }: TrainSettings,
  { target, types }: StatedColumns,
  context: Context,
): void {
  const { catalog, report } = context;
  const predicts = columnKindOf(predictedKind({ loss }, catalog));
  const described = (name: string) => (Object.hasOwn(types, name) ? types[name] : undefined);
  const other = target.find((name) => {
    const takes = catalog.definitions.column.get(described(name)?.name ?? "")?.takes;
    return takes !== undefined && takes !== predicts;
  });
  const [what, note] =
    predicts === "number"
      ? ["numbers, and", "Choose a loss for classes, as `cross_entropy`, or describe the column as `number`."]
      : [
          "classes, and",
          "Choose a loss for numbers: `mse`, or `mae`, which single large errors lead astray less; or describe the column as `category`.",
        ];
  if (other !== undefined) {
    const is = predicts === "number" ? "is described as words" : "is described as numbers";
    report.error("NW0707", loss.span, `\`${loss.name}\` is for ${what} ${quote(other)} ${is}`, {
      notes: [note],
    });
  } else if (predicts === "words" && target.length > 1) {
    report.error(
      "NW0707",
      loss.span,
      `\`${loss.name}\` is for the classes of one column, and the target is ${listNames(target)}`,
      { notes: ["Predict one of them in each file."] },
    );
  }
}

/** A loss for classes in an order, where the file does not state one; and what the loss has against the target. */
export function checkOrder(
  { loss }: TrainSettings,
  { target, types }: StatedColumns,
  context: Context,
): void {
  const { catalog, report } = context;
  const definition = catalog.definitions.loss.get(loss.name);
  const conflict = definition?.conflict?.(loss.args, target.length) ?? null;
  if (conflict !== null) report.error("NW0707", loss.span, `\`${loss.name}\` ${conflict}`);
  const [name = ""] = target;
  const described = Object.hasOwn(types, name) ? types[name] : undefined;
  const type = catalog.definitions.column.get(described?.name ?? "");
  const isMany = type?.many === true;
  if (definition !== undefined && type?.takes === "words" && isMany !== (definition.target === "labels")) {
    const [is, note] = isMany
      ? [
          "lists labels",
          "Choose `multi_label_cross_entropy`, or describe the column as `category`, if a cell is one class.",
        ]
      : [
          "has one word in a cell",
          `Describe it as \`labels\`, if its cells list several, or choose a loss for classes.`,
        ];
    const what = definition.target === "labels" ? "labels" : "classes";
    if (columnKindOf(definition.target) === "words")
      report.error("NW0707", loss.span, `\`${loss.name}\` is for ${what}, and ${quote(name)} ${is}`, {
        notes: [note],
      });
  }
  if (definition?.ordered !== true || target.length !== 1 || type?.takes === "number") return;
  if ((type?.words(described?.args ?? {}) ?? null) !== null) return;
  report.error(
    "NW0716",
    loss.span,
    `\`${loss.name}\` is for classes in an order, and nothing says in which ${quote(name)} has them`,
    {
      notes: [
        `Describe it in \`columns\` with its words from the least on: \`${spellColumn(name)}: category(values: ["low", "high"])\`.`,
      ],
    },
  );
}

/** What comes next in a series is a number: the past of words has no last value that a model could be held to. */
export function checkWindowTarget(
  { loss }: TrainSettings,
  { window, target }: StatedColumns,
  { catalog, report }: Context,
): void {
  if (window === null || columnKindOf(predictedKind({ loss }, catalog)) === "number") return;
  report.error(
    "NW0614",
    loss.span,
    `\`${loss.name}\` is for classes, and a window predicts the numbers that come next`,
    {
      notes: [
        `Choose a loss for numbers, as \`mse\` or \`mae\`, if ${listNames(target)} has numbers; or leave \`window\` out.`,
      ],
    },
  );
}

/** Predictions are held within a range where there are numbers of which each says something by itself. */
export function checkClamps(
  { target, types }: StatedColumns,
  train: TrainSettings | null,
  context: Context,
): void {
  const { catalog, report } = context;
  const predicts = predictedKind(train, catalog);
  for (const [name, { name: type, args, span }] of Object.entries(types)) {
    if (catalog.definitions.column.get(type)?.clamps(args) !== true) continue;
    const isTarget = target.includes(name);
    if (isTarget && (predicts === "number" || predicts === "count" || columnKindOf(predicts) === "words"))
      continue;
    const message = isTarget
      ? `\`clamp\` changes one number alone, and \`${train?.loss.name}\` is for several that say something together`
      : `\`clamp\` is for what is predicted, and ${quote(name)} is no target`;
    report.error("NW0722", span, message, { notes: ["Leave `clamp` out."] });
  }
}

/** Classes count alike where there are classes. */
export function checkBalanced(
  { loss }: TrainSettings,
  { weight, spans }: DataSettings,
  { catalog, report }: Context,
): void {
  const kind = catalog.definitions.loss.get(loss.name)?.target;
  const span = spans["weight"];
  if (weight !== "balanced" || span === undefined || kind === "class" || kind === "ordinal") return;
  report.error(
    "NW0715",
    span,
    `\`weight: balanced\` makes classes count alike, and \`${loss.name}\` is for none`,
    {
      notes: ["A column may say what each row counts: `weight: Weight`."],
    },
  );
}

/** A loss for two classes, and a threshold between them, where there are others. */
export function checkTwoClasses(
  { loss, threshold, spans }: TrainSettings,
  classes: number | null | undefined,
  { catalog, report }: Context,
): void {
  const definition = catalog.definitions.loss.get(loss.name);
  if (definition === undefined) return;
  const isOfClasses = definition.target === "class";
  const span = spans["threshold"] ?? spans["train"];
  if (threshold !== undefined && span !== undefined && (!isOfClasses || (classes != null && classes !== 2))) {
    const found = isOfClasses
      ? `the target has ${classesText(classes ?? 0)}`
      : `\`${loss.name}\` is for none`;
    report.error("NW0714", span, `\`threshold\` lies between two classes, and ${found}`, {
      notes: ["Take it out: without one the most likely class is predicted."],
    });
  }
  if (threshold !== undefined && span !== undefined && isOfClasses && definition.margins === true) {
    report.error("NW0719", span, `\`threshold\` is a probability, and \`${loss.name}\` gives none`, {
      notes: [marginsNote(loss.name)],
    });
  }
  if (definition.classes === undefined || classes == null || classes === definition.classes) return;
  report.error(
    "NW0714",
    loss.span,
    `\`${loss.name}\` is for ${classesText(definition.classes)}, and the target has ${grouped(classes)}`,
    { notes: ["`cross_entropy` is for any number of classes, with one output for each: `dense(outputs)`."] },
  );
}

function classesText(n: number): string {
  return `${grouped(n)} ${n === 1 ? "class" : "classes"}`;
}
