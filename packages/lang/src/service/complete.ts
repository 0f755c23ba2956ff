// Completion: what may be typed at a place, the nearest names first.

import {
  type Definition,
  type Family,
  type Param,
  type ParamType,
  type Span,
  takesAll,
  takesColumns,
} from "@netwright/definitions";
import { spellColumn } from "../resolve/column-names.ts";
import type { Setting } from "../sections/setting.ts";
import type { SourceText } from "../source/source-text.ts";
import { stringText } from "../syntax/string-text.ts";
import {
  describeDefinition,
  describeParam,
  describeSetting,
  settingType,
  signatureOf,
  typeLine,
} from "./describe.ts";
import { definitionsOf } from "./families.ts";
import type { OpenCall, Slot } from "./frames.ts";
import type { Names } from "./names.ts";
import { type Place, placeAt } from "./place.ts";
import { calleeOf, isContract, paramAt, settingAt, settingsAt } from "./wanted.ts";
import { builtInDocs, flowWordEntries, splitDocs, statementWords } from "./words.ts";

export type ChoiceKind =
  | "keyword"
  | "layer"
  | "block"
  | "param"
  | "key"
  | "argument"
  | "definition"
  | "value"
  | "column"
  | "metric";

export interface Choice {
  readonly label: string;
  readonly kind: ChoiceKind;
  /** One line beside the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly doc?: string;
  readonly insert: string;
  /** `insert` has places to type at, `${1:text}` and `$0`. */
  readonly isSnippet: boolean;
  /** Smaller comes first; equal ones in the order of the alphabet. */
  readonly rank: number;
}

export interface Completion {
  /** What the choice replaces. */
  readonly replaces: Span;
  readonly choices: readonly Choice[];
}

export interface CompletionInput {
  readonly source: SourceText;
  readonly names: Names;
  /** Columns in the header of the data; asked for only where they may stand. */
  readonly columns: () => readonly string[];
  /** Asked for by a blank: wanted behind `loss: `, and not for every step of an indentation. */
  readonly afterBlank?: boolean;
}

export function completionAt(input: CompletionInput, offset: number): Completion {
  const place = placeAt(input.source, offset);
  if (input.afterBlank === true && place.expected.kind !== "value")
    return { replaces: place.word, choices: [] };
  return { replaces: place.word, choices: unique(choicesAt(place, input)) };
}

function choicesAt(place: Place, input: CompletionInput): Choice[] {
  const { expected } = place;
  const { names } = input;
  // Of all that stands in quotes only columns can be completed.
  if (place.quoted && !wantsColumns(expected, names)) return [];
  switch (expected.kind) {
    case "nothing":
      return [];
    case "statement":
      return Object.entries(statementWords)
        .filter(([word]) => word !== "netwright" || place.word.start === 0)
        .map(([word, { doc, snippet }]) => choice("keyword", word, 0, { doc, snippet }));
    case "step":
      return stepChoices(place, names);
    case "key":
      return keyChoices(expected.path, input).filter(({ label }) => !expected.given.includes(label));
    case "split":
      return Object.entries(splitDocs).map(([name, doc]) =>
        choice("value", name, 0, { doc, insert: `${name}.` }),
      );
    case "metric":
      return [...names.catalog.metrics.keys()].map((name) => choice("metric", name, 0));
    case "value": {
      const { slot, orName } = expected;
      const call = slot.kind === "argument" ? slot.call : undefined;
      const named = orName && call !== undefined ? argumentChoices(call, names) : [];
      return [...named, ...valueChoices(slot, place, input)];
    }
  }
}

function wantsColumns(expected: Place["expected"], names: Names): boolean {
  if (expected.kind === "key") return isContract(expected.path);
  if (expected.kind !== "value") return false;
  const param = paramAt(expected.slot, names);
  if (param !== undefined && takesColumns(param.type)) return true;
  if (expected.slot.kind !== "setting") return false;
  const kind = settingAt(expected.slot.path)?.kind;
  return kind === "columns" || kind === "column";
}

