// What the data gives a network: its inputs and the number of classes. It follows from what the file states, and only
// where that is not enough from the table, whose encoders have to be fitted for it.

import {
  type Catalog,
  columnKindOf,
  type Instance,
  inputsOfColumns,
  markedType,
  numbersOf,
  type TargetKind,
  type ValueType,
  windowedType,
  withDefaults,
} from "@netwright/definitions";
import type { ModelInput, TrainSettings, WindowSettings } from "../model/model.ts";

export interface DataSchema {
  readonly inputs: readonly ModelInput[];
  /** How many classes the target has; null where numbers are predicted. */
  readonly classes: number | null;
}

/** The same, as far as it is known. */
export interface KnownSchema {
  readonly inputs: readonly ModelInput[] | undefined;
  readonly classes: number | null | undefined;
}

/** The columns of a `data` section, as far as it says what they are. */
export interface StatedColumns {
  /** Undefined when the names of the columns are not known. */
  readonly features: readonly string[] | undefined;
  readonly target: readonly string[];
  /** The types of those that are described. */
  readonly types: Readonly<Record<string, Instance>>;
  /** The encoder of columns of numbers that have none of their own. */
  readonly scale: Instance | undefined;
  /** The same of columns of words. */
  readonly categories: Instance | undefined;
  /** The rule for missing values of columns that have none of their own. */
  readonly missing: Instance | undefined;
  /** Null where each row is for itself. */
  readonly window: WindowSettings | null;
}

/** What the table has to tell is undefined. */
export function statedSchema(columns: StatedColumns, predicts: TargetKind, catalog: Catalog): KnownSchema {
  const encoded = columns.features?.map((name) => ({ name, type: encodedType(name, columns, catalog) }));
  const known = encoded?.flatMap(({ name, type }) => (type === null ? [] : [{ name, type }])) ?? [];
  return {
    inputs:
      encoded === undefined || known.length < encoded.length ? undefined : inputsIn(known, columns.window),
    classes: columnKindOf(predicts) === "words" ? statedClasses(columns, catalog) : null,
  };
}

function inputsIn(encoded: readonly ModelInput[], window: WindowSettings | null): readonly ModelInput[] {
  return inputsOfColumns(encoded).map(({ name, type }) => ({
    name,
    type: window === null ? type : windowedType(type, window.length),
  }));
}

function encodedType(name: string, columns: StatedColumns, { definitions }: Catalog): ValueType | null {
  const described = ownType(name, columns);
  const type = described === undefined ? undefined : definitions.column.get(described.name);
  const args = described?.args ?? {};
  const made = type?.madeOf?.(args) ?? null;
  if (made !== null) return numbersOf(made.shape);
  const chosen =
    type?.encoder(args, columns.scale ?? null) ??
    (type?.takes === "words" ? columns.categories : columns.scale);
  const encoder = chosen === undefined ? undefined : definitions.encoder.get(chosen.name);
  if (encoder === undefined || chosen === undefined) return type?.takes === "words" ? null : numbersOf([1]);
  const missing = type?.missing(args) ?? columns.missing;
  const policy = missing === undefined ? undefined : definitions.missing.get(missing.name);
  // What is for another kind of column, the section does not mean for this one.
  const fits = policy?.takes.includes(encoder.takes) === true;
  const asWord = fits && policy.asWord;
  const stated = type?.words(args) ?? null;
  const words = stated === null || !asWord ? stated : [...stated, ""];
  const encoded = encoder.output(words, withDefaults(encoder.params, chosen.args));
  if (encoded === null || missing === undefined || !fits) return encoded;
  return policy.marks(withDefaults(policy.params, missing.args)) ? markedType(encoded) : encoded;
}

function statedClasses(columns: StatedColumns, { definitions }: Catalog): number | undefined {
  const [name = ""] = columns.target;
  const described = ownType(name, columns);
  if (described === undefined) return undefined;
  return definitions.column.get(described.name)?.words(described.args)?.length;
}

/** A column may be called `constructor`. */
function ownType(name: string, { types }: StatedColumns): Instance | undefined {
  return Object.hasOwn(types, name) ? types[name] : undefined;
}

/** What the loss is for; numbers where nothing is trained. */
export function predictedKind(
  train: Pick<TrainSettings, "loss"> | null,
  { definitions }: Catalog,
): TargetKind {
  const loss = train === null ? undefined : definitions.loss.get(train.loss.name);
  return loss?.target ?? "number";
}
