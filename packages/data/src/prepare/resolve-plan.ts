// Looks up every name of a plan in the table and fills in what each column inherits.

import { closest, listNames, quote } from "@netwright/definitions";
import type { RuledColumn } from "../check/check-columns.ts";
import type { ColumnRule } from "../check/column-rule.ts";
import type { EncoderName } from "../preprocess/encoder.ts";
import { encoderNames, isEncoderName } from "../preprocess/encoders.ts";
import { fillsIn, type MissingPolicy } from "../preprocess/missing.ts";
import { type DataProblem, error, warning } from "../problem/problem.ts";
import { parseNumber } from "../table/number-text.ts";
import { columnNames, findColumn, type Table } from "../table/table.ts";
import type { DataPlan } from "./plan.ts";

export interface ResolvedPlan {
  readonly features: readonly RuledColumn[];
  readonly target: readonly RuledColumn[];
  readonly problems: readonly DataProblem[];
}

export function resolvePlan(table: Table, plan: DataPlan): ResolvedPlan {
  const problems = [
    ...unknownColumns(table, plan.target, () => "target"),
    ...(plan.features === "all" ? [] : unknownColumns(table, plan.features, () => "features")),
    ...unknownColumns(table, Object.keys(plan.columns), (name) => `columns.${name}`),
    ...repeatedColumns(plan),
    ...unknownEncoders(plan),
    ...filledTargets(plan),
  ];
  const target = known(table, plan.target);
  const rest = columnNames(table).filter((name) => !plan.target.includes(name));
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
    features: features.flatMap((name) => ruled(table, plan, name, "feature")),
    target: target.flatMap((name) => ruled(table, plan, name, "target")),
    problems,
  };
}

/** The names that exist, each once. */
function known(table: Table, names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => findColumn(table, name) !== undefined);
}

function ruled(table: Table, plan: DataPlan, name: string, role: ColumnRule["role"]): RuledColumn[] {
  const column = findColumn(table, name);
  return column === undefined ? [] : [{ column, rule: ruleFor(plan, name, role) }];
}

function ruleFor(plan: DataPlan, name: string, role: ColumnRule["role"]): ColumnRule {
  const own = ownPlan(plan, name);
  const { unit = null, min = null, max = null } = own ?? {};
  const fromSection = role === "target" && fillsIn(plan.missing) ? "error" : plan.missing;
  const allFeatures = plan.features === "all";
  return {
    name,
    role,
    encoder: encoderFor(plan, name),
    policy: own?.missing ?? fromSection,
    contract: { unit, min, max },
    setting: settingOf(plan, name, role),
    policySetting: own?.missing == null ? "missing" : `columns.${name}`,
    ...(allFeatures && role === "feature" ? { textNote: ALL_NUMBERS } : {}),
  };
}

const ALL_NUMBERS =
  "`features: all` uses every column but the target; to leave some out, list the ones to use.";

function settingOf(plan: DataPlan, name: string, role: ColumnRule["role"]): string {
  if (ownPlan(plan, name) !== undefined) return `columns.${name}`;
  if (role === "target") return "target";
  return plan.features === "all" ? "source" : "features";
}

/** An unknown name is reported apart; `none` then lets the other checks go on. */
function encoderFor(plan: DataPlan, name: string): EncoderName {
  const scale = ownPlan(plan, name)?.scale ?? plan.scale;
  return isEncoderName(scale) ? scale : "none";
}

/** A column may be called `constructor`: only the plan's own keys count. */
function ownPlan(plan: DataPlan, name: string) {
  return Object.hasOwn(plan.columns, name) ? plan.columns[name] : undefined;
}

function unknownColumns(
  table: Table,
  names: readonly string[],
  settingOf: (name: string) => string,
): DataProblem[] {
  const all = columnNames(table);
  const headerMissing = all.every((name) => typeof parseNumber(name) === "number");
  return [...new Set(names)]
    .filter((name) => !all.includes(name))
    .map((name) => {
      const meant = closest(name, all);
      return error("NW0640", `${quote(table.name)} has no column ${quote(name)}.`, {
        notes: [
          ...(meant === undefined ? [] : [`Did you mean ${quote(meant)}?`]),
          `Its columns are ${listNames(all)}.`,
          ...(headerMissing ? ["They are all numbers: the header with the names may be missing."] : []),
        ],
        setting: settingOf(name),
        column: name,
      });
    });
}

function repeatedColumns({ target, features }: DataPlan): DataProblem[] {
  const listed = features === "all" ? [] : features;
  const twice = (names: readonly string[]) => new Set(names.filter((name, i) => names.indexOf(name) !== i));
  const repeat = (name: string, setting: string, how: string) =>
    error("NW0641", `Column ${quote(name)} is named ${how}.`, {
      notes: ["Name each column once."],
      setting,
      column: name,
    });
  return [
    ...[...twice(target)].map((name) => repeat(name, "target", "twice under `target`")),
    ...[...twice(listed)].map((name) => repeat(name, "features", "twice under `features`")),
    ...[...new Set(listed)]
      .filter((name) => target.includes(name))
      .map((name) => repeat(name, "features", "both under `features` and under `target`")),
  ];
}

function unknownEncoders(plan: DataPlan): DataProblem[] {
  const asked = [
    { scale: plan.scale, setting: "scale" },
    ...Object.entries(plan.columns).map(([name, { scale }]) => ({ scale, setting: `columns.${name}` })),
  ];
  return asked.flatMap(({ scale, setting }) => {
    if (scale === null || isEncoderName(scale)) return [];
    const meant = closest(scale, encoderNames());
    return error("NW0643", `There is no encoder ${quote(scale)}.`, {
      notes: [
        ...(meant === undefined ? [] : [`Did you mean ${quote(meant)}?`]),
        `The encoders are ${listNames(encoderNames())}.`,
      ],
      setting,
    });
  });
}

function filledTargets(plan: DataPlan): DataProblem[] {
  return [...new Set(plan.target)].flatMap((name) => {
    const policy: MissingPolicy | null = ownPlan(plan, name)?.missing ?? null;
    if (policy === null || !fillsIn(policy)) return [];
    return error("NW0644", `Column ${quote(name)} is a target and cannot have \`missing: ${policy}\`.`, {
      notes: ["A target that is not known teaches nothing: use `missing: drop` or `missing: error`."],
      setting: `columns.${name}`,
      column: name,
    });
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