interface Details {
  readonly detail?: string;
  readonly doc?: string;
  readonly insert?: string;
  readonly snippet?: string;
}

function choice(kind: ChoiceKind, label: string, rank: number, details: Details = {}): Choice {
  const { detail, doc, insert, snippet } = details;
  return {
    label,
    kind,
    ...(detail === undefined ? {} : { detail }),
    ...(doc === undefined ? {} : { doc }),
    insert: snippet ?? insert ?? label,
    isSnippet: snippet !== undefined,
    rank,
  };
}

function stepChoices(place: Place, names: Names): Choice[] {
  const words = Object.entries(flowWordEntries).map(([word, { doc, snippet }]) =>
    choice("keyword", word, 3, { doc, snippet }),
  );
  const layers = [...names.catalog.layer.values()].map((layer) => definitionChoice("layer", layer, 2));
  const blocks = [...names.blocks.values()]
    .filter(({ name }) => name.text !== place.block)
    .map(({ name, parameters }) => {
      const all = parameters.map((one) => one.name.text);
      const missing = parameters.filter(({ value }) => value === undefined).map((one) => one.name.text);
      return choice("block", name.text, 1, {
        detail: `block ${signatureText(name.text, all)}`,
        snippet: callSnippet(name.text, missing, all.length > 0),
      });
    });
  // A parameter or param may hold the name of a layer.
  const held = heldChoices(place, names, 4).filter(({ kind }) => kind !== "value");
  return [...blocks, ...layers, ...words, ...held];
}

function signatureText(name: string, parameters: readonly string[]): string {
  return parameters.length === 0 ? name : `${name}(${parameters.join(", ")})`;
}

function callSnippet(name: string, missing: readonly string[], takesAny: boolean): string {
  if (missing.length > 0) return `${name}(${missing.map((one, i) => `\${${i + 1}:${one}}`).join(", ")})`;
  return takesAny ? `${name}$0` : name;
}

function definitionChoice(kind: ChoiceKind, definition: Definition, rank: number): Choice {
  const { name, params } = definition;
  const missing = Object.entries(params).flatMap(([key, param]) =>
    param.default === undefined ? [key] : [],
  );
  return choice(kind, name, rank, {
    detail: signatureOf(definition),
    doc: describeDefinition(definition),
    snippet: callSnippet(name, missing, Object.keys(params).length > 0),
  });
}

function keyChoices(path: readonly string[], { columns }: CompletionInput): Choice[] {
  if (isContract(path)) {
    return columns().map((name) =>
      choice("column", name, 0, { insert: `${spellColumn(name)}: `, detail: "column" }),
    );
  }
  return Object.entries(settingsAt(path) ?? {}).map(([name, setting]) =>
    choice("key", name, 0, {
      detail: settingType(setting),
      doc: describeSetting([...path, name].join("."), setting),
      ...insertionOf(name, setting),
    }),
  );
}

function insertionOf(name: string, { kind }: Setting): Details {
  switch (kind) {
    case "record":
      return { snippet: `${name}: { $0 }` };
    case "factors":
    case "braces":
      return { snippet: `${name} { $0 }` };
    case "contract":
      return { snippet: `${name} {\n  $0\n}` };
    default:
      return { insert: `${name}: ` };
  }
}

function argumentChoices(call: OpenCall, names: Names): Choice[] {
  const callee = calleeOf(call, names);
  if (callee === undefined) return [];
  const free = (name: string) => !call.given.includes(name);
  if (callee.kind === "block") {
    return callee.block.parameters
      .map(({ name }) => name.text)
      .filter(free)
      .map((name) => choice("argument", name, 5, { insert: `${name}: `, detail: "parameter of the block" }));
  }
  return Object.entries(callee.definition.params)
    .filter(([name], i) => free(name) && i >= call.index - call.given.length)
    .map(([name, param]) =>
      choice("argument", name, 5, {
        insert: `${name}: `,
        detail: typeLine(param),
        doc: describeParam(`${callee.definition.name}(${name})`, param),
      }),
    );
}

