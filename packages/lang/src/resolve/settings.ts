// The settings of a section or record: which key is what, unknown keys, keys given twice, overrides.

import {
  type Args,
  listNames,
  type Params,
  quote,
  type Span,
  sameThing,
  takesColumns,
} from "@netwright/definitions";
import { replaceBy } from "../report.ts";
import { type Setting, type Settings, valueSettings } from "../sections/setting.ts";
import { suggest } from "../suggest/suggest.ts";
import type { Expression, Name, RecordExpression } from "../syntax/tree.ts";
import { fillIn, unknownOverride } from "./bind.ts";
import { type Context, placeText } from "./context.ts";
import { findElsewhere } from "./elsewhere.ts";
import { evaluate } from "./evaluate.ts";
import { isOverride, type OverrideNode } from "./overrides.ts";
import { emptyScope } from "./scope.ts";
import type { Given, Scope } from "./value.ts";

export interface Section {
  /** `train`, `data.split`: for messages and paths of overrides. */
  readonly label: string;
  readonly settings: Settings;
  readonly record: RecordExpression;
  /** The place of the section itself, for what is missing. */
  readonly at: Span;
  readonly overrides: OverrideNode | undefined;
}

/** What is given for a key, by the file or by an override. */
export interface Entry {
  readonly key: Name;
  readonly value: Expression;
}

/** The entries by key. Unknown keys and duplicates are reported and left out. */
export function collectSettings(section: Section, context: Context): Map<string, Entry> {
  const { label, settings, record, overrides } = section;
  const entries = collectEntries(record, label, "NW0204", "setting", context);
  for (const [name, entry] of [...entries]) {
    const { key } = entry;
    if (Object.hasOwn(settings, name)) continue;
    entries.delete(name);
    const known = Object.keys(settings);
    const same = sameThing(name, known);
    const elsewhere =
      same === undefined ? findElsewhere(label, settings, entry, entries, context) : undefined;
    const nothing = { meant: same, notes: [] };
    const { meant, notes } =
      same === undefined && elsewhere === undefined ? suggest("setting", name, known) : nothing;
    // Read as what was probably meant, so that its value is checked and nothing counts as missing.
    if (meant !== undefined && !entries.has(meant)) entries.set(meant, entry);
    context.report.error("NW0203", key.span, `\`${label}\` has no setting ${quote(name)}`, {
      notes: [
        ...(elsewhere === undefined ? notes : [elsewhere.note]),
        `Settings of \`${label}\`: ${listNames(known, 20)}.`,
      ],
      fix: meant === undefined ? elsewhere?.fix : replaceBy(key.span, meant),
    });
  }
  for (const [name, node] of overrides?.children ?? []) {
    if (!Object.hasOwn(settings, name)) {
      unknownOverride(node, `\`${label}\` has no setting`, Object.keys(settings), context);
    } else if (node.value !== undefined) {
      entries.set(name, { key: { text: name, quoted: false, span: node.value.span }, value: node.value });
    }
  }
  return entries;
}

/** The settings of a record by key; the second of two is reported. */
export function collectEntries(
  record: RecordExpression,
  label: string,
  code: "NW0204" | "NW0603",
  noun: string,
  context: Context,
): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const { key, value } of record.settings) {
    const first = entries.get(key.text);
    if (first === undefined) entries.set(key.text, { key, value });
    else {
      context.report.error(code, key.span, `${noun} ${quote(key.text)} of \`${label}\` is given twice`, {
        notes: [`First at ${placeText(context, first.key.span)}; remove one of them.`],
      });
    }
  }
  return entries;
}

interface Braces {
  /** `data.split`. */
  readonly label: string;
  /** What their places are called in `spans`: `split` for `split.train`. */
  readonly key: string;
  readonly params: Params;
  /** What is written in braces; undefined where only overrides say something. */
  readonly entry: Entry | undefined;
  readonly at: Span;
  readonly overrides: OverrideNode | undefined;
}

/** Settings in braces, with their defaults. Their places are added to `spans`; undefined after a report. */
export function readBraces(
  { label, key, params, entry, at, overrides }: Braces,
  scope: Scope,
  spans: Record<string, Span>,
  context: Context,
): { readonly args: Args; readonly span: Span } | undefined {
  const record: RecordExpression =
    entry?.value.kind === "record" ? entry.value : { kind: "record", settings: [], broken: false, span: at };
  const section = { label, settings: valueSettings(params), record, at: entry?.key.span ?? at, overrides };
  const entries = collectSettings(section, context);
  for (const [name, { value }] of entries) spans[`${key}.${name}`] = value.span;
  const args = checkSettings(section, entries, scope, context);
  return args === undefined || record.broken ? undefined : { args, span: record.span };
}

/** Checks the plain values among the settings and fills in defaults; undefined when one is wrong or missing. */
export function checkSettings(
  section: Section,
  entries: ReadonlyMap<string, Entry>,
  scope: Scope,
  context: Context,
): Args | undefined {
  const given = new Map<string, Given>();
  const params = Object.fromEntries(
    Object.entries(section.settings).flatMap(([name, setting]) =>
      isValue(setting) ? [[name, setting.param]] : [],
    ),
  );
  for (const [name, { key, value }] of entries) {
    if (!Object.hasOwn(params, name)) continue;
    // A name that stands for a column is no param.
    const param = params[name];
    const isColumn = param !== undefined && takesColumns(param.type);
    const names = isColumn || isOverride(value.span) ? emptyScope : scope;
    given.set(name, { name: key, value: evaluate(value, names, context), span: value.span });
  }
  const { overrides, at, label } = section;
  const required = Object.entries(params).filter(
    ([name, { default: fallback }]) => fallback === undefined && !given.has(name),
  );
  // What could not be read may well have been what is missing.
  const hidden = section.record.broken && required.length > 0;
  const shown = hidden
    ? Object.fromEntries(Object.entries(params).filter(([name]) => !required.some(([r]) => r === name)))
    : params;
  const wording = { code: "NW0220", what: "needs", unit: "setting" } as const;
  const args = fillIn({ label: `\`${label}\``, params: shown, wording }, given, at, context, { overrides });
  return hidden ? undefined : args;
}

function isValue(setting: Setting): setting is Extract<Setting, { kind: "value" }> {
  return setting.kind === "value";
}
