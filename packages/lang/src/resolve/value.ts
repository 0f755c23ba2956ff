// What an expression stands for once params are known, before it is checked against the type of a parameter.
// Each value knows where it is used and, when a name led to it, where it comes from.

import { quote, type Span } from "@netwright/definitions";
import type { Name, RecordExpression } from "../syntax/tree.ts";

/** Where names are looked up. */
export interface Scope {
  /** The value of a name, placed at its use; undefined when nothing has this name. */
  lookup(name: string, use: Span): Value | undefined;
  /** For suggestions. */
  names(): readonly string[];
}

interface Common {
  /** Where the value is used. */
  readonly span: Span;
  /** The name it was reached by; absent when it is written at its place. */
  readonly origin?: Origin;
  /** The param of the file that it is the value of, whatever names it was handed on by. */
  readonly param?: string;
  /** The operands of arithmetic that were reached by names. */
  readonly derived?: readonly Value[];
}

/** `width` with its value at `span`, and where that value came from in turn. */
export interface Origin {
  readonly name: string;
  readonly span: Span;
  readonly before?: Origin;
}

/** An argument as it was given, evaluated in the scope of the call. */
export interface Given {
  readonly name: Name | undefined;
  readonly value: Value;
  readonly span: Span;
}

export type Value =
  | (Common & { readonly kind: "number"; readonly value: number; readonly whole: boolean })
  | (Common & { readonly kind: "string"; readonly value: string })
  | (Common & { readonly kind: "boolean"; readonly value: boolean })
  | (Common & { readonly kind: "none" })
  /** A name that is no param: `relu`, or a misspelt param. `scope` is where it was looked for. */
  | (Common & { readonly kind: "word"; readonly name: string; readonly scope: Scope })
  | (Common & {
      readonly kind: "call";
      readonly name: Name;
      readonly arguments: readonly Given[];
      readonly scope: Scope;
    })
  | (Common & { readonly kind: "list"; readonly items: readonly Value[] })
  | (Common & { readonly kind: "range"; readonly from: number; readonly to: number; readonly whole: boolean })
  | (Common & { readonly kind: "record"; readonly record: RecordExpression })
  /** Wrong, and reported already; or not known here, as in a branch that is not taken. */
  | (Common & { readonly kind: "unknown" });

/** For messages: `-3`, the string `"8"`, the name `rellu`. */
export function describeValue(value: Value): string {
  switch (value.kind) {
    case "string":
      return `the string ${quote(`"${value.value}"`)}`;
    case "word":
      return `the name ${quote(value.name)}`;
    case "list":
      return "a list";
    case "record":
      return "a record in braces";
    default:
      return spellValue(value);
  }
}

/** As it would be written in a file. */
export function spellValue(value: Value): string {
  switch (value.kind) {
    case "number":
      return String(value.value);
    case "string":
      return JSON.stringify(value.value);
    case "boolean":
      return String(value.value);
    case "none":
      return "none";
    case "word":
      return value.name;
    case "call":
      return `${value.name.text}(${value.arguments
        .map(({ name, value: inner }) => (name === undefined ? "" : `${name.text}: `) + spellValue(inner))
        .join(", ")})`;
    case "list":
      return `[${value.items.map(spellValue).join(", ")}]`;
    case "range":
      return `${value.from}..${value.to}`;
    case "record":
      return "{ ... }";
    case "unknown":
      return "an unknown value";
  }
}

/** Of one kind and equal; for numbers, words, strings and the like the obvious thing. */
export function equalValues(a: Value, b: Value): boolean {
  return a.kind === b.kind && a.kind !== "record" && spellValue(a) === spellValue(b);
}

/** The place in the text where the value itself is written. */
export function writtenAt({ span, origin }: Value): Span {
  let place = span;
  for (let link = origin; link !== undefined; link = link.before) place = link.span;
  return place;
}
