// Looks up every name of a plan in the table and fills in what each column inherits.

import {
  type Chosen,
  type ColumnKind,
  closest,
  listNames,
  lookUp,
  quote,
  repeated,
  suggester,
} from "@netwright/definitions";
import type { RuledColumn } from "../check/check-columns.ts";
import type { ColumnRule } from "../check/column-rule.ts";
import type { ColumnType } from "../columns/column-type.ts";
import { columnTypes } from "../columns/table.ts";
import { fillsIn, missingPolicies } from "../missing/table.ts";
import { encoders } from "../preprocess/encoders.ts";
import { type DataProblem, error, warning } from "../problem/problem.ts";
import { parseNumber } from "../table/number-text.ts";
import { columnNames, findColumn, type Table } from "../table/table.ts";
import type { DataPlan } from "./plan.ts";

export interface ResolvedPlan {
  readonly features: readonly PlannedColumn[];
  readonly target: readonly PlannedColumn[];
  readonly problems: readonly DataProblem[];
}

/** A column with what is asked of it, and its encoder. */
export interface PlannedColumn extends RuledColumn {
  readonly encoder: Chosen;
}

export function resolvePlan(table: Table, plan: DataPlan): ResolvedPlan {
  const problems = [
    ...unknownColumns(table, plan.target, () => "target"),
    ...(plan.features === "all" ? [] : unknownColumns(table, plan.features, () => "features")),
    ...unknownColumns(table, Object.keys(plan.columns), (name) => `columns.${name}`),
    ...repeatedColumns(plan),
    ...unknownEncoders(plan),
    ...misfits(plan),
    ...filledTargets(plan),
    ...otherTargets(table, plan),
  ];
  const target = known(table, plan.target);
  const targets = new Set(plan.target);
  const rest = columnNames(table).filter((name) => !targets.has(name));
  const features = known(table, plan.features === "all" ? rest : plan.features);
  // Where a name was not found, that is said; here, that there is none at all.
  if (plan.target.length === 0) problems.push(nothing("target", "No column to predict is named."));
  if (plan.features === "all" ? rest.length === 0 : plan.features.length === 0) {
    problems.push(nothing("features", `${quote(table.name)} has no column to predict from.`));
  }
  const used = new Set([...features, ...target]);
  for (const name of known(table, Object.keys(plan.columns))) {
    if (!used.has(name)) problems.push(unused(name));
  }
  return {
    features: features.flatMap((name) => planned(table, plan, name, "feature")),
    target: target.flatMap((name) => planned(table, plan, name, "target")),
    problems,
  };
}

/** The names that exist, each once. */
function known(table: Table, names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => findColumn(table, name) !== undefined);
}

function planned(table: Table, plan: DataPlan, name: string, role: ColumnRule["role"]): PlannedColumn[] {
  const column = findColumn(table, name);
  if (column === undefined) return [];
  const encoder = encoderFor(plan, name, role);
  return [{ column, encoder, rule: ruleFor(plan, name, role, encoder) }];
}

function ruleFor(plan: DataPlan, name: string, role: ColumnRule["role"], encoder: Chosen): ColumnRule {
  const own = ownType(plan, name);
  const ownPolicy = own?.type.missing(own.args) ?? null;
  const kind = kindOf(plan, name, role);
  const contract = own?.type.contract(own.args) ?? null;
  const rule = {
    name,
    role,
    encoder: encoder.name,
    policy: (ownPolicy ?? policyOfSection(plan, kind, role)).name,
    setting: settingOf(plan, name, role),
    policySetting: ownPolicy === null ? "missing" : `columns.${name}`,
    ...(plan.features === "all" && role === "feature" ? { textNote: ALL_NUMBERS } : {}),
  };
  return kind === "words"
    ? { kind, ...rule, contract: contract !== null && "values" in contract ? contract : { values: null } }
    : {
        kind,
        ...rule,
        contract: contract !== null && "unit" in contract ? contract : { unit: null, min: null, max: null },
      };
}

/** What the file describes the column as; else a feature has numbers, and a target what is predicted. */
function kindOf(plan: DataPlan, name: string, role: ColumnRule["role"]): ColumnKind {
  return ownType(plan, name)?.type.takes ?? (role === "target" ? plan.predicts : "number");
}

/** A target is never filled in, and what fills numbers in has nothing for words: there the section means `error`. */
function policyOfSection(
  { missing }: DataPlan,
  kind: ColumnKind,
  role: ColumnRule["role"],
): Pick<Chosen, "name"> {
  const { takes } = lookUp(missingPolicies, missing.name);
  return takes.includes(kind) && !(role === "target" && fillsIn(missing.name)) ? missing : { name: "error" };
}

const ALL_NUMBERS =
  "`features: all` uses every column but the target; to leave some out, list the ones to use.";

function settingOf(plan: DataPlan, name: string, role: ColumnRule["role"]): string {
  if (ownType(plan, name) !== undefined) return `columns.${name}`;
  if (role === "target") return "target";
  return plan.features === "all" ? "source" : "features";
}

const CLASSES: Chosen = { name: "ordinal", args: { unknown: "error" } };
const SCALE: Chosen = { name: "none", args: {} };
const WORDS: Chosen = { name: "one_hot", args: { unknown: "error" } };

/** Classes have numbers. An encoder that is not known, or does not fit, is reported apart; another lets the checks go on. */
function encoderFor(plan: DataPlan, name: string, role: ColumnRule["role"]): Chosen {
  const own = ownType(plan, name);
  const kind = kindOf(plan, name, role);
  if (role === "target" && kind === "words") return CLASSES;
  const asked = own?.type.encoder(own.args) ?? (kind === "words" ? WORDS : plan.scale);
  if (encoders.get(asked.name)?.takes === kind) return asked;
  return kind === "words" ? WORDS : SCALE;
}

