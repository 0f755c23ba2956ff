// What is asked of each column that a plan uses: what it says of the column itself, and what the column inherits. That every
// name is one, the language has seen to.

import {
  type Args,
  type Chosen,
  columnsIn,
  lookUp,
  type TargetKind,
  withDefaults,
} from "@netwright/definitions";
import type { RuledColumn } from "../check/check-columns.ts";
import type { ColumnRule } from "../check/column-rule.ts";
import type { DataDefinitions } from "../definitions.ts";
import type { Contract } from "../fitted/contract.ts";
import { makesUp } from "../missing/policy.ts";
import type { Encoder } from "../preprocess/encoder.ts";
import type { DataProblem } from "../problem/problem.ts";
import type { OpenReading } from "../reading/cell-reading.ts";
import { settleReading } from "../reading/open-reading.ts";
import { isCode } from "../table/codes.ts";
import { findColumn, type Table } from "../table/table.ts";
import { wordColumn } from "../table/word-column.ts";
import {
  type AnswerColumn,
  answerColumns,
  answerRules,
  type TeacherPlan,
} from "../teacher/teacher-columns.ts";
import { weightColumn, weightColumnRule } from "../weight/row-weights.ts";
import { type Asked, encoderFor, ownType, takesGaps } from "./asked.ts";
import { madeColumns } from "./made-columns.ts";
import type { DataPlan } from "./plan.ts";
import { planMisfits } from "./plan-misfits.ts";

export interface ResolvedPlan {
  readonly features: readonly PlannedColumn[];
  readonly target: readonly PlannedColumn[];
  readonly weight: RuledColumn | null;
  readonly teacher: ResolvedTeacher | null;
  readonly problems: readonly DataProblem[];
}

/** What is asked of the columns of a teacher; of labels nothing is. */
export interface ResolvedTeacher {
  readonly plan: TeacherPlan;
  readonly columns: readonly AnswerColumn[];
  readonly rules: readonly RuledColumn[];
}

/** A column with what is asked of it, and the arguments of its encoder and of its rule for missing values. */
export interface PlannedColumn extends RuledColumn {
  readonly args: { readonly encoder: Args; readonly policy: Args };
  /** Whether predictions are held within the range of the training rows. */
  readonly clamps: boolean;
}

export function resolvePlan(table: Table, plan: DataPlan, definitions: DataDefinitions): ResolvedPlan {
  const targets = new Set(plan.target);
  // A column that rows are dealt out by is a feature only where it is named: a group is another one at prediction.
  const splitter = lookUp(definitions.splitter, plan.split.name);
  const weight = weightColumn(plan.weight);
  // Nor is a file a feature unless it is named: what is predicted comes from another.
  const window = plan.window ?? null;
  const series = window === null ? [] : [window.order, ...window.by];
  const dealing = columnsIn(splitter.params, plan.split.args);
  const answers = plan.teacher == null ? [] : answerColumns(table, plan.teacher);
  const told = answers.map(({ name }) => name);
  const apart = [...told, weight, table.fileColumn, ...dealing, ...series];
  const others = new Set([...(window === null ? plan.target : []), ...apart].flatMap((name) => name ?? []));
  const made = madeColumns(table, plan, definitions, others);
  const { features, images } = made;
  const asked: Asked = { plan: { ...plan, columns: made.columns }, definitions, images };
  // Rows may be dealt out by times that are read as they are described.
  const read = dealing.filter((name) => ownType(name, asked)?.type.settle != null);
  const used = new Set([...features, ...targets, ...series, ...told, ...read]);
  const spare = Object.keys(made.columns).filter(
    (name) => !used.has(name) && findColumn(table, name) !== undefined,
  );
  const target = plan.target.map((name) => planned(table, name, "target", asked));
  return {
    features: features.map((name) => planned(table, name, "feature", asked)),
    target,
    teacher:
      plan.teacher == null || plan.teacher.teaches === false
        ? null
        : {
            plan: plan.teacher,
            columns: answers,
            rules: answerRules(answers, plan.teacher, plan.predicts, target),
          },
    weight: weight === null ? null : weightIn(table, weight),
    problems: [...made.problems, ...planMisfits(table, asked, spare)],
  };
}

function weightIn(table: Table, name: string): RuledColumn {
  const column = findColumn(table, name);
  if (column === undefined) throw new Error(`the table has no column ${name}, which the plan names`);
  return { column, rule: weightColumnRule(name, "weight") };
}

function planned(table: Table, name: string, role: ColumnRule["role"], asked: Asked): PlannedColumn {
  const column = findColumn(table, name);
  if (column === undefined) throw new Error(`the table has no column ${name}, which the plan names`);
  const own = ownType(name, asked);
  const image = asked.images.get(name);
  const ownPolicy = own?.type.missing(own.args) ?? null;
  const { encoder, args } = encoderFor(name, role, asked);
  const chosenPolicy = ownPolicy ?? policyOfSection(encoder, role, asked);
  const policy = lookUp(asked.definitions.missing, chosenPolicy.name);
  const rule = {
    name,
    role,
    policy,
    setting: settingOf(name, role, asked),
    ...(image === undefined ? {} : { image }),
    policySetting: ownPolicy === null ? "missing" : settingOf(name, role, asked),
    ...(asked.plan.features === "all" && role === "feature" && image === undefined
      ? { textNote: ALL_NUMBERS }
      : {}),
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
  const clamps = role === "target" && own?.type.clamps(own.args) === true;
  return { column, args: all, clamps, rule: withEncoder(rule, encoder, all.encoder, contract, reading) };
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
    // Where the file names the words, it says how they are written.
    const keepsZeros = stated.values === null || stated.values.some(isCode);
    const check = encoder.check?.(args) ?? null;
    return { kind: "words", ...rule, encoder, contract: stated, check, keepsZeros };
  }
  const stated = contract !== null && "unit" in contract ? contract : { unit: null, min: null, max: null };
  return { kind: "number", ...rule, encoder, contract: stated, reading };
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
  if (ownType(name, asked) !== undefined) return `columns.${asked.images.get(name)?.name ?? name}`;
  if (role === "target") return "target";
  return asked.plan.features === "all" ? "source" : "features";
}
