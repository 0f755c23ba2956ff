// Learns one column's fill and encoding from the training rows, and nothing from the others.

import { at, count, float64At, grouped, int32At, quote } from "@netwright/definitions";
import type { ColumnRule, NumberRule, WordRule } from "../check/column-rule.ts";
import type { DataDefinitions } from "../definitions.ts";
import { filledIn } from "../encode/filled-in.ts";
import type { SeenValues, SeenWords } from "../fitted/fitted-encoders.ts";
import { isTarget, type OpenColumn, openColumn } from "../fitted/open-encoders.ts";
import { fillsIn, fitMissing } from "../missing/policy.ts";
import { columnRange } from "../preprocess/column-range.ts";
import type { EncoderParams, WordCoding } from "../preprocess/encoder.ts";
import { type DataProblem, error, warning } from "../problem/problem.ts";
import type { NumberColumn, TextColumn, Words } from "../table/table.ts";
import type { PlannedColumn } from "./resolve-plan.ts";

/** `fitted` is `null` where an error is among the problems. */
export interface FitResult {
  readonly fitted: OpenColumn | null;
  readonly problems: readonly DataProblem[];
}

/** `train` are indices (from 0) of the training rows: at least one. The column is of the kind that the rule asks for. */
export function fitColumn(
  { rule, args }: PlannedColumn,
  column: NumberColumn | TextColumn,
  train: Int32Array,
  definitions: DataDefinitions,
): FitResult {
  if (rule.kind === "number" && column.kind === "number")
    return fitNumbers(rule, args, column, train, definitions);
  if (rule.kind === "words" && column.kind === "text")
    return fitWords(rule, args, column, train, definitions);
  throw new Error(`column ${rule.name} is not of the kind that its rule asks for`);
}

function fitNumbers(
  rule: NumberRule,
  args: PlannedColumn["args"],
  column: NumberColumn,
  train: Int32Array,
  definitions: DataDefinitions,
): FitResult {
  const present = presentIn(column, train);
  if (present.length === 0) return { fitted: null, problems: [nothingThere(rule, train.length)] };
  const { name, encoder, contract, policy, reading } = rule;
  const missing = fitMissing(policy, args.policy, present);
  const { fill } = missing;
  const unfit = fill === null ? null : unfitFill(rule, fill);
  if (unfit !== null) return { fitted: null, problems: [unfit] };
  const values = present.length === train.length ? present : filledIn(column, train, fill);
  const params = asSaved(encoder.fit([values], args.encoder, definitions.encoder));
  const seen = seenIn(present);
  const learned = {
    kind: "number",
    name,
    encoder: encoder.name,
    params,
    missing,
    contract,
    ...(reading === null ? {} : { reading: reading.saved }),
    ...seen,
  } as const;
  const fitted = Number.isFinite(fill ?? 0) ? openColumn(learned, encoder, policy, definitions) : null;
  if (fitted === null) {
    const message = `The values of column ${quote(rule.name)} are too large to compute their ${fillsIn(policy) ? `${policy.name} and scale` : "scale"}.`;
    const details = { setting: rule.setting, column: rule.name };
    return { fitted, problems: [error("NW0635", message, { notes: ["Use a larger unit."], ...details })] };
  }
  if (rule.role === "target" && !isTarget(fitted)) {
    const message = `Column ${quote(name)} is a target, and what the encoder ${quote(encoder.name)} makes of a number cannot be turned back.`;
    const notes = ["Describe the column with another encoder, such as `number(scale: zscore)`."];
    return {
      fitted: null,
      problems: [error("NW0648", message, { notes, setting: rule.setting, column: name })],
    };
  }
  const { min, max } = columnRange(values);
  return { fitted, problems: min === max ? [constant(rule, spelled(rule, min), train.length)] : [] };
}

