// What every part of the resolver needs: the definitions, where to report, and the texts for places in notes.

import { type Catalog, type Definition, type Family, type Span, shorten } from "@netwright/definitions";
import type { Report } from "../report.ts";
import { positionAt, type Sources } from "../source/source-text.ts";
import { isOverride } from "./overrides.ts";
import { type Origin, spellValue, type Value } from "./value.ts";

export interface Context {
  readonly catalog: Catalog;
  readonly report: Report;
  readonly sources: Sources;
}

export function definitionsOf({ catalog }: Context, family: Family): ReadonlyMap<string, Definition> {
  return family === "layer" ? catalog.layer : catalog.definitions[family];
}

/** `concrete.net:24:9`, for notes. */
export function placeText(context: Context, span: Span): string {
  const source = context.sources.get(span.file);
  if (source === undefined) return span.file;
  const { line, column } = positionAt(source, span.start);
  return `${span.file}:${line}:${column}`;
}

const LONGEST_ORIGIN = 4;

/** How a value came about, also of those it was computed from: "`width` is -3, set by `--set width`". */
export function originNotes(context: Context, value: Value): string[] {
  const parts = (value.derived ?? []).flatMap((part) => originNotes(context, part));
  return [...ownOrigin(context, value), ...parts].slice(0, LONGEST_ORIGIN);
}

function ownOrigin(context: Context, value: Value): string[] {
  const notes: string[] = [];
  let origin: Origin | undefined = value.origin;
  for (let i = 0; origin !== undefined && i < LONGEST_ORIGIN; i++) {
    const { name, span } = origin;
    const from = isOverride(span) ? `set by \`${span.file}\`` : `at ${placeText(context, span)}`;
    notes.push(
      i === 0
        ? `\`${name}\` is ${shorten(spellValue(value))} here, ${from}.`
        : `It comes from \`${name}\`, ${from}.`,
    );
    origin = origin.before;
  }
  return notes;
}

/** The value is written out at its place, so an edit there changes nothing else. */
export function isLiteral(context: Context, value: Value): boolean {
  const { span, origin } = value;
  if (origin !== undefined) return false;
  const text = writtenText(context, span);
  return text === spellValue(value) || (value.kind === "number" && /^-?[\d._]+(e[+-]?\d+)?%?$/i.test(text));
}

/** What stands in a list, as it is written, without a comma behind the last. */
export function withoutBrackets(list: string): string {
  const inside = list.slice(1, -1).trim();
  return inside.endsWith(",") ? inside.slice(0, -1) : inside;
}

export function writtenText({ sources }: Context, { file, start, end }: Span): string {
  return sources.get(file)?.text.slice(start, end) ?? "";
}
