// Fitted encoders in use: what is saved holds names, and here are the definitions of those names in a catalog.

import { lookUp, markedType } from "@netwright/definitions";
import type { DataDefinitions } from "../definitions.ts";
import { fillsIn, type MissingPolicy } from "../missing/policy.ts";
import type {
  Coding,
  Encoder,
  NumberCoding,
  NumberEncoder,
  WordCoding,
  WordEncoder,
} from "../preprocess/encoder.ts";
import type { DataProblem } from "../problem/problem.ts";
import type { OpenReading } from "../reading/cell-reading.ts";
import { openReading } from "../reading/open-reading.ts";
import { damagedColumn } from "./damage.ts";
import type {
  FittedColumn,
  FittedEncoders,
  FittedNumbers,
  FittedWords,
  ValueRange,
} from "./fitted-encoders.ts";
import { fitsWords } from "./read-column.ts";

interface AnyOpen {
  /** What is done about its missing values. */
  readonly policy: MissingPolicy;
}

export interface OpenNumbers extends AnyOpen {
  readonly kind: "number";
  readonly fitted: FittedNumbers;
  readonly encoder: NumberEncoder;
  readonly coding: NumberCoding;
  /** Null where its cells are numbers. */
  readonly reading: OpenReading | null;
}

export interface OpenWords extends AnyOpen {
  readonly kind: "words";
  readonly fitted: FittedWords;
  readonly encoder: WordEncoder;
  readonly coding: WordCoding;
}

export type OpenColumn = OpenNumbers | OpenWords;

export interface OpenEncoders {
  /** As they are saved. */
  readonly fitted: FittedEncoders;
  /** In the order of the network's inputs. */
  readonly features: readonly OpenColumn[];
  /** In the order of the network's outputs. */
  readonly target: readonly OpenColumn[];
}

export type OpenResult = { readonly opened: OpenEncoders } | { readonly problems: readonly DataProblem[] };

/** `definitions` have every name. Problems: NW0660 for what an encoder or a rule for missing values has not learned. */
export function openEncoders(fitted: FittedEncoders, definitions: DataDefinitions): OpenResult {
  const problems: DataProblem[] = [];
  const open = (columns: readonly FittedColumn[]) =>
    columns.flatMap((column): OpenColumn[] => {
      const policy = lookUp(definitions.missing, column.missing.policy);
      const opened = openColumn(column, lookUp(definitions.encoder, column.encoder), policy, definitions);
      if (opened !== null) return [opened];
      problems.push(damagedColumn(column));
      return [];
    });
  const target = open(fitted.target);
  problems.push(
    ...target.filter((column) => !isTarget(column)).map((column) => damagedColumn(column.fitted)),
  );
  const opened = { fitted, features: open(fitted.features), target };
  return problems.length > 0 ? { problems } : { opened };
}

/** Whether what a network gives for the column can be turned back. */
export function isTarget(column: OpenColumn): boolean {
  return column.kind === "words" || column.coding.scaling !== null;
}

/** `null` where encoder or rule are for another kind of column, or what is saved is not what they learn. */
export function openColumn(
  fitted: FittedColumn,
  encoder: Encoder,
  policy: MissingPolicy,
  definitions: DataDefinitions,
): OpenColumn | null {
  const { fill, indicator } = fitted.missing;
  if (!policy.takes.includes(fitted.kind) || (fill !== null) !== fillsIn(policy, fitted.kind)) return null;
  const opened = withCoding(fitted, encoder, policy, definitions);
  return opened !== null && indicator === true && !takesIndicator(opened.coding) ? null : opened;
}

/** Whether there is a place for one more number beside what the column becomes. */
export function takesIndicator({ output }: Coding): boolean {
  return markedType(output) !== output;
}

/** The same, of which what is turned back lies within the range; `null` where nothing is turned back. */
function heldWithin(coding: NumberCoding, { min, max }: ValueRange): NumberCoding | null {
  const { scaling } = coding;
  if (scaling === null) return null;
  const { apply, invert, steps } = scaling;
  const ends = [
    { kind: "at_least", by: min },
    { kind: "at_most", by: max },
  ] as const;
  return {
    ...coding,
    scaling: {
      apply,
      invert: (z) => Math.min(Math.max(invert(z), min), max),
      unheld: invert,
      steps: steps === null ? null : { ...steps, invert: [...steps.invert, ...ends] },
    },
  };
}

function withCoding(
  fitted: FittedColumn,
  encoder: Encoder,
  policy: MissingPolicy,
  definitions: DataDefinitions,
): OpenColumn | null {
  if (fitted.kind === "number" && encoder.takes === "number") {
    const coding = encoder.open(fitted.params, definitions.encoder);
    const reading = fitted.reading === undefined ? null : openReading(fitted.reading, definitions.column);
    const isRead = reading !== null || fitted.reading === undefined;
    if (coding === null || !isRead) return null;
    const { range } = fitted;
    const held = range === undefined ? coding : heldWithin(coding, range);
    return held === null ? null : { kind: "number", fitted, encoder, coding: held, policy, reading };
  }
  if (fitted.kind === "words" && encoder.takes === "words") {
    const coding = encoder.open(fitted.params, definitions.encoder);
    const { seen, threshold } = fitted;
    const { fill } = fitted.missing;
    const made = [...(policy.asWord ? [""] : []), ...(fill === null ? [] : [fill])];
    const fits =
      coding !== null &&
      fitsWords(seen, coding.words) &&
      made.every(coding.knows) &&
      (threshold === undefined || coding.words.length === 2);
    return fits ? { kind: "words", fitted, encoder, coding, policy } : null;
  }
  return null;
}
