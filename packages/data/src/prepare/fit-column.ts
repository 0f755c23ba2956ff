// Learns one column's fill and encoding from the training rows, and nothing from the others.

import { at, count, grouped, listNames, type MadeImage, quote } from "@netwright/definitions";
import type { ColumnRule, NumberRule, WordRule } from "../check/column-rule.ts";
import { tooManyWords } from "../check/too-many-words.ts";
import type { DataDefinitions } from "../definitions.ts";
import { filledIn, wordsIn } from "../encode/filled-in.ts";
import { distributionOf } from "../fitted/distribution.ts";
import type { SeenValues, SeenWords } from "../fitted/fitted-encoders.ts";
import { isTarget, type OpenColumn, openColumn, takesIndicator } from "../fitted/open-encoders.ts";
import { fillsIn, fitMissing, fitMissingWords, type MissingRule } from "../missing/policy.ts";
import { shownWord } from "../pictures/picture-bytes.ts";
import { type Summary, summaryOf } from "../preprocess/column-range.ts";
import type { Coding, EncoderParams, TargetRows, WordCoding } from "../preprocess/encoder.ts";
import { type DataProblem, error, warning } from "../problem/problem.ts";
import { withoutRoomToLearn } from "../scan/heap-room.ts";
import { isCode } from "../table/codes.ts";
import type { Room } from "../table/room.ts";
import {
  type NumberColumn,
  presentCodesIn,
  presentIn,
  type TextColumn,
  timesOf,
  type Words,
} from "../table/table.ts";
import { codedOutOfFold } from "./out-of-fold.ts";
import type { PlannedColumn } from "./resolve-plan.ts";

/** `fitted` is `null` where an error is among the problems. */
export interface FitResult {
  readonly fitted: OpenColumn | null;
  /** What the training rows become where that is other than what the column makes of them, [rows x numbers]. */
  readonly outOfFold: Float32Array | null;
  readonly problems: readonly DataProblem[];
}

/**
 * `train` are indices (from 0) of the training rows: at least one. The column is of the kind that the rule asks for.
 * `target` is for encoders that learn of it; `null` of a target itself. Values are put in `room`, and not needed afterwards.
 */
export function fitColumn(
  { rule, args, clamps }: PlannedColumn,
  column: NumberColumn | TextColumn,
  train: Int32Array,
  definitions: DataDefinitions,
  target: TargetRows | null,
  room?: Room<Float64Array>,
): FitResult {
  if (rule.kind === "number" && column.kind === "number")
    return fitNumbers({ rule, args, clamps }, column, train, definitions, room);
  if (rule.kind === "words" && column.kind === "text")
    return fitWords(rule, args, column, train, definitions, target);
  throw new Error(`column ${rule.name} is not of the kind that its rule asks for`);
}

function fitNumbers(
  { rule, args, clamps }: Omit<PlannedColumn, "rule" | "column"> & { readonly rule: NumberRule },
  column: NumberColumn,
  train: Int32Array,
  definitions: DataDefinitions,
  room?: Room<Float64Array>,
): FitResult {
  const present = valuesThere(column, train, room);
  if (present.length === 0) return failed(nothingThere(rule, train.length));
  const { name, encoder, contract, policy, reading, image } = rule;
  const missing = fitMissing(policy, args.policy, present);
  const { fill } = missing;
  if (image !== undefined && missing.indicator === true) return failed(noPlaceInImage(rule, image));
  const unfit = fill === null ? null : unfitFill(rule, fill);
  if (unfit !== null) return failed(unfit);
  const pieces = [present];
  const filled = present.length === train.length ? pieces : [filledIn(column, train, fill)];
  const params = asSaved(encoder.fit(filled, args.encoder, definitions.encoder));
  // What a single pixel has been tells nothing of what it may be: other digits are written elsewhere.
  const seen = image === undefined ? seenIn(present, summaryOf(pieces)) : { image };
  const { min, max } = summaryOf(filled);
  const learned = {
    kind: "number",
    name,
    encoder: encoder.name,
    params,
    missing,
    contract,
    ...(reading === null ? {} : { reading: reading.saved }),
    ...seen,
    ...(clamps ? { range: { min, max } } : {}),
  } as const;
  const fitted = Number.isFinite(fill ?? 0) ? openColumn(learned, encoder, policy, definitions) : null;
  if (fitted === null && lacksPlace(missing, encoder.open(params, definitions.encoder)))
    return failed(noPlaceForIndicator(rule));
  if (fitted === null) {
    const message = `The values of column ${quote(rule.name)} are too large to compute their ${fillsIn(policy, "number") ? `${policy.name} and scale` : "scale"}.`;
    const details = { setting: rule.setting, column: rule.name };
    return failed(error("NW0635", message, { notes: ["Use a larger unit."], ...details }));
  }
  if (rule.role === "target" && !isTarget(fitted)) {
    const message = `Column ${quote(name)} is a target, and what the encoder ${quote(encoder.name)} makes of a number cannot be turned back.`;
    const notes = ["Describe the column with another encoder, such as `number(scale: zscore)`."];
    return failed(error("NW0648", message, { notes, setting: rule.setting, column: name }));
  }
  const problems =
    min === max && image === undefined ? [constant(rule, spelled(rule, min), train.length)] : [];
  return { fitted, outOfFold: null, problems };
}