function fitWords(
  rule: WordRule,
  args: PlannedColumn["args"],
  { codes, words }: TextColumn,
  train: Int32Array,
  definitions: DataDefinitions,
): FitResult {
  const present = Int32Array.from(train, (row) => int32At(codes, row)).filter(
    (code) => at(words, code) !== "",
  );
  const [first] = present;
  if (first === undefined) return { fitted: null, problems: [nothingThere(rule, train.length)] };
  const { name, encoder, contract, policy } = rule;
  const stated = contract.values === null || !policy.asWord ? contract.values : [...contract.values, ""];
  const pieces = [{ codes: present, words }, ...(policy.asWord ? [NO_WORD] : [])];
  const params = asSaved(encoder.fit(pieces, args.encoder, stated, definitions.encoder));
  const missing = { policy: policy.name, fill: null };
  const learned = { kind: "words", name, encoder: encoder.name, params, missing, contract } as const;
  const opened = openColumn(learned, encoder, policy, definitions);
  if (opened?.kind !== "words")
    throw new Error(`the encoder ${encoder.name} cannot open what it has learned`);
  const seen = rule.role === "target" ? { seen: seenWords(opened.coding, { codes: present, words }) } : {};
  const isConstant = present.every((code) => code === first);
  return {
    fitted: { ...opened, fitted: { ...learned, ...seen } },
    problems: isConstant ? [constant(rule, quote(at(words, first)), train.length)] : [],
  };
}

/** Is a word whether training rows lack one or not, as rows to predict may. */
const NO_WORD: Words = { codes: Int32Array.of(0), words: [""] };

/** What is used at once is what a loaded model has: an encoder that learns what JSON does not hold finds out here. */
function asSaved(params: EncoderParams): EncoderParams {
  return JSON.parse(JSON.stringify(params));
}

function presentIn({ values, missing }: NumberColumn, rows: Int32Array): Float64Array {
  const present = new Float64Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = int32At(rows, i);
    if (missing[row] === 0) present[count++] = float64At(values, row);
  }
  return present.subarray(0, count);
}

/** What is filled in is held to what is said of the column, as its values are: a file may state any number. */
function unfitFill(rule: NumberRule, fill: number): DataProblem | null {
  const { name, contract, encoder, policy } = rule;
  const { min, max } = contract;
  if (!Number.isFinite(fill)) return null;
  const what = `\`missing: ${policy.name}\` fills in ${spelled(rule, fill)}`;
  const details = { setting: rule.policySetting ?? rule.setting, column: name };
  if ((min !== null && fill < min) || (max !== null && fill > max)) {
    const message = `${what} for column ${quote(name)}, which is outside of the bounds that the model states.`;
    return error("NW0633", message, {
      notes: ["Fill in a value that may occur, or widen the bounds."],
      ...details,
    });
  }
  if (encoder.accepts(fill)) return null;
  const message = `${what} for column ${quote(name)}, which the encoder ${quote(encoder.name)} does not take.`;
  return error("NW0634", message, {
    notes: ["Fill in another value, or scale the column otherwise."],
    ...details,
  });
}

function spelled({ reading }: NumberRule, x: number): string {
  return reading === null ? String(x) : reading.spell(x);
}

function nothingThere(rule: ColumnRule, rows: number): DataProblem {
  const message = `Column ${quote(rule.name)} has no value in any of the ${count(rows, "training row")}.`;
  const how = fillsIn(rule.policy)
    ? ["There is nothing to learn from: leave the column out of `features`."]
    : [];
  return error("NW0638", message, { notes: how, setting: rule.setting, column: rule.name });
}

function seenIn(present: Float64Array): { readonly seen?: SeenValues } {
  let sum = 0;
  for (let i = 0; i < present.length; i++) sum += float64At(present, i);
  const mean = sum / present.length;
  const { min, max } = columnRange(present);
  // JSON has no -0.
  return Number.isFinite(mean) ? { seen: { min: min + 0, max: max + 0, mean: mean + 0 } } : {};
}

function seenWords(coding: WordCoding, { codes, words }: Words): SeenWords {
  const numbers = new Map(coding.words.map((word, number) => [word, number]));
  const counts = coding.words.map(() => 0);
  const own = words.map((word) => numbers.get(word));
  for (const code of codes) {
    const number = at(own, code);
    if (number !== undefined) counts[number] = at(counts, number) + 1;
  }
  return { counts };
}

function constant(rule: ColumnRule, value: string, rows: number): DataProblem {
  const [what, advice] = {
    feature: ["nothing can be learned from it", "Leave it out of `features`, unless later data will vary."],
    target:
      rule.kind === "number"
        ? ["there is nothing to learn and R2 has no meaning", "Check that this is the column to predict."]
        : ["there is nothing to learn", "Check that this is the column to predict."],
  }[rule.role];
  const spread = rule.kind === "number" ? ["It is not divided by its spread, which is 0."] : [];
  return warning(
    "NW0636",
    `Column ${quote(rule.name)} is ${value} in ${rows === 1 ? "the one training row" : `all ${grouped(rows)} training rows`}: ${what}.`,
    { notes: [advice ?? "", ...spread], setting: rule.setting, column: rule.name },
  );
}
