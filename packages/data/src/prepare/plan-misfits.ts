// What a plan asks that does not fit: encoders and rules for missing values of another kind of column, targets that are
// filled in or scaled, and descriptions of columns that nothing uses.

import { type Chosen, type ColumnKind, columnKindOf, listNames, lookUp, quote } from "@netwright/definitions";
import type { ColumnType } from "../columns/column-type.ts";
import { makesUp } from "../missing/policy.ts";
import { type DataProblem, error, warning } from "../problem/problem.ts";
import { findColumn, type Table } from "../table/table.ts";
import { type Asked, encoderFor, ownType, SCALE, takesGaps, UNSCALED } from "./asked.ts";
import { innerScaleMisfits } from "./inner-scales.ts";

/** `spare` are columns of the table that are described and are neither features nor targets. */
export function planMisfits(table: Table, asked: Asked, spare: readonly string[]): DataProblem[] {
  return [
    ...misfits(asked),
    ...filledTargets(asked),
    ...otherTargets(table, asked),
    ...scaledTargets(asked),
    ...spare.map(unused),
  ];
}

interface AskedEncoder {
  readonly asked: Chosen;
  readonly kind: ColumnKind;
  /** What it is for, in a message. */
  readonly what: string;
  readonly setting: string;
}

function askedEncoders(all: Asked): AskedEncoder[] {
  const { plan } = all;
  const own = Object.keys(plan.columns).flatMap((name): AskedEncoder[] => {
    const described = ownType(name, all);
    const asked = described?.type.encoder(described.args, plan.scale);
    if (described === undefined || asked == null) return [];
    return [
      { asked, kind: described.type.takes, what: `Column ${quote(name)} has`, setting: `columns.${name}` },
    ];
  });
  const { scale, categories } = plan;
  return [
    { asked: scale, kind: "number", what: "`scale` is for columns of", setting: "scale" },
    ...(categories === undefined
      ? []
      : [
          {
            asked: categories,
            kind: "words",
            what: "`categories` is for columns of",
            setting: "categories",
          } as const,
        ]),
    ...own,
  ];
}

const KINDS: { readonly [K in ColumnKind]: string } = { number: "numbers", words: "words" };

/** Encoders and policies that there are, and that are for another kind of column. */
function misfits(all: Asked): DataProblem[] {
  const { plan, definitions } = all;
  const ofEncoders = askedEncoders(all).flatMap(({ asked, kind, what, setting }) => {
    const { takes } = lookUp(definitions.encoder, asked.name);
    if (takes === kind) return [];
    const fitting = [...definitions.encoder.values()]
      .filter((one) => one.takes === kind)
      .map(({ name }) => name);
    const message = `${what} ${KINDS[kind]}, and the encoder ${quote(asked.name)} takes ${KINDS[takes]}.`;
    const notes = [
      `Encoders of ${KINDS[kind]}: ${listNames(fitting)}.`,
      kind === "number"
        ? `A column of words is described in \`columns\`: \`category(encoder: ${asked.name})\`.`
        : "A column of numbers is described in `columns`: `number(scale: zscore)`.",
    ];
    return [error("NW0648", message, { notes, setting })];
  });
  const targets = new Set(plan.target);
  const ofPolicies = Object.keys(plan.columns).flatMap((name) => {
    const own = ownType(name, all);
    const policy = own?.type.missing(own.args);
    if (own === undefined || policy == null) return [];
    const { takes, asWord } = lookUp(definitions.missing, policy.name);
    if (asWord && !takesGaps(encoderFor(name, "feature", all).encoder))
      return [noGapWord(name, own.type, policy.name)];
    if (takes.includes(own.type.takes) || targets.has(name)) return [];
    const message = `Column ${quote(name)} has ${KINDS[own.type.takes]}, and \`missing: ${policy.name}\` is for ${takes.map((kind) => KINDS[kind]).join(" and ")}.`;
    const fitting = [...definitions.missing.values()].filter((one) => one.takes.includes(own.type.takes));
    const notes = [`For ${KINDS[own.type.takes]}: ${listNames(fitting.map((one) => one.name))}.`];
    return [error("NW0648", message, { notes, setting: `columns.${name}`, column: name })];
  });
  return [...ofEncoders, ...innerScaleMisfits(plan, definitions), ...ofPolicies];
}

function noGapWord(name: string, type: ColumnType, policy: string): DataProblem {
  const message = `Column ${quote(name)} is described as ${quote(type.name)}, and \`missing: ${policy}\` is for columns of words that are told apart.`;
  const notes = ["For this column: `error` and `drop`."];
  return error("NW0648", message, { notes, setting: `columns.${name}`, column: name });
}

function filledTargets(all: Asked): DataProblem[] {
  return all.plan.target.flatMap((name) => {
    const own = ownType(name, all);
    const policy = own?.type.missing(own.args)?.name;
    const rule = policy === undefined ? undefined : lookUp(all.definitions.missing, policy);
    const isNone = own?.type.many === true && rule?.asWord === true;
    if (rule === undefined || isNone || !makesUp(rule)) return [];
    return error("NW0644", `Column ${quote(name)} is a target and cannot have \`missing: ${policy}\`.`, {
      notes: ["A target that is not known teaches nothing: use `missing: drop` or `missing: error`."],
      setting: `columns.${name}`,
      column: name,
    });
  });
}

function scaledTargets(all: Asked): DataProblem[] {
  const [what, many] = UNSCALED[all.plan.predicts] ?? [];
  if (what === undefined) return [];
  return all.plan.target.flatMap((name) => {
    const own = ownType(name, all);
    const encoder = own?.type.encoder(own.args, null)?.name ?? SCALE.name;
    if (encoder === SCALE.name) return [];
    return error(
      "NW0648",
      `Column ${quote(name)} is ${what}, and ${what} is not scaled by ${quote(encoder)}.`,
      {
        notes: [`The loss is for ${many} as they are: take its \`scale\` out.`],
        setting: `columns.${name}`,
        column: name,
      },
    );
  });
}

/** Numbers that are no names of classes, where the file does not say that they are. */
function otherTargets(table: Table, asked: Asked): DataProblem[] {
  if (columnKindOf(asked.plan.predicts) === "number") return [];
  return asked.plan.target.flatMap((name) => {
    const column = findColumn(table, name);
    if (column?.kind !== "number" || ownType(name, asked) !== undefined) return [];
    const fraction = column.values.find((x) => !Number.isNaN(x) && !Number.isInteger(x));
    if (fraction === undefined) return [];
    const message = `Column ${quote(name)} has numbers like ${fraction}, and the loss is for classes.`;
    const notes = [
      "Use a loss for numbers, as `mse`; if each number is a class, describe the column as `category`.",
    ];
    return [error("NW0649", message, { notes, setting: "target", column: name })];
  });
}

function unused(name: string): DataProblem {
  return warning("NW0645", `Column ${quote(name)} is described but is neither a feature nor a target.`, {
    notes: ["Its values are not checked. Add it to `features`, or remove the description."],
    setting: `columns.${name}`,
    column: name,
  });
}
