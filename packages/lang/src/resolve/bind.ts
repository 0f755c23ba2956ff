// Arguments to parameters: `dense(512, relu)` to the complete, checked arguments of `dense`. Also used for
// sections, whose settings are named arguments in another spelling.

import {
  type Args,
  type Argument,
  closest,
  count,
  type Definition,
  type Family,
  familyOf,
  hasError,
  listNames,
  type Param,
  type Params,
  type ParamType,
  quote,
  type Span,
} from "@netwright/definitions";
import { replaceBy } from "../report.ts";
import { suggest } from "../suggest/suggest.ts";
import { checkValue, type NamedValue } from "./check-value.ts";
import { type Context, definitionsOf, originNotes, writtenText } from "./context.ts";
import { familyName } from "./describe-type.ts";
import { evaluate } from "./evaluate.ts";
import { noteOnBelow, reportFamily, reportList } from "./misplaced-argument.ts";
import type { OverrideNode } from "./overrides.ts";
import { emptyScope } from "./scope.ts";
import type { Given, Value } from "./value.ts";

export interface BindOptions {
  /** Overrides below the path of this call. */
  readonly overrides?: OverrideNode | undefined;
  /** Values of parameters that the place of the call implies when they are not given. */
  readonly implied?: Args;
}

export interface Bound {
  readonly args: Args;
  /** What was written for each parameter. */
  readonly given: ReadonlyMap<string, Given>;
}

/** The arguments of a call; undefined when one is wrong, missing or unknown. */
export function bindCall(
  definition: Definition,
  given: readonly Given[],
  at: Span,
  context: Context,
  options: BindOptions = {},
): Bound | undefined {
  const { name, params } = definition;
  const { diagnostics } = context.report;
  const before = diagnostics.length;
  if (reportUnlisted(definition, given, context)) return undefined;
  if (reportList(definition, given, context)) return undefined;
  if (reportFamily(definition, given, context)) return undefined;
  const below = (argument: Given) => noteOnBelow(definition, argument, context);
  const assigned = assignArguments(name, Object.keys(params), given, context, below);
  for (const [key, node] of options.overrides?.children ?? []) {
    if (!Object.hasOwn(params, key))
      unknownOverride(node, `${name} has no parameter`, Object.keys(params), context);
  }
  const wording = { code: "NW0302", what: "needs", unit: "parameter" } as const;
  // An argument that found no parameter was perhaps meant for the one that is missing.
  const quiet = !assigned.complete;
  const args = fillIn({ label: name, params, wording, quiet }, assigned.values, at, context, options);
  const wrong = hasError(diagnostics.slice(before));
  return args === undefined || !assigned.complete || wrong ? undefined : { args, given: assigned.values };
}

/** Whether the items of a list are arguments, one by one, of what takes that list alone: `reshape(28, 28, 1)`. */
function reportUnlisted({ name, params }: Definition, given: readonly Given[], context: Context): boolean {
  const [only, ...others] = Object.values(params);
  const [first, last] = [given.at(0), given.at(-1)];
  if (only?.type.kind !== "list" || others.length > 0 || first === undefined || last === undefined)
    return false;
  if (given.length < 2 || given.some((one) => one.name !== undefined || one.value.kind !== "number"))
    return false;
  const span = { ...first.span, end: last.span.end };
  context.report.error("NW0305", span, `${name} takes one list, found ${given.length} numbers`, {
    notes: [only.doc],
    fix: replaceBy(span, `[${writtenText(context, span)}]`),
  });
  return true;
}

export interface Assigned {
  readonly values: ReadonlyMap<string, Given>;
  /** No argument was left over. */
  readonly complete: boolean;
}

