// Walks the syntax tree of a file and says what each name in it means: statements and sections here, flows in
// `walk-flow.ts`, values in `walk-values.ts`.

import { isSplitName, type Span } from "@netwright/definitions";
import { dataSettings } from "../sections/data.ts";
import { reportSettings } from "../sections/report.ts";
import { type Setting, type Settings, valueSettings } from "../sections/setting.ts";
import { trainSettings } from "../sections/train.ts";
import type { Expression, File, Item, RecordExpression } from "../syntax/tree.ts";
import type { Names } from "./names.ts";
import type { Meaning, Occurrence } from "./occurrence.ts";
import type { Walk } from "./walk.ts";
import { walkFlow } from "./walk-flow.ts";
import { walkArguments, walkColumns, walkExpression } from "./walk-values.ts";

/** In the order of the text; what is broken has none. */
export function occurrencesOf(file: File, names: Names): Occurrence[] {
  const found: Occurrence[] = [];
  const walk: Walk = {
    names,
    block: undefined,
    inModel: false,
    add: (span, meaning, details = {}) => found.push({ span, meaning, declares: false, ...details }),
  };
  for (const item of file.items) walkItem(item, walk);
  return found.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** The occurrence that a cursor is in or beside; the start of one goes before the end of another. */
export function occurrenceAt(occurrences: readonly Occurrence[], offset: number): Occurrence | undefined {
  const touching = occurrences.filter(({ span }) => span.start <= offset && offset <= span.end);
  return touching.find(({ span }) => offset < span.end) ?? touching[0];
}

function walkItem(item: Item, walk: Walk): void {
  switch (item.kind) {
    case "param":
      walk.add(item.name.span, { kind: "param", item }, { declares: true });
      walkExpression(item.value, undefined, walk);
      if (item.domain !== undefined) walkExpression(item.domain, undefined, walk);
      return;
    case "block": {
      walk.add(item.name.span, { kind: "block", item }, { declares: true });
      const inside: Walk = { ...walk, block: item, inModel: true };
      for (const parameter of item.parameters) {
        walk.add(parameter.name.span, { kind: "parameter", block: item, parameter }, { declares: true });
        if (parameter.value !== undefined) walkExpression(parameter.value, undefined, inside);
      }
      walkFlow(item.body, inside);
      return;
    }
    case "data":
      if (item.name !== undefined) {
        walk.add(item.name.span, { kind: "data", name: item.name.text }, { declares: true });
      }
      walkRecord(item.settings, ["data"], dataSettings, walk);
      return;
    case "train":
      walkRecord(item.settings, ["train"], trainSettings, walk);
      return;
    case "report":
      walkRecord(item.settings, ["report"], reportSettings, walk);
      return;
    case "model":
      walkFlow(item.body, { ...walk, inModel: true });
      return;
    case "expect":
      for (const entry of item.entries) walkExpectation(entry, walk);
      return;
    case "unknown":
      walk.add(item.name.span, { kind: "unknown", name: item.name.text });
      return;
    case "version":
    case "use":
  }
}

function walkRecord(record: RecordExpression, path: readonly string[], settings: Settings, walk: Walk): void {
  for (const { key, value } of record.settings) {
    const setting = Object.hasOwn(settings, key.text) ? settings[key.text] : undefined;
    const here = [...path, key.text];
    walk.add(
      key.span,
      setting === undefined ? { kind: "unknown", name: key.text } : { kind: "setting", path: here, setting },
    );
    walkSetting(value, here, setting, walk);
  }
}

function walkSetting(
  value: Expression,
  path: readonly string[],
  setting: Setting | undefined,
  walk: Walk,
): void {
  if (setting === undefined) walkExpression(value, undefined, walk);
  else if (setting.kind === "value") walkExpression(value, setting.param, walk);
  else if (setting.kind === "columns") walkColumns(value, walk);
  else if (setting.kind === "column") walkColumns(value, walk, setting.rule);
  else if (setting.kind === "layers") return;
  else if (setting.kind === "factors" || setting.kind === "braces") {
    if (value.kind === "record") walkRecord(value, path, valueSettings(setting.settings), walk);
    else walkExpression(value, undefined, walk);
  } else if (setting.kind === "record") {
    if (value.kind === "record") walkRecord(value, path, valueSettings(setting.settings), walk);
    else walkExpression(value, setting.param, walk);
  } else if (value.kind === "record") walkContract(value, walk);
  else walkExpression(value, undefined, walk);
}

function walkContract(record: RecordExpression, walk: Walk): void {
  for (const { key, value } of record.settings) {
    walk.add(key.span, { kind: "column", column: key.text }, { declares: true });
    if (value.kind !== "name" && value.kind !== "call") continue;
    const [name, span] =
      value.kind === "call" ? [value.name.text, value.name.span] : [value.name, value.span];
    const definition = walk.names.catalog.definitions.column.get(name);
    walk.add(span, definition === undefined ? { kind: "unknown", name } : { kind: "columnType", definition });
    if (value.kind === "call") walkArguments(value.arguments, definition, walk);
  }
}

function walkExpectation(entry: Expression, walk: Walk): void {
  if (entry.kind === "operation") {
    walkExpectation(entry.first, walk);
    for (const { operand } of entry.rest) walkExpression(operand, undefined, walk);
  } else if (entry.kind === "path") {
    const { first, second } = entry;
    const known = (kind: "split" | "metric", name: string, span: Span, isKnown: boolean): void => {
      const meaning: Meaning = isKnown ? { kind, name } : { kind: "unknown", name };
      walk.add(span, meaning);
    };
    known("split", first.text, first.span, isSplitName(first.text));
    const metric = walk.names.catalog.metrics.get(second.text);
    known("metric", second.text, second.span, metric !== undefined);
    walkArguments(entry.arguments, metric, walk);
  } else walkExpression(entry, undefined, walk);
}
