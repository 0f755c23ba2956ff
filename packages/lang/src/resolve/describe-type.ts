// A parameter type in words, for messages and notes: "a whole number of at least 1".

import { type Family, listNames, type ParamType } from "@netwright/definitions";

type Describe = { readonly [K in ParamType["kind"]]: (type: Extract<ParamType, { kind: K }>) => string };

const describe: Describe = {
  integer: ({ min, max }) => `a whole number${range({ min, max })}`,
  number: (type) => `a number${range(type)}`,
  boolean: () => "`true` or `false`",
  string: ({ values }) =>
    values === undefined
      ? "a string in double quotes"
      : listNames(
          values.map((value) => JSON.stringify(value)),
          values.length,
          "or",
        ),
  choice: ({ values }) => listNames(values, values.length, "or"),
  instance: ({ family }) => `${article(family)} ${familyName(family)}`,
  param: () => "a param of the file",
  column: () => "a column",
  columns: ({ all }) => (all ? "a column, a list of columns, or `all`" : "a column or a list of columns"),
  list: ({ of }) => `a list, each item ${describeType(of)}`,
  // `none` is one of the encoders, so it is no way to have none.
  optional: ({ of }) => (isEncoder(of) ? describeType(of) : `${describeType(of)}, or \`none\``),
  oneOf: ({ of }) => of.map(describeType).join(", or "),
};

function isEncoder(type: ParamType): boolean {
  return type.kind === "instance" && type.family === "encoder";
}

export function describeType(type: ParamType): string {
  // The table is exhaustive and each row takes the type of its key, which TypeScript cannot follow here.
  return (describe[type.kind] as (type: ParamType) => string)(type);
}

interface Bounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly above?: number | undefined;
  readonly below?: number | undefined;
}

function range({ min, max, above, below }: Bounds): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  const bounds = [
    ...(min === undefined ? [] : [`of at least ${min}`]),
    ...(above === undefined ? [] : [`greater than ${above}`]),
    ...(max === undefined ? [] : [`of at most ${max}`]),
    ...(below === undefined ? [] : [`less than ${below}`]),
  ];
  return bounds.length === 0 ? "" : ` ${bounds.join(" and ")}`;
}

const familyNames: Readonly<Record<Family, string>> = {
  layer: "layer",
  activation: "activation",
  initializer: "initializer",
  regularizer: "regularizer",
  constraint: "constraint",
  loss: "loss",
  optimizer: "optimizer",
  schedule: "schedule",
  stop: "stopping rule",
  checkpoint: "rule for checkpoints",
  threshold: "rule for a threshold",
  encoder: "encoder",
  missing: "rule for missing values",
  column: "type of column",
  splitter: "splitter",
  source: "source of rows",
};

export function familyName(family: Family): string {
  return familyNames[family];
}

export function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? "an" : "a";
}
