// Hover: what the name at a place is, as Markdown, and for a step of a flow the shapes and its parameters.

import type { Span } from "@netwright/definitions";
import type { Analysis } from "../analyze.ts";
import type { Sources } from "../source/source-text.ts";
import type { File } from "../syntax/tree.ts";
import {
  blockParameterTexts,
  callText,
  code,
  describeDefinition,
  describeParam,
  describeSetting,
} from "./describe.ts";
import { textAt } from "./names.ts";
import type { Meaning, Occurrence } from "./occurrence.ts";
import { type CountParameters, describeShapes } from "./shapes.ts";
import { builtInDocs, flowWordEntries, splitDocs } from "./words.ts";

export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

export function hoverOf(
  { span, meaning, step }: Occurrence,
  analysis: Pick<Analysis, "runs" | "sources" | "model" | "tree">,
  countParameters?: CountParameters,
): Hover | undefined {
  const text = describeMeaning(meaning, analysis);
  const shapes = step === undefined ? [] : describeShapes(analysis.runs, step, countParameters);
  const parts = [...(text === undefined ? [] : [text]), ...shapes.map((line) => `Shape: ${line}`)];
  return parts.length === 0 ? undefined : { span, markdown: parts.join("\n\n") };
}

function describeMeaning(
  meaning: Meaning,
  { sources, model, tree }: Pick<Analysis, "sources" | "model" | "tree">,
): string | undefined {
  switch (meaning.kind) {
    case "param": {
      const { item } = meaning;
      const value = model?.params.find(({ name }) => name === item.name.text)?.value;
      const note = value === undefined ? [] : [`Its value: \`${JSON.stringify(value)}\`.`];
      return [code(textAt(sources, item.span)), ...note].join("\n\n");
    }
    case "block":
      return code(`block ${callText(meaning.item.name.text, blockParameterTexts(meaning.item, sources))}`);
    case "parameter":
      return [
        code(textAt(sources, meaning.parameter.span)),
        `Parameter of block \`${meaning.block.name.text}\`.`,
      ].join("\n\n");
    case "column":
      return [...contractOf(meaning.column, tree, sources), `Column \`${meaning.column}\` of the data.`].join(
        "\n\n",
      );
    case "definition":
    case "columnType":
      return describeDefinition(meaning.definition);
    case "argument":
      return describeParam(`${meaning.owner}(${meaning.name})`, meaning.param);
    case "setting":
      return describeSetting(meaning.path.join("."), meaning.setting);
    case "choice":
      return describeParam(meaning.value, meaning.param);
    case "builtIn":
      return [code(meaning.name), builtInDocs[meaning.name]].join("\n\n");
    case "word":
      return [code(meaning.word), flowWordEntries[meaning.word].doc].join("\n\n");
    case "split":
      return splitDocs[meaning.name];
    case "metric":
      return `The metric \`${meaning.name}\` of a split.`;
    case "branch":
    case "data":
    case "unknown":
      return undefined;
  }
}

/** The line of the contract, where there is one. */
function contractOf(column: string, { items }: File, sources: Sources): string[] {
  for (const item of items) {
    if (item.kind !== "data") continue;
    for (const { key, value } of item.settings.settings) {
      if (key.text !== "columns" || value.kind !== "record") continue;
      const entry = value.settings.find((one) => one.key.text === column);
      if (entry !== undefined) return [code(textAt(sources, entry.span))];
    }
  }
  return [];
}
