// Typed parameters of layers, losses, optimizers and settings. One object drives checking,
// defaults, completion, hover and documentation, and gives the TypeScript type of the argument.

import type { Args, Argument, Family, Instance } from "./argument.ts";

export type ParamType =
  | { readonly kind: "integer"; readonly min?: number; readonly max?: number }
  | {
      readonly kind: "number";
      readonly min?: number;
      readonly max?: number;
      /** The bound itself is not allowed. */
      readonly above?: number;
      readonly below?: number;
      /** More is allowed, and hardly ever meant. */
      readonly usual?: number;
    }
  | { readonly kind: "boolean" }
  | { readonly kind: "string"; readonly values?: readonly string[] }
  | { readonly kind: "choice"; readonly values: readonly string[] }
  /** Of a schedule, `within` is where its numbers have to lie, whatever the training does. */
  | {
      readonly kind: "instance";
      readonly family: Family;
      readonly within?: Within;
      /** Whether it may be a number for each member of an ensemble, as `by_member` gives. */
      readonly byMember?: true;
    }
  /** The name of a column of the table. */
  | { readonly kind: "column" }
  /** The name of a param of the file. */
  | { readonly kind: "param" }
  /** Names of columns, one or a list; where `all` is taken it is the word. */
  | { readonly kind: "columns"; readonly all: boolean }
  | { readonly kind: "list"; readonly of: ParamType }
  /** `of`, or the word `none`, which is `null` as an argument. */
  | { readonly kind: "optional"; readonly of: ParamType }
  /** One of several types, which the kind of the value tells apart: a number or a schedule. */
  | { readonly kind: "oneOf"; readonly of: readonly ParamType[] };

export interface Within {
  readonly min?: number;
  readonly max?: number;
  /** The bound itself is not allowed. */
  readonly below?: number;
}

/**
 * One parameter. Without `default` it must be given. The default of an `instance` is a name of its family.
 * `T` is the type of the checked argument and exists for the compiler alone.
 */
export interface Param<T extends Argument = Argument> {
  readonly type: ParamType;
  readonly doc: string;
  readonly default?: number | boolean | string | null;
  readonly argument?: T;
}

/** The argument record that belongs to a record of parameters. */
export type ArgsOf<P extends Params> = { readonly [K in keyof P]: P[K] extends Param<infer T> ? T : never };
export type Params = Readonly<Record<string, Param>>;

interface Range {
  readonly min?: number;
  readonly max?: number;
}
interface OpenRange extends Range {
  readonly above?: number;
  readonly below?: number;
  readonly usual?: number;
}
interface Common<D> {
  readonly doc: string;
  readonly default?: D;
}

export function integer(spec: Common<number> & Range): Param<number> {
  return split(spec, "integer");
}
export function real(spec: Common<number> & OpenRange): Param<number> {
  return split(spec, "number");
}
export function flag(spec: Common<boolean>): Param<boolean> {
  return { ...spec, type: { kind: "boolean" } };
}
export function text(spec: Common<string>): Param<string> {
  return { ...spec, type: { kind: "string" } };
}
/** One of a few texts, in quotes, as they are no words of the language. */
export function textChoice<const V extends string>(
  spec: Common<V> & { readonly values: readonly V[] },
): Param<V> {
  const { values, ...rest } = spec;
  return { ...rest, type: { kind: "string", values } };
}
export function choice<const V extends string>(
  spec: Common<V> & { readonly values: readonly V[] },
): Param<V> {
  const { values, ...rest } = spec;
  return { ...rest, type: { kind: "choice", values } };
}
export function instance(spec: Common<string> & { readonly family: Family }): Param<Instance> {
  const { family, ...rest } = spec;
  return { ...rest, type: { kind: "instance", family } };
}
/** A column of the table, by its name. */
export function columnName(spec: Common<never>): Param<string> {
  return { ...spec, type: { kind: "column" } };
}
/** The name of a param of the file. */
export function paramName(spec: Common<never>): Param<string> {
  return { ...spec, type: { kind: "param" } };
}
/** A column, or a list of columns. */
export function columnNames(spec: Common<never>): Param<readonly string[]> {
  return { ...spec, type: { kind: "columns", all: false } };
}
/** As `columnNames`, or the word `all`, which is the default. */
export function columnsOrAll(spec: Common<never>): Param<"all" | readonly string[]> {
  return { ...spec, default: "all", type: { kind: "columns", all: true } };
}
export function list<T extends Argument>(of: Param<T>, spec: Common<never>): Param<readonly T[]> {
  return { ...spec, type: { kind: "list", of: of.type } };
}
/** `of` or `none`; the default is `none`. */
export function optional<T extends Argument>(of: Param<T>): Param<T | null> {
  return { doc: of.doc, default: of.default ?? null, type: { kind: "optional", of: of.type } };
}
/** What any of `of` takes. */
export function oneOf<T extends Argument>(
  of: readonly Param<T>[],
  spec: Common<T & (number | boolean)>,
): Param<T> {
  return { ...spec, type: { kind: "oneOf", of: of.map(({ type }) => type) } };
}

