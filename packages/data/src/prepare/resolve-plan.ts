// What is asked of each column that a plan uses: what it says of the column itself, and what the column inherits. Finds what
// is asked of the wrong kind of column; that every name is one, the language has seen to.

import {
  type Args,
  type Chosen,
  type ColumnKind,
  columnKindOf,
  columnsIn,
  listNames,
  lookUp,
  quote,
  type TargetKind,
  withDefaults,
} from "@netwright/definitions";
import type { RuledColumn } from "../check/check-columns.ts";
import type { ColumnRule } from "../check/column-rule.ts";
import type { ColumnType } from "../columns/column-type.ts";
import type { DataDefinitions } from "../definitions.ts";
import type { Contract } from "../fitted/contract.ts";
import { makesUp } from "../missing/policy.ts";
import type { Encoder } from "../preprocess/encoder.ts";
import { type DataProblem, error, warning } from "../problem/problem.ts";
import type { OpenReading } from "../reading/cell-reading.ts";
import { settleReading } from "../reading/open-reading.ts";
import { columnNames, findColumn, type Table } from "../table/table.ts";
import { wordColumn } from "../table/word-column.ts";
import { weightColumn, weightColumnRule } from "../weight/row-weights.ts";
import { innerScaleMisfits } from "./inner-scales.ts";
import type { DataPlan } from "./plan.ts";

export interface ResolvedPlan {
  readonly features: readonly PlannedColumn[];
  readonly target: readonly PlannedColumn[];
  readonly weight: RuledColumn | null;
  readonly problems: readonly DataProblem[];
}

/** A column with what is asked of it, and the arguments of its encoder and of its rule for missing values. */
export interface PlannedColumn extends RuledColumn {
  readonly args: { readonly encoder: Args; readonly policy: Args };
}

export function resolvePlan(table: Table, plan: DataPlan, definitions: DataDefinitions): ResolvedPlan {
  const asked: Asked = { plan, definitions };
  const targets = new Set(plan.target);
  // A column that rows are dealt out by is a feature only where it is named: a group is another one at prediction.
  const splitter = lookUp(definitions.splitter, plan.split.name);
  const weight = weightColumn(plan.weight);
  const others = new Set([...plan.target, weight, ...columnsIn(splitter.params, plan.split.args)]);
  const features =
    plan.features === "all" ? columnNames(table).filter((name) => !others.has(name)) : plan.features;
  const used = new Set([...features, ...targets]);
  const spare = Object.keys(plan.columns).filter(
    (name) => !used.has(name) && findColumn(table, name) !== undefined,
  );
  return {
    features: features.map((name) => planned(table, name, "feature", asked)),
    target: plan.target.map((name) => planned(table, name, "target", asked)),
    weight: weight === null ? null : weightIn(table, weight),
    problems: [
      ...misfits(asked),
      ...filledTargets(asked),
      ...otherTargets(table, asked),
      ...scaledTargets(asked),
      ...spare.map(unused),
    ],
  };
}

function weightIn(table: Table, name: string): RuledColumn {
  const column = findColumn(table, name);
  if (column === undefined) throw new Error(`the table has no column ${name}, which the plan names`);
  return { column, rule: weightColumnRule(name, "weight") };
}

/** What the file says, and what its names stand for. */
interface Asked {
  readonly plan: DataPlan;
  readonly definitions: DataDefinitions;
}

function planned(table: Table, name: string, role: ColumnRule["role"], asked: Asked): PlannedColumn {
  const column = findColumn(table, name);
  if (column === undefined) throw new Error(`the table has no column ${name}, which the plan names`);
  const own = ownType(name, asked);
  const ownPolicy = own?.type.missing(own.args) ?? null;
  const { encoder, args } = encoderFor(name, role, asked);
  const chosenPolicy = ownPolicy ?? policyOfSection(encoder, role, asked);
  const policy = lookUp(asked.definitions.missing, chosenPolicy.name);
  const rule = {
    name,
    role,
    policy,
    setting: settingOf(name, role, asked),
    policySetting: ownPolicy === null ? "missing" : `columns.${name}`,
    ...(asked.plan.features === "all" && role === "feature" ? { textNote: ALL_NUMBERS } : {}),
  };
  const stated = own?.type.contract(own.args) ?? null;
  const contract = role === "target" && NEVER_BELOW_0.has(asked.plan.predicts) ? ofCounts(stated) : stated;
  const isRead = own !== undefined && own.type.settle !== null;
  const reading = isRead ? settleReading(own.type, wordColumn(column, table.numbers).words, own.args) : null;
  // A type of column chooses with the arguments that matter to it.
  const all = {
    encoder: withDefaults(encoder.params, args),
    policy: withDefaults(policy.params, chosenPolicy.args),
  };
  return { column, args: all, rule: withEncoder(rule, encoder, all.encoder, contract, reading) };
}