/** Which argument belongs to which parameter: by position first, then by name. */
export function assignArguments(
  label: string,
  parameters: readonly string[],
  given: readonly Given[],
  context: Context,
  /** Where an argument of an unknown name belongs, if that is known. */
  belongs: (argument: Given) => string | undefined = () => undefined,
): Assigned {
  const { report } = context;
  const values = new Map<string, Given>();
  let complete = true;
  let named = false;
  // Written out only when there is something to say.
  const takes = (): string =>
    parameters.length === 0
      ? `${label} takes no arguments.`
      : `Parameters of ${label}: ${listNames(parameters, 20)}.`;
  for (const [i, argument] of given.entries()) {
    named ||= argument.name !== undefined;
    const key = argument.name?.text ?? parameters[i];
    const place = argument.name?.span ?? argument.span;
    if (argument.name === undefined && named) {
      report.error("NW0307", place, "arguments without a name stand before those with one", {
        notes: [takes()],
      });
    } else if (key === undefined) {
      const takesCount =
        parameters.length === 0 ? "no arguments" : `at most ${count(parameters.length, "argument")}`;
      report.error("NW0305", place, `${label} takes ${takesCount}, found ${given.length}`, {
        notes: [takes()],
      });
    } else if (!parameters.includes(key)) {
      const { meant, notes } = suggest("parameter", key, parameters);
      const below = meant === undefined ? belongs(argument) : undefined;
      const fix = meant === undefined ? undefined : replaceBy(place, meant);
      report.error("NW0301", place, `${label} has no parameter ${quote(key)}`, {
        notes: below === undefined ? [...notes, takes()] : [below],
        fix,
      });
    } else if (values.has(key)) {
      const first = values.get(key)?.name === undefined ? ", first by its position" : "";
      report.error("NW0306", place, `${quote(key)} of ${label} is given twice${first}`, { notes: [takes()] });
    } else {
      values.set(key, argument);
      continue;
    }
    complete = false;
  }
  return { values, complete };
}

export interface Target {
  readonly label: string;
  readonly params: Params;
  readonly wording: {
    readonly code: "NW0302" | "NW0220";
    readonly what: "needs";
    readonly unit: "parameter" | "setting";
  };
  /** Nothing is said about what is missing. */
  readonly quiet?: boolean;
}

/** Every parameter with its checked value or its default; undefined when one of them has none. */
export function fillIn(
  target: Target,
  given: ReadonlyMap<string, Given>,
  at: Span,
  context: Context,
  { overrides, implied = {} }: BindOptions = {},
): Args | undefined {
  const args: Record<string, Argument> = {};
  const missing: string[] = [];
  let complete = true;
  for (const [key, param] of Object.entries(target.params)) {
    const override = overrides?.children.get(key);
    const value = overridden(override, context) ?? given.get(key)?.value;
    let argument: Argument | undefined;
    if (value !== undefined) {
      const label = `\`${key}\` of ${target.label}`;
      argument = checkParam(param, value, label, override, context);
    } else if (implied[key] !== undefined) argument = implied[key];
    else if (param.default !== undefined)
      argument = defaultOf(param.type, param.default, at, override, context);
    else missing.push(key);
    if (argument === undefined) complete = false;
    else args[key] = argument;
  }
  if (missing.length > 0 && target.quiet !== true) reportMissing(target, missing, at, context);
  return complete ? args : undefined;
}

function overridden(override: OverrideNode | undefined, context: Context): Value | undefined {
  return override?.value === undefined ? undefined : evaluate(override.value, emptyScope, context);
}

function checkParam(
  param: Param,
  given: Value,
  label: string,
  overrides: OverrideNode | undefined,
  context: Context,
): Argument | undefined {
  const value = namedNone(param.type, given, context);
  if (familyOf(param.type) === undefined || value.kind === "none" || value.kind === "number")
    reportDeeper(overrides, "has no settings of its own", context);
  return checkValue(param.type, value, {
    label,
    doc: param.doc,
    context,
    instantiate: (family, named) => instantiate(family, named, context, overrides),
    wrapped(family, number) {
      const [only, more] = definitionsOf(context, family).values();
      const [first] = Object.keys(only?.params ?? {});
      return only === undefined || more !== undefined || first === undefined
        ? undefined
        : `${only.name}(${first}: ${number})`;
    },
    meant: (family, name) => {
      const names = [...definitionsOf(context, family).keys()];
      return names.includes(name) ? { meant: name, notes: [] } : suggest(family, name, names);
    },
  });
}

/** `none` is the encoder of that name where an encoder is expected; elsewhere it says that there is nothing. */
function namedNone(type: ParamType, value: Value, context: Context): Value {
  if (type.kind === "optional") return namedNone(type.of, value, context);
  if (value.kind !== "none" || type.kind !== "instance") return value;
  return definitionsOf(context, type.family).has("none")
    ? { ...value, kind: "word", name: "none", scope: emptyScope }
    : value;
}