function fitWords(
  rule: WordRule,
  args: PlannedColumn["args"],
  column: TextColumn,
  train: Int32Array,
  definitions: DataDefinitions,
  target: TargetRows | null,
): FitResult {
  const { words } = column;
  const present = codesThere(column, train);
  const [first] = present;
  if (first === undefined) return failed(nothingThere(rule, train.length));
  const { name, encoder, contract, policy } = rule;
  // What is learned of them is as large as they are, and is written and read once.
  const characters = words.reduce((sum, { length }) => sum + length, 0);
  const crowd = withoutRoomToLearn(words.length, characters);
  if (crowd !== null) {
    const details = { setting: rule.setting, column: name };
    return failed(tooManyWords(`Column ${quote(name)}`, crowd, details));
  }
  const missing = fitMissingWords(policy, args.policy, { codes: present, words });
  const isWhole = present.length === train.length;
  const whole = isWhole ? { codes: present, words } : wordsIn(column, train, missing.fill);
  const folds = encoder.folds?.(args.encoder) ?? null;
  // A target that could not be fitted has been told of.
  if (folds !== null && target === null) return { fitted: null, outOfFold: null, problems: [] };
  const stated = contract.values === null || !policy.asWord ? contract.values : [...contract.values, ""];
  const given = folds !== null || missing.fill !== null ? whole : { codes: present, words };
  const pieces = [given, ...(policy.asWord && folds === null ? [NO_WORD] : [])];
  const learnedParams = encoder.fit(pieces, args.encoder, stated, target, definitions.encoder);
  if (learnedParams === null) return failed(nothingFrequent(rule));
  const params = asSaved(learnedParams);
  const hasCodes = words.some(isCode) || contract.values?.some(isCode) === true;
  const codes = rule.keepsZeros && hasCodes ? { codes: true as const } : {};
  const learned = {
    kind: "words",
    name,
    encoder: encoder.name,
    params,
    missing,
    contract,
    ...codes,
  } as const;
  const opened = openColumn(learned, encoder, policy, definitions);
  if (opened?.kind !== "words") {
    if (lacksPlace(missing, encoder.open(params, definitions.encoder)))
      return failed(noPlaceForIndicator(rule));
    throw new Error(`the encoder ${encoder.name} cannot open what it has learned`);
  }
  // An encoder that keeps no words has nothing to hold new ones against.
  const counted = seenWords(opened.coding, whole);
  const seen = counted.counts.some((times) => times > 0) ? { seen: counted } : {};
  const isConstant = present.every((code) => code === first);
  const unseen = rule.role === "target" ? opened.coding.words.filter((_, i) => counted.counts[i] === 0) : [];
  const refit = (rows: Words, own: TargetRows) =>
    encoder.open(
      asSaved(encoder.fit([rows], args.encoder, stated, own, definitions.encoder) ?? {}),
      definitions.encoder,
    );
  return {
    fitted: { ...opened, fitted: { ...learned, ...seen } },
    outOfFold: folds === null || target === null ? null : codedOutOfFold(whole, target, folds, refit),
    problems: [
      ...(isConstant ? [constant(rule, shownConstant(at(words, first)), train.length)] : []),
      ...(unseen.length === 0 ? [] : [notSeen(rule, unseen)]),
    ],
  };
}

/** Those that the training rows have, to be left as they are: rows of all of the column are not copied, unless from a disk. */
function valuesThere(column: NumberColumn, train: Int32Array, room?: Room<Float64Array>): Float64Array {
  return column.between === undefined && column.gaps === 0 && train.length === column.values.length
    ? column.values
    : presentIn(column, train, room);
}

/** The same of words. */
function codesThere(column: TextColumn, train: Int32Array): Int32Array {
  return column.between === undefined && column.gaps === 0 && train.length === column.codes.length
    ? column.codes
    : presentCodesIn(column, train);
}

function failed(problem: DataProblem): FitResult {
  return { fitted: null, outOfFold: null, problems: [problem] };
}

