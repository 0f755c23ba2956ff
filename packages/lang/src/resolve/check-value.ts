// One value against the type of a parameter. Every mismatch says what was found, what is taken and, where it
// is written in place, offers the edit.

import {
  type Argument,
  closest,
  contains,
  describeInterval,
  type Family,
  type Instance,
  isSchedule,
  type ParamType,
  quote,
  rangeOfSchedule,
  watchingSchedule,
} from "@netwright/definitions";
import { type Details, replaceBy } from "../report.ts";
import type { Suggestion } from "../suggest/suggest.ts";
import { type Context, isLiteral, originNotes, writtenText } from "./context.ts";
import { describeType } from "./describe-type.ts";
import { familyOf, unknownName } from "./unknown-name.ts";
import { describeValue, type Value, writtenAt } from "./value.ts";

/** What is being checked, for messages: `units` of dense, "Outputs of the layer." */
export interface Subject {
  readonly label: string;
  readonly doc: string;
  readonly context: Context;
  /** Looks up a definition and checks its own arguments. */
  readonly instantiate: (family: Family, value: NamedValue) => Argument | undefined;
  /** A number as the first argument of the only definition of a family: `early(patience: 10)` for 10. */
  readonly wrapped: (family: Family, number: string) => string | undefined;
  /** The definition of a family that a text in quotes means. */
  readonly meant: (family: Family, text: string) => Suggestion;
}

export type NamedValue = Extract<Value, { kind: "word" | "call" }>;

type Check = {
  readonly [K in ParamType["kind"]]: (
    type: Extract<ParamType, { kind: K }>,
    value: Value,
    subject: Subject,
  ) => Argument | undefined;
};

const check: Check = {
  integer: checkNumber,
  number: checkNumber,
  boolean: (type, value, subject) =>
    value.kind === "boolean" ? value.value : wrongType(type, value, subject),
  string(type, value, subject) {
    if (value.kind !== "string") return wrongType(type, value, subject);
    if (type.values === undefined || type.values.includes(value.value)) return value.value;
    const message = `${subject.label} must be ${describeType(type)}, found ${describeValue(value)}`;
    const meant = TEXTS[value.value.trim().toLowerCase()];
    const mended = meant !== undefined && type.values.includes(meant) ? JSON.stringify(meant) : undefined;
    return fail("NW0304", message, value, subject, mended);
  },
  choice(type, value, subject) {
    if (value.kind === "word" && type.values.includes(value.name)) return value.name;
    if (value.kind === "none" && type.values.includes("none")) return "none";
    const spelt = value.kind === "word" ? value.name : value.kind === "string" ? value.value : undefined;
    if (spelt === undefined) return wrongType(type, value, subject);
    const meant = type.values.includes(spelt) ? spelt : closest(spelt, type.values);
    const message = `${subject.label} must be ${describeType(type)}, found ${describeValue(value)}`;
    return fail("NW0304", message, value, subject, meant);
  },
  instance(type, value, subject) {
    if (value.kind === "word" || value.kind === "call") {
      const made = subject.instantiate(type.family, value);
      const isMisplaced =
        type.within !== undefined && isSchedule(made) && misfits(type.within, made, subject);
      return isMisplaced ? undefined : made;
    }
    // No activation is one here.
    const text = value.kind === "none" && type.family === "activation" ? "linear" : undefined;
    if (text !== undefined) return wrongType(type, value, subject, subject.meant(type.family, text).meant);
    if (value.kind === "number") {
      return wrongType(
        type,
        value,
        subject,
        subject.wrapped(type.family, writtenText(subject.context, value.span)),
        type.family === "activation" ? [GIVES_ALONE] : [],
      );
    }
    if (value.kind !== "string") return wrongType(type, value, subject);
    const { meant, notes } = subject.meant(type.family, value.value);
    return wrongType(type, value, subject, meant, notes);
  },
  column(type, value, subject) {
    return columnIn(value) ?? wrongType(type, value, subject);
  },
  param: (type, value, subject) => value.param ?? wrongType(type, value, subject),
  columns(type, value, subject) {
    if (type.all && value.kind === "word" && value.name === "all") return "all";
    const items = value.kind === "list" ? value.items : [value];
    const names = items.flatMap((item) => columnIn(item) ?? []);
    if (names.length === items.length && names.length > 0) return names;
    return wrongType(type, value, subject);
  },
  list(type, value, subject) {
    if (value.kind !== "list") return wrongType(type, value, subject);
    const items = value.items.map((item) => checkValue(type.of, item, subject));
    return items.every((item) => item !== undefined) ? items : undefined;
  },
  optional: (type, value, subject) => (value.kind === "none" ? null : checkValue(type.of, value, subject)),
  oneOf(type, value, subject) {
    const { context } = subject;
    // A name that nothing has, where a text would do, is one without its quotes.
    const isBare = value.kind === "word" && familyOf(value.name, context) === undefined;
    const text = isBare ? type.of.find(({ kind }) => kind === "string") : undefined;
    const meant = text ?? type.of.find((option) => isOfKind(option, value));
    return meant === undefined ? wrongType(type, value, subject) : checkValue(meant, value, subject);
  },
};

