// A setting that another section has, or that is a parameter of something the section holds: `learning_rate` in `train`
// belongs to the optimizer, `validation` in `data` to the split. Says where it belongs, and moves it where that is plain.

import { type Definition, familyOf, listNames, sameThing, splitParams } from "@netwright/definitions";
import type { Edit, Fix } from "../diagnostic.ts";
import { dataSettings } from "../sections/data.ts";
import { reportSettings } from "../sections/report.ts";
import type { Setting, Settings } from "../sections/setting.ts";
import { trainSettings } from "../sections/train.ts";
import type { Expression, Name } from "../syntax/tree.ts";
import { type Context, definitionsOf, writtenText } from "./context.ts";
import { havingParam } from "./misplaced-argument.ts";

export interface Elsewhere {
  readonly note: string;
  readonly fix: Fix | undefined;
}

interface Written {
  readonly key: Name;
  readonly value: Expression;
}

const sections = [
  { label: "data", names: Object.keys(dataSettings), example: (name: string) => `data { ${name}: ... }` },
  {
    label: "data.split",
    names: Object.keys(splitParams),
    example: () => "split: { train: 70%, validation: 15%, test: 15%, seed: 0 }",
  },
  { label: "train", names: Object.keys(trainSettings), example: (name: string) => `train { ${name}: ... }` },
  {
    label: "report",
    names: Object.keys(reportSettings),
    example: (name: string) => `report { ${name}: ... }`,
  },
];

/** Undefined where nothing has a setting or parameter of this name. */
export function findElsewhere(
  label: string,
  settings: Settings,
  written: Written,
  given: ReadonlyMap<string, Written>,
  context: Context,
): Elsewhere | undefined {
  for (const [name, setting] of Object.entries(settings)) {
    const inside = inDefinitions(name, setting, written, given.get(name), context);
    if (inside !== undefined) return inside;
  }
  for (const { label: other, names, example } of sections) {
    const name = other === label ? undefined : sameThing(written.key.text, names);
    if (name === undefined) continue;
    return { note: `\`${name}\` is a setting of \`${other}\`: \`${example(name)}\`.`, fix: undefined };
  }
  const layer = sameThing(written.key.text, [...context.catalog.layer.keys()]);
  if (layer !== undefined)
    return { note: `\`${layer}\` is a layer, and layers stand in \`model\`.`, fix: undefined };
  const layers = havingParam(context.catalog.layer, written.key.text).map(
    ({ definition }) => definition.name,
  );
  if (layers.length === 0) return undefined;
  return {
    note: `${listNames(layers)} in \`model\` ${layers.length === 1 ? "has" : "have"} a parameter of this name.`,
    fix: undefined,
  };
}

/** The setting is a parameter of what `optimizer`, `loss` or `stop` may be. */
function inDefinitions(
  name: string,
  setting: Setting,
  written: Written,
  given: Written | undefined,
  context: Context,
): Elsewhere | undefined {
  const family = setting.kind === "value" ? familyOf(setting.param.type) : undefined;
  if (setting.kind !== "value" || family === undefined || family === "encoder") return undefined;
  const having = havingParam(definitionsOf(context, family), written.key.text);
  const [first] = having;
  if (first === undefined) return undefined;
  const chosen = given === undefined ? setting.param.default : nameOf(given.value);
  const fitting = having.find(({ definition }) => definition.name === chosen);
  // What has it on by itself is made for it, as `adamw` is for `weight_decay`.
  const made = having.find(({ definition, param }) => isOn(definition.params[param]?.default));
  const { definition, param } = fitting ?? made ?? first;
  const all = listNames(having.map((one) => one.definition.name));
  const value = writtenText(context, written.value.span);
  const call = `${definition.name}(${param}: ${value})`;
  const note = `\`${param}\` is a parameter of ${all}: \`${name}: ${call}\`.`;
  if (given === undefined) {
    const span = { ...written.key.span, end: written.value.span.end };
    return { note, fix: fixOf(name, call, [{ span, text: `${name}: ${call}` }]) };
  }
  const addition = fitting === undefined ? undefined : addArgument(given.value, `${param}: ${value}`);
  if (addition === undefined) return { note, fix: undefined };
  return { note, fix: fixOf(name, call, [addition, removal(written, context)]) };
}

function isOn(fallback: NonNullable<Definition["params"][string]>["default"]): boolean {
  return fallback !== undefined && fallback !== null && fallback !== false && fallback !== 0;
}

function fixOf(name: string, call: string, edits: readonly Edit[]): Fix {
  return { title: `did you mean \`${name}: ${call}\`?`, edits };
}

function nameOf(value: Expression): string | undefined {
  if (value.kind === "name") return value.name;
  return value.kind === "call" ? value.name.text : undefined;
}

/** Undefined where the value is neither a name nor a call. */
function addArgument(value: Expression, argument: string): Edit | undefined {
  const { file, end } = value.span;
  if (value.kind === "name") return { span: { file, start: end, end }, text: `(${argument})` };
  if (value.kind !== "call") return undefined;
  const separator = value.arguments.length === 0 ? "" : ", ";
  return { span: { file, start: end - 1, end: end - 1 }, text: `${separator}${argument}` };
}

/** Takes a setting out: its line where it has one, else with the blanks and the comma behind it. */
function removal({ key, value }: Written, { sources }: Context): Edit {
  const { file, start } = key.span;
  const text = sources.get(file)?.text ?? "";
  const [behind = ""] = /^[ \t]*,?[ \t]*/.exec(text.slice(value.span.end, value.span.end + 100)) ?? [];
  const end = value.span.end + behind.length;
  const [before = ""] = /\r?\n[ \t]*$/.exec(text.slice(Math.max(0, start - 100), start)) ?? [];
  const alone = before !== "" && /^(\r?\n|#|\}|$)/.test(text.slice(end, end + 2));
  return { span: { file, start: alone ? start - before.length : start, end }, text: "" };
}
