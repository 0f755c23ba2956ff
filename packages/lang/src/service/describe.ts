// Definitions, parameters and settings as Markdown, for hover and completion: what it is, its type and range,
// its default, its formula.

import type { Definition, Param, Params } from "@netwright/definitions";
import { describeType } from "../resolve/describe-type.ts";
import type { Setting } from "../sections/setting.ts";
import type { Sources } from "../source/source-text.ts";
import type { BlockItem } from "../syntax/tree.ts";
import { textAt } from "./names.ts";

/** `dense(units, activation = linear)`; what has no default comes without. */
export function signatureOf({ name, params }: Pick<Definition, "name" | "params">): string {
  return callText(name, parameterTexts(params));
}

export function parameterTexts(params: Params): string[] {
  return Object.entries(params).map(([name, param]) => `${name}${defaultSuffix(param)}`);
}

export function callText(name: string, parameters: readonly string[]): string {
  return parameters.length === 0 ? name : `${name}(${parameters.join(", ")})`;
}

/** `hidden(units, act = relu)`; defaults as they are written. */
export function blockParameterTexts(block: BlockItem, sources: Sources): string[] {
  return block.parameters.map(({ name, value }) =>
    value === undefined ? name.text : `${name.text} = ${textAt(sources, value.span)}`,
  );
}

function defaultSuffix(param: Param): string {
  return param.default === undefined || isInherited(param) ? "" : ` = ${defaultText(param)}`;
}

/** The encoder of a column; `none` would be another one. */
function isInherited({ default: fallback, type }: Param): boolean {
  return (
    fallback === null &&
    type.kind === "optional" &&
    type.of.kind === "instance" &&
    type.of.family === "encoder"
  );
}

export function defaultText({ default: fallback, type }: Param): string {
  if (fallback === null || fallback === undefined) return "none";
  const plainString = type.kind === "string" || (type.kind === "optional" && type.of.kind === "string");
  return plainString ? JSON.stringify(fallback) : String(fallback);
}

export function describeDefinition(definition: Definition): string {
  const { doc, formula, params } = definition;
  const rows = Object.entries(params).map(
    ([name, param]) => `- \`${name}\`: ${typeLine(param)} ${param.doc}`,
  );
  return [
    code(signatureOf(definition)),
    doc,
    ...(formula === undefined ? [] : [`Formula: \`${formula}\``]),
    ...(rows.length === 0 ? [] : [rows.join("\n")]),
  ].join("\n\n");
}

export function describeParam(label: string, param: Param): string {
  return [code(label), param.doc, typeLine(param)].join("\n\n");
}

export function describeSetting(label: string, setting: Setting): string {
  if (setting.kind === "value") return describeParam(label, setting.param);
  const rows =
    setting.kind === "record" || setting.kind === "factors" || setting.kind === "braces"
      ? Object.entries(setting.settings).map(
          ([name, param]) => `- \`${name}\`: ${typeLine(param)} ${param.doc}`,
        )
      : [];
  return [
    code(label),
    setting.doc,
    settingType(setting),
    ...(rows.length === 0 ? [] : [rows.join("\n")]),
  ].join("\n\n");
}

/** One line on what a setting takes: for the list of a completion. */
export function settingType(setting: Setting): string {
  switch (setting.kind) {
    case "value":
      return typeLine(setting.param);
    case "columns":
      return setting.all ? "A column, a list of columns, or `all`." : "A column or a list of columns.";
    case "column":
      return `A column, or \`${setting.rule}\`.`;
    case "layers":
      return "A layer or a list of layers.";
    case "record":
      return `Settings in braces, or ${describeType(setting.param.type)}.`;
    case "braces":
      return "Settings in braces.";
    case "factors":
      return "Numbers in braces.";
    case "contract":
      return "A type for each column, in braces.";
  }
}

/** "A whole number of at least 1; by default 32." */
export function typeLine(param: Param): string {
  const text = describeType(param.type);
  const start = text.charAt(0).toUpperCase() + text.slice(1);
  if (param.default === undefined) return `${start}.`;
  return `${start}; by default ${isInherited(param) ? "that of the section" : `\`${defaultText(param)}\``}.`;
}

export function code(text: string): string {
  return `\`\`\`netwright\n${text}\n\`\`\``;
}