/** `dense(784, 10)`: other libraries have the width of the input first. */
const GIVES_ALONE =
  "A layer states what it gives, as `dense(10)`: the width of its input follows from the layer before.";

type Within = NonNullable<Extract<ParamType, { kind: "instance" }>["within"]>;

/** Reports a schedule whose numbers may leave the range, or that goes by the validation loss, which only rates can. */
function misfits(within: Within, schedule: Instance, { label, doc, context }: Subject): boolean {
  const { schedule: known } = context.catalog.definitions;
  const watching = watchingSchedule({ args: { schedule } }, known);
  if (watching !== null) {
    const message = `${label} cannot be ${quote(watching.name)}, which goes by the validation loss`;
    context.report.error("NW0721", watching.span, message, {
      notes: ["Only a learning rate goes by it. Take another schedule, or a number.", doc],
    });
    return true;
  }
  const range = rangeOfSchedule(schedule, known);
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, below } = within;
  if (contains({ min, max }, range) && (below === undefined || range.max < below)) return false;
  const wanted = describeType({ kind: "number", ...within });
  const message = `${label} must be ${wanted}, and ${quote(schedule.name)} gives ${describeInterval(range)}`;
  context.report.error("NW0304", schedule.span, message, { notes: [doc] });
  return true;
}

/** A name is a column here. */
function columnIn(value: Value): string | undefined {
  if (value.kind === "word") return value.name;
  return value.kind === "string" ? value.value : undefined;
}

/** Whether a value looks like one of that type, right or wrong, also in quotes. */
function isOfKind(type: ParamType, value: Value): boolean {
  const isText = value.kind === "string";
  const isNumber = value.kind === "number" || (isText && Number.isFinite(Number(value.value)));
  switch (type.kind) {
    case "integer":
    case "number":
      return isNumber;
    case "choice":
      return value.kind === "word" || (isText && !isNumber);
    case "instance":
      return value.kind === "word" || value.kind === "call" || (isText && !isNumber);
    default:
      return value.kind === type.kind;
  }
}

const nothing: Suggestion = { meant: undefined, notes: [] };

/** What people call the signs that a text stands for. */
const TEXTS: Readonly<Record<string, string>> = {
  comma: ",",
  semicolon: ";",
  tab: "\t",
  "\\t": "\t",
  pipe: "|",
  bar: "|",
  blank: " ",
  blanks: " ",
  space: " ",
  spaces: " ",
  whitespace: " ",
  "\\s+": " ",
  point: ".",
  dot: ".",
  period: ".",
  apostrophe: "'",
};

/** A subject that is no parameter of a definition and takes no instances. */
export function plainSubject(label: string, doc: string, context: Context): Subject {
  return {
    label,
    doc,
    context,
    instantiate: () => undefined,
    wrapped: () => undefined,
    meant: () => nothing,
  };
}