function valueChoices(slot: Slot, place: Place, input: CompletionInput): Choice[] {
  const { names } = input;
  if (slot.kind === "setting") {
    if (isContract(slot.path.slice(0, -1))) {
      return [...names.catalog.definitions.column.values()].map((one) =>
        definitionChoice("definition", one, 0),
      );
    }
    const setting = settingAt(slot.path);
    if (setting?.kind === "column") {
      const rule = choice("value", setting.rule, 1, { doc: "All classes count alike." });
      return [...columnChoices(false, place, input), rule];
    }
    if (setting?.kind === "columns") return columnChoices(setting.all, place, input);
    if (setting !== undefined && setting.kind !== "value" && setting.kind !== "record") return [];
  }
  const param = paramAt(slot, names);
  const held = heldChoices(place, names, param === undefined ? 0 : 3);
  // A setting of a section that adds a column gives it a name that none has; those in braces name some that there are.
  const adds = slot.kind === "setting" && slot.path.length === 2;
  if (param !== undefined && takesColumns(param.type))
    return adds ? [] : columnChoices(takesAll(param.type), place, input);
  if (param !== undefined && takesParams(param.type)) return held.filter(({ kind }) => kind === "param");
  if (param !== undefined) return [...typeChoices(param, param.type, names), ...held];
  if (slot.kind === "setting") return held;
  const activations = [...names.catalog.definitions.activation.values()];
  return [...held, ...activations.map((one) => definitionChoice("definition", one, 6))];
}

function takesParams(type: ParamType): boolean {
  return type.kind === "optional" || type.kind === "list" ? takesParams(type.of) : type.kind === "param";
}

function columnChoices(all: boolean, { quoted }: Place, input: CompletionInput): Choice[] {
  const columns = input.columns().map((name) =>
    choice("column", name, 0, {
      insert: quoted ? stringText(name) : spellColumn(name),
      detail: "column",
    }),
  );
  return all
    ? [
        ...columns,
        choice("value", "all", 1, { doc: "Every column but the target and those that `split` goes by." }),
      ]
    : columns;
}

function typeChoices(param: Param, type: ParamType, names: Names): Choice[] {
  switch (type.kind) {
    case "boolean":
      return ["true", "false"].map((word) => choice("value", word, 0));
    case "choice":
      return type.values.map((word) => choice("value", word, 0, { doc: param.doc }));
    case "instance":
      return familyChoices(type.family, names);
    case "optional":
      return [...typeChoices(param, type.of, names), choice("value", "none", 1)];
    // They are known to the caller alone; params are among what holds a value.
    case "param":
    case "column":
    case "columns":
      return [];
    case "list":
      return typeChoices(param, type.of, names);
    case "oneOf":
      return type.of.flatMap((option) => typeChoices(param, option, names));
    case "integer":
    case "number":
      return param.default === undefined || param.default === null
        ? []
        : [choice("value", String(param.default), 1, { detail: "the default" })];
    case "string":
      return (type.values ?? []).map((text) => choice("value", JSON.stringify(text), 0, { doc: param.doc }));
  }
}

function familyChoices(family: Family, names: Names): Choice[] {
  return [...definitionsOf(names.catalog, family).values()].map((one) =>
    definitionChoice("definition", one, 0),
  );
}

/** Params, the parameters of the block, and the built-in names of a model. */
function heldChoices({ block, inModel }: Place, names: Names, rank: number): Choice[] {
  const item = block === undefined ? undefined : names.blocks.get(block);
  const parameters = (item?.parameters ?? []).map(({ name }) =>
    choice("param", name.text, rank, { detail: `parameter of ${block ?? ""}` }),
  );
  const params = [...names.params.keys()].map((name) => choice("param", name, rank + 1, { detail: "param" }));
  const builtIns = inModel
    ? Object.entries(builtInDocs).map(([name, doc]) => choice("value", name, rank + 2, { doc }))
    : [];
  return [...parameters, ...params, ...builtIns];
}

function unique(choices: readonly Choice[]): Choice[] {
  const seen = new Set<string>();
  return choices.filter(({ label }) => {
    if (seen.has(label)) return false;
    seen.add(label);
    return true;
  });
}