const NEVER_BELOW_0: ReadonlySet<TargetKind> = new Set(["count", "distribution"]);

/** Nothing is counted below 0, and no part of a whole is. */
function ofCounts(contract: Contract | null): Contract {
  const { unit, min, max } =
    contract !== null && "unit" in contract ? contract : { unit: null, min: null, max: null };
  return { unit, min: Math.max(min ?? 0, 0), max };
}

/** What a column does not promise is `null`. */
function withEncoder(
  rule: Omit<ColumnRule, "kind" | "encoder" | "contract">,
  encoder: Encoder,
  args: Args,
  contract: Contract | null,
  reading: OpenReading | null,
): ColumnRule {
  if (encoder.takes === "words") {
    const stated = contract !== null && "values" in contract ? contract : { values: null };
    return { kind: "words", ...rule, encoder, contract: stated, check: encoder.check?.(args) ?? null };
  }
  const stated = contract !== null && "unit" in contract ? contract : { unit: null, min: null, max: null };
  return { kind: "number", ...rule, encoder, contract: stated, reading };
}

/** What the file describes the column as; else a feature has numbers, and a target what is predicted. */
function kindOf(name: string, role: ColumnRule["role"], asked: Asked): ColumnKind {
  return (
    ownType(name, asked)?.type.takes ?? (role === "target" ? columnKindOf(asked.plan.predicts) : "number")
  );
}

/** A target is never filled in, and what fills numbers in has nothing for words: there the section means `error`. */
function policyOfSection(encoder: Encoder, role: ColumnRule["role"], { plan, definitions }: Asked): Chosen {
  const policy = lookUp(definitions.missing, plan.missing.name);
  // A cell without labels is none that misses any.
  if (role === "target" && plan.predicts === "labels") return NO_LABEL;
  const isWord = policy.asWord && !takesGaps(encoder);
  const fits = policy.takes.includes(encoder.takes) && !isWord && !(role === "target" && makesUp(policy));
  return fits ? plan.missing : REFUSED;
}

const REFUSED: Chosen = { name: "error", args: {} };
const NO_LABEL: Chosen = { name: "own_class", args: {} };

const ALL_NUMBERS =
  "`features: all` uses every column but the target; to leave some out, list the ones to use.";

function settingOf(name: string, role: ColumnRule["role"], asked: Asked): string {
  if (ownType(name, asked) !== undefined) return `columns.${name}`;
  if (role === "target") return "target";
  return asked.plan.features === "all" ? "source" : "features";
}

const CLASSES: Chosen = { name: "ordinal", args: {} };
const LABELS: Chosen = { name: "multi_hot", args: {} };
const SCALE: Chosen = { name: "none", args: {} };
const WORDS: Chosen = { name: "one_hot", args: {} };

/** Classes have numbers. An encoder that does not fit is reported apart; another lets the checks go on. */
function encoderFor(
  name: string,
  role: ColumnRule["role"],
  asked: Asked,
): { readonly encoder: Encoder; readonly args: Args } {
  const { plan, definitions } = asked;
  const own = ownType(name, asked);
  const kind = kindOf(name, role, asked);
  const ofKind = kind === "words" ? (plan.categories ?? WORDS) : plan.scale;
  // A scaled count is none, nor is a scaled share, and what is scaled points elsewhere.
  const stated = own?.type.encoder(own.args, plan.scale) ?? null;
  const many = own?.type.many === true ? stated : LABELS;
  const ofTarget =
    plan.predicts === "labels"
      ? many
      : kind === "words"
        ? CLASSES
        : UNSCALED[plan.predicts] !== undefined
          ? SCALE
          : null;
  const wanted = (role === "target" ? ofTarget : null) ?? stated ?? ofKind;
  const encoder = lookUp(definitions.encoder, wanted.name);
  if (encoder.takes === kind) return { encoder, args: wanted.args };
  const instead = kind === "words" ? WORDS : SCALE;
  return { encoder: lookUp(definitions.encoder, instead.name), args: instead.args };
}

/** A column may be called `constructor`: only the plan's own keys count. */
function ownType(
  name: string,
  { plan, definitions }: Asked,
): { readonly type: ColumnType; readonly args: Args } | undefined {
  const own = Object.hasOwn(plan.columns, name) ? plan.columns[name] : undefined;
  return own === undefined ? undefined : { type: lookUp(definitions.column, own.name), args: own.args };
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

/** Whether a missing word may be one of those that it encodes. */
function takesGaps(encoder: Encoder): boolean {
  return encoder.takes === "number" || encoder.gaps === undefined;
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

/** What a target is that is predicted as it is, and what the loss is for: no scale of the file must change it. */
const UNSCALED: { readonly [K in TargetKind]?: readonly [what: string, all: string] } = {
  count: ["a count", "counts"],
  distribution: ["a share of a whole", "shares"],
  direction: ["part of a direction", "directions"],
};

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