/** The argument, or undefined after a report (or in silence for a value that is unknown already). */
export function checkValue(type: ParamType, value: Value, subject: Subject): Argument | undefined {
  if (value.kind === "unknown") return undefined;
  // The table is exhaustive and each row takes the type of its key, which TypeScript cannot follow here.
  const row = check[type.kind] as (type: ParamType, value: Value, subject: Subject) => Argument | undefined;
  return row(type, value, subject);
}

type NumberType = Extract<ParamType, { kind: "integer" | "number" }>;

function checkNumber(type: NumberType, value: Value, subject: Subject): number | undefined {
  if (value.kind !== "number") {
    const quoted = value.kind === "string" ? Number(value.value) : Number.NaN;
    return wrongType(type, value, subject, fits(type, quoted) ? String(quoted) : undefined);
  }
  const number = value.value;
  if (fits(type, number)) {
    adviseOnSize(type, number, value, subject);
    return number;
  }
  const whole = type.kind === "integer" && !Number.isInteger(number);
  const near = [Math.abs(number), Math.round(number)].find((candidate) => fits(type, candidate));
  // In the spelling of the file: 1e-3 for -1e-3.
  const positive = writtenText(subject.context, value.span).replace(/^-/, "");
  // 70 where a share is wanted; 9 is more likely a slip than 9%.
  const isShare = type.kind === "number" && (type.max === 1 || type.below === 1);
  const percent = isShare && number >= 10 && fits(type, number / 100);
  const message = `${subject.label} must be ${describeType(type)}, found ${describeValue(value)}`;
  return fail(
    whole ? "NW0303" : "NW0304",
    message,
    value,
    subject,
    percent ? `${number}%` : near === undefined ? undefined : near === -number ? positive : String(near),
  );
}

/** A number that is taken, and far from what anyone wants. */
function adviseOnSize(
  type: NumberType,
  number: number,
  value: Value,
  { label, doc, context }: Subject,
): void {
  if (type.kind !== "number" || type.usual === undefined || number <= type.usual) return;
  context.report.warning(
    "NW0311",
    value.span,
    `${label} is ${number}, and is hardly ever more than ${type.usual}`,
    {
      notes: [...originNotes(context, value), doc],
    },
  );
}

function fits(type: NumberType, number: number): boolean {
  if (Number.isNaN(number) || (type.kind === "integer" && !Number.isSafeInteger(number))) return false;
  if (type.min !== undefined && number < type.min) return false;
  if (type.max !== undefined && number > type.max) return false;
  if (type.kind === "integer") return true;
  return (
    (type.above === undefined || number > type.above) && (type.below === undefined || number < type.below)
  );
}

function wrongType(
  type: ParamType,
  value: Value,
  subject: Subject,
  mended?: string,
  notes: readonly string[] = [],
): undefined {
  // Handed on by a param or a block it may be the name of a layer, wrong here; one that nothing has is a slip there.
  if (value.kind === "word" && type.kind !== "string") {
    const { context } = subject;
    if (value.origin === undefined || familyOf(value.name, context) === undefined) {
      unknownName(value.name, writtenAt(value), value.scope, context);
      return undefined;
    }
  }
  const quoted = type.kind === "string" ? quotedText(value, subject) : undefined;
  const message = `${subject.label} must be ${describeType(type)}, found ${describeValue(value)}`;
  return fail("NW0303", message, value, subject, mended ?? quoted, notes);
}

/** Where a text is wanted: `unknown` and `-999` in quotes. */
function quotedText(value: Value, { context }: Subject): string | undefined {
  if (value.kind === "word") return `"${value.name}"`;
  return value.kind === "number" ? `"${writtenText(context, value.span)}"` : undefined;
}

function fail(
  code: "NW0303" | "NW0304",
  message: string,
  value: Value,
  subject: Subject,
  mended: string | undefined,
  notes: readonly string[] = [],
): undefined {
  const { context, doc } = subject;
  const details: Details = {
    notes: [...originNotes(context, value), ...notes, doc],
    fix: mended === undefined || !isLiteral(context, value) ? undefined : replaceBy(value.span, mended),
  };
  context.report.error(code, value.span, message, details);
  return undefined;
}