/** A number, or a schedule whose numbers lie in the same range. One that goes by the validation loss is refused. */
export function scheduled(
  spec: Common<number> & Within & { readonly byMember?: true },
): Param<number | Instance> {
  const { doc, default: fallback, byMember, ...within } = spec;
  const each = byMember === undefined ? {} : { byMember };
  const schedule: Param<Instance> = { doc, type: { kind: "instance", family: "schedule", within, ...each } };
  const options: readonly Param<number | Instance>[] = [real({ doc, ...within }), schedule];
  return oneOf(options, fallback === undefined ? { doc } : { doc, default: fallback });
}

/** Arguments as a program writes them, with the defaults of those that it leaves out; instances have no default here. */
export function withDefaults(params: Params, args: Args): Args {
  const defaults = Object.entries(params).flatMap(([name, { type, default: fallback }]) =>
    fallback === undefined || familyOf(type) !== undefined ? [] : [[name, fallback] as const],
  );
  return { ...Object.fromEntries(defaults), ...args };
}

/** The columns that arguments name, each once; `all` names none. */
export function columnsIn(params: Params, args: Args): readonly string[] {
  const named = Object.entries(params).flatMap(([key, { type }]): readonly Argument[] => {
    if (!takesColumns(type)) return [];
    const argument = args[key] ?? [];
    return isList(argument) ? argument : argument === "all" && takesAll(type) ? [] : [argument];
  });
  return [...new Set(named.filter((name) => typeof name === "string"))];
}

/** Whether a name is a column where a value of that type is expected. */
export function takesColumns(type: ParamType): boolean {
  if (type.kind === "optional") return takesColumns(type.of);
  return type.kind === "column" || type.kind === "columns";
}

/** Whether that type of columns takes the word `all`. */
export function takesAll(type: ParamType): boolean {
  if (type.kind === "optional") return takesAll(type.of);
  return type.kind === "columns" && type.all;
}

function isList(argument: Argument): argument is readonly Argument[] {
  return Array.isArray(argument);
}

/** Whether a value of that type may be another one for each member of an ensemble. */
export function takesByMember(type: ParamType): boolean {
  return type.kind === "oneOf"
    ? type.of.some(takesByMember)
    : type.kind === "instance" && type.byMember === true;
}

/** The family whose names a value of that type may have. */
export function familyOf(type: ParamType): Family | undefined {
  switch (type.kind) {
    case "instance":
      return type.family;
    case "optional":
      return familyOf(type.of);
    case "oneOf":
      return type.of.map(familyOf).find((family) => family !== undefined);
    default:
      return undefined;
  }
}

function split(spec: Common<number> & OpenRange, kind: "integer" | "number"): Param<number> {
  const { doc, default: fallback, ...range } = spec;
  return { type: { kind, ...range }, doc, ...(fallback === undefined ? {} : { default: fallback }) };
}
