// `--set depth=4` and the like. Each override is a text of its own, `depth=4`, under the name `--set depth`,
// so that a problem it causes points into it; what an option stands for has the name of that. They form a tree by path, which settings and params consult
// before anything is derived from them.

import { quote, type Span } from "@netwright/definitions";
import { createReport, type Report } from "../report.ts";
import { type SourceText, sourceText } from "../source/source-text.ts";
import { parseValue } from "../syntax/parse.ts";
import type { Expression } from "../syntax/tree.ts";

export interface Override {
  /** `depth`, `train.epochs`, `data.split.seed`, `train.optimizer.learning_rate`. */
  readonly path: string;
  /** A value of the language. */
  readonly value: string;
  /** The option of the command that stands for it, `--from`: messages name that, and its value alone. */
  readonly option?: `--${string}`;
}

/** The overrides below one path. */
export interface OverrideNode {
  /** The path that leads here, as the user wrote it. */
  readonly path: string;
  /** The path in the text of an override that leads here. */
  readonly span: Span;
  value: Expression | undefined;
  readonly children: Map<string, OverrideNode>;
}

const PREFIX = "--set ";
const OPTION = /^--[a-z-]+$/;

/** Whether a place, or a text, is of an override and not of a file. */
export function isOverride({ file }: Pick<Span, "file">): boolean {
  return file.startsWith(PREFIX) || OPTION.test(file);
}

/** Parses the overrides and registers their texts. Of two for one path the later one holds. */
export function readOverrides(
  overrides: readonly Override[],
  sources: Map<string, SourceText>,
  report: Report,
): OverrideNode {
  const root: OverrideNode = {
    path: "",
    span: { file: PREFIX, start: 0, end: 0 },
    value: undefined,
    children: new Map(),
  };
  for (const { path, value, option } of overrides) {
    const file = option ?? PREFIX + path;
    const before = option === undefined ? `${path}=` : "";
    const source = sourceText(file, before + value);
    sources.set(file, source);
    const expression = readValue(source, path, before.length, report);
    if (expression === undefined) continue;
    let node = root;
    for (const part of path.match(/"[^"]*"|[^."]+/g) ?? []) {
      const name = part.replaceAll('"', "");
      const span = { file, start: 0, end: option === undefined ? path.length : value.length };
      const fresh: OverrideNode = {
        path: node.path === "" ? name : `${node.path}.${name}`,
        span,
        value: undefined,
        children: new Map(),
      };
      const next = node.children.get(name) ?? fresh;
      node.children.set(name, next);
      node = next;
    }
    node.value = expression;
  }
  return root;
}

function readValue(source: SourceText, path: string, start: number, report: Report): Expression | undefined {
  const { file, text } = source;
  const value = text.slice(start);
  // Blanks in place of the path, so that offsets in the value are offsets in the whole text.
  const blanked = { ...source, text: " ".repeat(start) + value };
  const problems = createReport();
  const expression = value.trim() === "" ? undefined : parseValue(blanked, problems);
  if (expression !== undefined) return expression;
  const found = problems.diagnostics.map(({ message }) => `The text is no value: ${message}.`);
  report.error("NW0503", { file, start, end: text.length }, `${quote(value)} is no value for \`${path}\``, {
    notes: [
      ...found,
      'Values are written as in a file: 4, 1e-3, 20%, relu, adam(learning_rate: 1e-3), "text.csv".',
    ],
  });
  return undefined;
}