/** A column may be called `constructor`: only the plan's own keys count. */
function ownType(plan: DataPlan, name: string): { type: ColumnType; args: Chosen["args"] } | undefined {
  const own = Object.hasOwn(plan.columns, name) ? plan.columns[name] : undefined;
  return own === undefined ? undefined : { type: lookUp(columnTypes, own.name), args: own.args };
}

function unknownColumns(
  table: Table,
  names: readonly string[],
  settingOf: (name: string) => string,
): DataProblem[] {
  const all = columnNames(table);
  const suggest = suggester(all);
  const known = `Its columns are ${listNames(all)}.`;
  const headerMissing = all.every((name) => typeof parseNumber(name) === "number");
  return [...new Set(names)]
    .filter((name) => findColumn(table, name) === undefined)
    .map((name) => {
      const meant = suggest(name);
      return error("NW0640", `${quote(table.name)} has no column ${quote(name)}.`, {
        notes: [
          ...(meant === undefined ? [] : [`Did you mean ${quote(meant)}?`]),
          known,
          ...(headerMissing ? ["They are all numbers: the header with the names may be missing."] : []),
        ],
        setting: settingOf(name),
        column: name,
      });
    });
}

function repeatedColumns({ target, features }: DataPlan): DataProblem[] {
  const listed = features === "all" ? [] : features;
  const targets = new Set(target);
  const repeat = (name: string, setting: string, how: string) =>
    error("NW0641", `Column ${quote(name)} is named ${how}.`, {
      notes: ["Name each column once."],
      setting,
      column: name,
    });
  return [
    ...[...repeated(target)].map((name) => repeat(name, "target", "twice under `target`")),
    ...[...repeated(listed)].map((name) => repeat(name, "features", "twice under `features`")),
    ...[...new Set(listed)]
      .filter((name) => targets.has(name))
      .map((name) => repeat(name, "features", "both under `features` and under `target`")),
  ];
}

interface AskedEncoder {
  readonly asked: Chosen;
  readonly kind: ColumnKind;
  /** What it is for, in a message. */
  readonly what: string;
  readonly setting: string;
}

function askedEncoders(plan: DataPlan): AskedEncoder[] {
  const own = Object.keys(plan.columns).flatMap((name): AskedEncoder[] => {
    const described = ownType(plan, name);
    const asked = described?.type.encoder(described.args);
    if (described === undefined || asked == null) return [];
    return [
      { asked, kind: described.type.takes, what: `Column ${quote(name)} has`, setting: `columns.${name}` },
    ];
  });
  return [{ asked: plan.scale, kind: "number", what: "`scale` is for columns of", setting: "scale" }, ...own];
}

function unknownEncoders(plan: DataPlan): DataProblem[] {
  const known = [...encoders.keys()];
  return askedEncoders(plan).flatMap(({ asked: { name }, setting }) => {
    if (encoders.has(name)) return [];
    const meant = closest(name, known);
    return error("NW0643", `There is no encoder ${quote(name)}.`, {
      notes: [
        ...(meant === undefined ? [] : [`Did you mean ${quote(meant)}?`]),
        `The encoders are ${listNames(known)}.`,
      ],
      setting,
    });
  });
}

const KINDS: { readonly [K in ColumnKind]: string } = { number: "numbers", words: "words" };

/** Encoders and policies that there are, and that are for another kind of column. */
function misfits(plan: DataPlan): DataProblem[] {
  const ofEncoders = askedEncoders(plan).flatMap(({ asked, kind, what, setting }) => {
    const takes = encoders.get(asked.name)?.takes ?? kind;
    if (takes === kind) return [];
    const fitting = [...encoders.values()].filter((one) => one.takes === kind).map(({ name }) => name);
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
    const own = ownType(plan, name);
    const policy = own?.type.missing(own.args);
    if (own === undefined || policy == null) return [];
    const { takes } = lookUp(missingPolicies, policy.name);
    if (takes.includes(own.type.takes) || targets.has(name)) return [];
    const message = `Column ${quote(name)} has ${KINDS[own.type.takes]}, and \`missing: ${policy.name}\` is for ${takes.map((kind) => KINDS[kind]).join(" and ")}.`;
    const fitting = [...missingPolicies.values()].filter((one) => one.takes.includes(own.type.takes));
    const notes = [`For ${KINDS[own.type.takes]}: ${listNames(fitting.map((one) => one.name))}.`];
    return [error("NW0648", message, { notes, setting: `columns.${name}`, column: name })];
  });
  return [...ofEncoders, ...ofPolicies];
}

function filledTargets(plan: DataPlan): DataProblem[] {
  return [...new Set(plan.target)].flatMap((name) => {
    const own = ownType(plan, name);
    const policy = own?.type.missing(own.args)?.name;
    if (policy === undefined || !fillsIn(policy)) return [];
    return error("NW0644", `Column ${quote(name)} is a target and cannot have \`missing: ${policy}\`.`, {
      notes: ["A target that is not known teaches nothing: use `missing: drop` or `missing: error`."],
      setting: `columns.${name}`,
      column: name,
    });
  });
}

/** Numbers that are no names of classes, where the file does not say that they are. */
function otherTargets(table: Table, plan: DataPlan): DataProblem[] {
  if (plan.predicts === "number") return [];
  return [...new Set(plan.target)].flatMap((name) => {
    const column = findColumn(table, name);
    if (column?.kind !== "number" || ownType(plan, name) !== undefined) return [];
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

function nothing(setting: "target" | "features", message: string): DataProblem {
  return error("NW0642", message, { notes: ["A model needs at least one of each."], setting });
}