/** A name or call that stands for a definition of a family. */
function instantiate(
  family: Family,
  value: NamedValue,
  context: Context,
  overrides: OverrideNode | undefined,
): Argument | undefined {
  const definitions = definitionsOf(context, family);
  const { text, span } = value.kind === "word" ? { text: value.name, span: value.span } : value.name;
  const definition = definitions.get(text);
  if (definition === undefined) {
    const { meant, notes } = suggest(family, text, [...definitions.keys(), ...value.scope.names()]);
    const isNothing = meant === undefined && NOTHING.test(text);
    context.report.error(
      "NW0206",
      value.origin === undefined ? span : value.span,
      `unknown ${familyName(family)} ${quote(text)}`,
      {
        notes: [
          ...originNotes(context, value),
          ...notes,
          ...(isNothing ? ["Nothing is written as `none`, where it may be left out."] : []),
          `Known: ${listNames(definitions.keys(), 20)}.`,
        ],
        fix: meant === undefined || value.origin !== undefined ? undefined : replaceBy(span, meant),
      },
    );
    // Its arguments are read as those of what was probably meant.
    const probable = meant === undefined ? undefined : definitions.get(meant);
    if (probable !== undefined && value.kind === "call")
      bindCall(probable, value.arguments, value.span, context);
    return undefined;
  }
  const given = value.kind === "call" ? value.arguments : [];
  const bound = bindCall(definition, given, value.span, context, { overrides });
  if (bound === undefined) return undefined;
  const conflict =
    family === "schedule" ? context.catalog.definitions.schedule.get(text)?.conflict(bound.args) : null;
  if (conflict !== undefined && conflict !== null) {
    const { parameter, problem } = conflict;
    const at = bound.given.get(parameter)?.span ?? value.span;
    context.report.error("NW0304", at, `\`${parameter}\` of ${text} ${problem}`);
    return undefined;
  }
  return { family, name: text, args: bound.args, span: value.span };
}

/** What other languages have for `none`. */
const NOTHING = /^(none|null|nil|undefined)$/i;

/** A default as an argument. The default of an instance is a name; a name that is unknown is a bug of the catalog. */
function defaultOf(
  type: ParamType,
  fallback: NonNullable<Param["default"]> | null,
  at: Span,
  overrides: OverrideNode | undefined,
  context: Context,
): Argument | undefined {
  if (type.kind === "optional" && fallback !== null)
    return defaultOf(type.of, fallback, at, overrides, context);
  if (type.kind !== "instance" || typeof fallback !== "string") {
    reportDeeper(
      overrides,
      fallback === null ? "is `none` and has no settings" : "has no settings of its own",
      context,
    );
    return fallback;
  }
  const definition = definitionsOf(context, type.family).get(fallback);
  if (definition === undefined)
    throw new Error(`the default ${fallback} is no ${type.family} of the catalog`);
  const bound = bindCall(definition, [], at, context, { overrides });
  return bound === undefined
    ? undefined
    : { family: type.family, name: fallback, args: bound.args, span: at };
}

function reportMissing(
  { label, params, wording }: Target,
  missing: readonly string[],
  at: Span,
  context: Context,
): void {
  const notes = missing.map((key) => `\`${key}\`: ${params[key]?.doc ?? ""}`);
  context.report.error(wording.code, at, `${label} ${wording.what} ${listNames(missing)}`, { notes });
}

function reportDeeper(node: OverrideNode | undefined, why: string, context: Context): void {
  const deeper = node?.children.values().next().value;
  if (node !== undefined && deeper !== undefined) {
    context.report.error(
      "NW0502",
      deeper.span,
      `\`${node.path}\` ${why}, so \`${deeper.path}\` cannot be set`,
    );
  }
}

/** An override of something that does not exist. */
export function unknownOverride(
  node: OverrideNode,
  why: string,
  known: readonly string[],
  context: Context,
): void {
  const dot = node.path.lastIndexOf(".") + 1;
  const name = node.path.slice(dot);
  const meant = closest(name, known);
  const { span } = node;
  const start = span.start + dot;
  const fix =
    meant === undefined
      ? undefined
      : replaceBy(
          { ...span, start, end: start + name.length },
          meant,
          `did you mean \`${node.path.slice(0, dot)}${meant}\`?`,
        );
  const notes =
    known.length === 0 ? [] : [`Known: ${listNames(known.map((key) => node.path.slice(0, dot) + key))}.`];
  context.report.error("NW0502", span, `${why} ${quote(name)}`, { notes, fix });
}
