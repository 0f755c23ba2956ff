// What several tests share: tables from text, a plan to vary, and results unwrapped.

import {
  type Args,
  type Chosen,
  type Family,
  type Instance,
  lookUp,
  type Params,
  type Shares,
  type TargetKind,
  withDefaults,
} from "@netwright/definitions";
import {
  allWords,
  type Column,
  type DataPlan,
  type DataProblem,
  dataDefinitions,
  type FittedEncoders,
  type OpenEncoders,
  openEncoders,
  type Prepared,
  prepare,
  readCsv,
  type Table,
} from "../src/index.ts";

export function table(text: string, name = "data.csv"): Table {
  const result = readCsv(text, { name });
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.table;
}

/** One value a row. */
export function valuesOf(column: Column | undefined): readonly (number | string)[] {
  if (column === undefined) throw new Error("there is no such column");
  return column.kind === "text" ? allWords(column) : [...column.values];
}

export function problemsOf<T extends object>(
  result: T | { readonly problems: readonly DataProblem[] },
): readonly DataProblem[] {
  if (!("problems" in result)) throw new Error("there are no problems");
  return result.problems;
}

/** A plan as a test writes it: definitions by their names where they take no arguments. */
export interface Written {
  readonly target?: readonly string[];
  readonly features?: "all" | readonly string[];
  readonly columns?: Readonly<Record<string, typeof column | Chosen>>;
  readonly scale?: string;
  readonly missing?: string;
  readonly split?: Shares & { readonly seed: number; readonly splitter?: Chosen };
  readonly predicts?: TargetKind;
}

/** Without a split everything is in training, so that fitted numbers can be worked out by hand. */
export function planOf({
  columns = {},
  scale = "zscore",
  missing = "error",
  split = { train: 1, validation: 0, test: 0, seed: 0 },
  ...written
}: Written): DataPlan {
  const { splitter = { name: "random", args: {} }, ...shares } = split;
  const types = Object.entries(columns).map(([name, one]) => [name, "args" in one ? one : numbers(one)]);
  return {
    target: ["y"],
    features: "all",
    columns: Object.fromEntries(types),
    scale: { name: scale, args: {} },
    missing: { name: missing, args: {} },
    split: { name: splitter.name, args: { ...shares, ...splitter.args } },
    predicts: "number",
    ...written,
  };
}

/** What was read back, with Netwright's own definitions. */
export function opened(fitted: FittedEncoders): OpenEncoders {
  const result = openEncoders(fitted, dataDefinitions);
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.opened;
}

export function prepared(data: Table, changes: Written = {}): Prepared {
  const result = prepare(data, planOf(changes));
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.prepared;
}

/** A described column of numbers, to vary. */
export const column: {
  readonly unit: string | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly scale: string | null;
  readonly missing: string | null;
  readonly indicator: boolean;
  readonly clamp: boolean;
} = { unit: null, min: null, max: null, scale: null, missing: null, indicator: false, clamp: false };

const span = { file: "test.net", start: 0, end: 0 };

function numbers({ unit, min, max, scale, missing, indicator, clamp }: typeof column): Chosen {
  return {
    name: "number",
    args: {
      unit,
      min,
      max,
      scale: scale === null ? null : { family: "encoder", name: scale, args: {}, span },
      missing: missing === null ? null : { family: "missing", name: missing, args: { indicator }, span },
      clamp,
    },
  };
}

/** A described column of any type, with the defaults of what is left out. */
export function described(type: string, args: Args = {}): Chosen {
  const { params } = lookUp(dataDefinitions.column, type);
  return { name: type, args: withDefaults(params, { ...noInstances(params), ...args }) };
}

/** `none` of instances that may be left out, which `withDefaults` leaves to the language. */
function noInstances(params: Params): Args {
  const optional = Object.entries(params).filter(([, { type }]) => type.kind === "optional");
  return Object.fromEntries(optional.map(([name, param]) => [name, param.default ?? null]));
}

/** A definition as an argument. */
export function named(family: Family, name: string, args: Args = {}): Instance {
  return { family, name, args, span };
}

/** A described column of words. */
export function category(
  settings: {
    readonly values?: readonly string[];
    readonly encoder?: string;
    readonly unknown?: string;
    /** Of the encoder, beside `unknown`. */
    readonly args?: Args;
    readonly missing?: string;
    readonly indicator?: boolean;
  } = {},
): Chosen {
  const {
    values = null,
    encoder = "one_hot",
    unknown = "error",
    args = {},
    missing,
    indicator = false,
  } = settings;
  return {
    name: "category",
    args: {
      values,
      encoder: { family: "encoder", name: encoder, args: { unknown, ...args }, span },
      missing: missing === undefined ? null : { family: "missing", name: missing, args: { indicator }, span },
    },
  };
}
