// The step `input`: in a model without data the shape of one row, `input(8)` or `input(20, below: 1000)`; in one with
// several inputs which of them a flow begins with, `input(words)`.

import {
  closest,
  count,
  describeValueType,
  listNames,
  ONLY_INPUT,
  quote,
  type Span,
  type ValueType,
} from "@netwright/definitions";
import { replaceBy } from "../../report.ts";
import { checkValue, plainSubject } from "../check-value.ts";
import { spellColumn } from "../column-names.ts";
import { isLiteral, withoutBrackets, writtenText } from "../context.ts";
import type { Given, Value } from "../value.ts";
import { type Cursor, callNotes, lose } from "./cursor.ts";
import type { Expansion, Place } from "./expansion.ts";

export interface InputCall {
  readonly given: readonly Given[];
  readonly at: Span;
}

export function runInput(call: InputCall, cursor: Cursor, place: Place, expansion: Expansion): void {
  const { context } = expansion;
  const word = namedInput(call, expansion);
  if (cursor.started || (!place.top && word === undefined)) {
    const where = word === undefined ? "the model" : "a flow";
    context.report.error("NW0219", call.at, `\`input\` must be the first step of ${where}`, {
      notes: [...callNotes(context, place.calls)],
    });
    return;
  }
  if (word === undefined) stateInput(call, cursor, expansion);
  else takeInput(word, call, cursor, expansion);
}

/** One of several inputs, as it is asked for. */
interface NamedInput {
  readonly name: string;
  readonly span: Span;
  readonly origin?: Value["origin"];
}

/** `input(words)`, `input("Fly Ash")`; of several inputs `input(features)` is that of the numbers. */
function namedInput({ given }: InputCall, { context, inputs }: Expansion): NamedInput | undefined {
  const value = given[0]?.value;
  if (value === undefined) return undefined;
  const { span, origin } = value;
  const named = (name: string): NamedInput => ({ name, span, ...(origin === undefined ? {} : { origin }) });
  if (value.kind === "word") return named(value.name);
  if (value.kind === "string") return named(value.value);
  // How many there are is not known where another mistake is in the way; then it may be one of several.
  const mayBeNamed = given.length === 1 && (inputs === undefined || inputs.length > 1);
  const isFeatures = mayBeNamed && writtenText(context, span) === FEATURES;
  return isFeatures ? named(ONLY_INPUT) : undefined;
}

/** The word for the input of all columns that become plain numbers. */
const FEATURES = "features";

/** How a file names an input. */
export function spelledInput(name: string): string {
  return name === ONLY_INPUT ? FEATURES : spellColumn(name);
}

/** `input(words)` */
function takeInput(
  word: NamedInput,
  { given, at }: InputCall,
  cursor: Cursor,
  { context, inputs }: Expansion,
): void {
  lose(cursor);
  if (given.length > 1)
    context.report.error("NW0305", at, `input takes one name, found ${count(given.length, "argument")}`);
  if (inputs === undefined) return;
  const found = inputs.find(({ name }) => name === word.name);
  if (found === undefined) {
    const known = inputs.map(({ name }) => spelledInput(name));
    const meant = closest(word.name, known);
    const there =
      known.length === 0
        ? "Without `data` a model has one input, which is stated by its sizes: `input(8)`."
        : `Inputs: ${listNames(known)}.`;
    context.report.error("NW0228", word.span, `no input is named ${quote(word.name)}`, {
      notes: meant === undefined ? [there] : [],
      fix: meant === undefined || word.origin !== undefined ? undefined : replaceBy(word.span, meant),
    });
    return;
  }
  const { name, type } = found;
  cursor.values = [{ from: name, type, label: name }];
  cursor.trace = { label: name, type, before: undefined };
}

const inputSize = { kind: "integer", min: 1 } as const;

/** `input(8)`: the shape of one row; `input(20, below: 1000)`: twenty indices. */
function stateInput({ given, at }: InputCall, cursor: Cursor, expansion: Expansion): void {
  const { context, inputs } = expansion;
  const subject = plainSubject(
    "a size of `input`",
    "The shape of one row: `input(8)` for eight features, `input(20, below: 1000)` for twenty indices.",
    context,
  );
  const sizes: number[] = [];
  let below: number | undefined;
  let sound = true;
  for (const { value, name } of given) {
    const isBound = name?.text === "below" && below === undefined;
    if (name !== undefined && !isBound) {
      context.report.error("NW0301", name.span, `input has no parameter \`${name.text}\``, {
        notes: ["`input` takes sizes, and `below` for indices: `input(8)`, `input(20, below: 1000)`."],
      });
    }
    if (value.kind === "list" && given.length === 1 && value.items.length > 0) {
      context.report.error("NW0303", value.span, "`input` takes sizes, found a list", {
        notes: [subject.doc],
        fix: replaceBy(value.span, withoutBrackets(writtenText(context, value.span))),
      });
      sound = false;
      continue;
    }
    const size = checkValue(
      inputSize,
      value,
      isBound ? { ...subject, label: "`below` of `input`" } : subject,
    );
    if (typeof size !== "number") sound = false;
    else if (isBound) below = size;
    else sizes.push(size);
  }
  lose(cursor);
  cursor.trace = undefined;
  if (sizes.length === 0 && sound)
    context.report.error("NW0302", at, "`input` needs its size", { notes: [subject.doc] });
  if (sizes.length === 0 || !sound) return;
  const type: ValueType =
    below === undefined ? { kind: "number", shape: sizes } : { kind: "index", shape: sizes, of: below };
  if (inputs !== undefined && !agrees(type, { given, at }, expansion)) return;
  const name = inputs?.[0]?.name ?? ONLY_INPUT;
  expansion.stated = { name, type };
  cursor.values = [{ from: name, type, label: "input" }];
  cursor.trace = { label: "input", type, before: undefined };
}

/** With data, what `input` states has to be what the data gives, but for the shape of its rows. */
function agrees(type: ValueType, { given, at }: InputCall, { context, inputs = [] }: Expansion): boolean {
  const [data, ...others] = inputs;
  if (data === undefined) return true;
  const width = ({ shape }: ValueType) => shape.reduce((product, size) => product * size, 1);
  const kindOf = (one: ValueType) => (one.kind === "index" ? `index ${one.of}` : "number");
  const features = width(data.type);
  const sameKind = kindOf(data.type) === kindOf(type);
  if (others.length === 0 && sameKind && width(type) === features) return true;
  const names = inputs.map(({ name }) => spelledInput(name));
  const has =
    others.length > 0
      ? `the inputs ${listNames(names)}`
      : sameKind
        ? `${features} features`
        : describeValueType(data.type);
  const [only] = given;
  const single = given.length === 1 && others.length === 0 && sameKind && only !== undefined;
  const fix = single && isLiteral(context, only.value) ? replaceBy(only.span, String(features)) : undefined;
  context.report.error("NW0405", at, `\`input\` states ${describeValueType(type)}, and the data has ${has}`, {
    notes: ["With a `data` section the input follows from the data and `input` can be left out."],
    fix,
  });
  return false;
}