/** What a model has met in no row it hardly predicts, and cannot have learned. */
function notSeen(rule: WordRule, words: readonly string[]): DataProblem {
  const [one, they] = words.length === 1 ? ["is", "it"] : ["are", "them"];
  const message = `${listNames(words, 10)} of column ${quote(rule.name)} ${one} in no training row: nothing can be learned about ${they}.`;
  const notes = ["Split by `stratified(...)`, add rows, or leave it out of `values`."];
  return warning("NW0664", message, { notes, setting: rule.setting, column: rule.name });
}

/** Is a word whether training rows lack one or not, as rows to predict may. */
const NO_WORD: Words = { codes: Int32Array.of(0), words: [""] };

/** What is used at once is what a loaded model has: an encoder that learns what JSON does not hold finds out here. */
function asSaved(params: EncoderParams): EncoderParams {
  return JSON.parse(JSON.stringify(params));
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
  const how =
    rule.role === "target"
      ? "There is nothing to learn: name a column that has values, or split the rows otherwise."
      : "There is nothing to learn from: leave the column out of `features`.";
  return error("NW0638", message, { notes: [how], setting: rule.setting, column: rule.name });
}

function nothingFrequent(rule: WordRule): DataProblem {
  const message = `No word of column ${quote(rule.name)} is in as many training rows as \`min_count\` asks for.`;
  const notes = [
    "There is nothing to tell apart: ask for fewer rows, or leave the column out of `features`.",
  ];
  return error("NW0665", message, { notes, setting: rule.setting, column: rule.name });
}

function lacksPlace({ indicator }: MissingRule, coding: Coding | null): boolean {
  return indicator === true && coding !== null && !takesIndicator(coding);
}

function noPlaceForIndicator({ name, encoder, policy, policySetting, setting }: ColumnRule): DataProblem {
  const message = `\`missing: ${policy.name}(indicator: true)\` adds a number to column ${quote(name)}, of which the encoder ${quote(encoder.name)} makes an index.`;
  const notes = [
    "Use an encoder that makes numbers, such as `one_hot`; or, of words, `missing: own_class`, which is an index of its own.",
  ];
  return error("NW0648", message, { notes, setting: policySetting ?? setting, column: name });
}

function noPlaceInImage({ name, policy, policySetting, setting }: ColumnRule, image: MadeImage): DataProblem {
  const message = `\`missing: ${policy.name}(indicator: true)\` adds a number to each column, and the pixels of ${quote(image.name)} have no place for one.`;
  const notes = [`Give the image a rule of its own, as \`missing: constant(0)\`.`];
  return error("NW0648", message, { notes, setting: policySetting ?? setting, column: name });
}

function seenIn(present: Float64Array, { min, max, mean }: Summary): { readonly seen?: SeenValues } {
  if (!Number.isFinite(mean)) return {};
  // JSON has no -0.
  return { seen: { min: min + 0, max: max + 0, mean: mean + 0, distribution: distributionOf(present) } };
}

function seenWords(coding: WordCoding, column: Words): SeenWords {
  const numbers = new Map(coding.words.map((word, number) => [word, number]));
  const counts = coding.words.map(() => 0);
  let others = 0;
  for (const [code, times] of timesOf(column).entries()) {
    const word = at(column.words, code);
    for (const number of coding.many?.numbersIn(word) ?? [numbers.get(word) ?? -1]) {
      if (number >= 0) counts[number] = at(counts, number) + times;
      else others += times;
    }
  }
  return others === 0 ? { counts } : { counts, others };
}

/** A word as it is written; of a picture what it is. */
function shownConstant(word: string): string {
  const shown = shownWord(word);
  return shown === word ? quote(word) : shown;
}

function constant(rule: ColumnRule, value: string, rows: number): DataProblem {
  const [what, advice] = {
    feature: ["nothing can be learned from it", "Leave it out of `features`, unless later data will vary."],
    target:
      rule.kind === "number"
        ? ["there is nothing to learn and R2 has no meaning", "Check that this is the column to predict."]
        : ["there is nothing to learn", "Check that this is the column to predict."],
    weight: ["all rows count the same", "Leave `weight` out."],
    // Nothing is fitted to it.
    teacher: ["the teacher tells nothing apart", "Leave `teacher` out."],
  }[rule.role];
  const spread = rule.kind === "number" ? ["It is not divided by its spread, which is 0."] : [];
  return warning(
    "NW0636",
    `Column ${quote(rule.name)} is ${value} in ${rows === 1 ? "the one training row" : `all ${grouped(rows)} training rows`}: ${what}.`,
    { notes: [advice ?? "", ...spread], setting: rule.setting, column: rule.name },
  );
}
