// Semantic highlighting: every token with the kind that its meaning gives it.

import type { Span } from "@netwright/definitions";
import type { Token } from "../syntax/tree.ts";
import type { Meaning, Occurrence } from "./occurrence.ts";

/** Names of the Language Server Protocol, so that every theme has a colour for them. */
export const highlightKinds = [
  "keyword",
  "comment",
  "string",
  "number",
  "operator",
  "function",
  "class",
  "variable",
  "parameter",
  "property",
  "enumMember",
  "namespace",
] as const;
export type HighlightKind = (typeof highlightKinds)[number];

export interface Highlight {
  readonly span: Span;
  readonly kind: HighlightKind;
  readonly declares: boolean;
  /** Comes with the language. */
  readonly builtIn: boolean;
}

const MEANINGS: { readonly [K in Meaning["kind"]]: HighlightKind | undefined } = {
  param: "variable",
  block: "class",
  parameter: "parameter",
  column: "property",
  definition: "function",
  columnType: "function",
  argument: "property",
  setting: "property",
  choice: "enumMember",
  builtIn: "variable",
  word: "keyword",
  split: "namespace",
  metric: "property",
  branch: "namespace",
  data: "namespace",
  unknown: undefined,
};

const BUILT_IN: ReadonlySet<Meaning["kind"]> = new Set(["definition", "columnType", "builtIn"]);

const OPERATORS = [
  ...["Arrow", "LessEqual", "GreaterEqual", "EqualEqual", "NotEqual", "Less", "Greater", "Equal"],
  ...["Plus", "Minus", "Star", "Slash", "Range"],
];
const KEYWORDS = [
  ...["Netwright", "Param", "Use", "Data", "Block", "Model", "Train", "Expect"],
  ...["In", "Repeat", "If", "Else", "Residual", "Parallel"],
];
const TOKENS: ReadonlyMap<string, HighlightKind> = new Map<string, HighlightKind>([
  ["Comment", "comment"],
  ["SlashComment", "comment"],
  ["StringLiteral", "string"],
  ["OpenString", "string"],
  ["SingleQuoted", "string"],
  ["NumberLiteral", "number"],
  ["Percent", "number"],
  ...OPERATORS.map((kind) => [kind, "operator"] as const),
  ...KEYWORDS.map((kind) => [kind, "keyword"] as const),
]);

export function highlightsOf(tokens: readonly Token[], occurrences: readonly Occurrence[]): Highlight[] {
  const meant = new Map(occurrences.map((one) => [one.span.start, one]));
  const highlights: Highlight[] = [];
  for (const { kind: token, span } of tokens) {
    const occurrence = meant.get(span.start);
    if (occurrence === undefined || occurrence.span.end !== span.end) {
      const kind = TOKENS.get(token);
      if (kind !== undefined) highlights.push({ span, kind, declares: false, builtIn: false });
      continue;
    }
    const { meaning, declares } = occurrence;
    const kind = MEANINGS[meaning.kind];
    if (kind !== undefined) highlights.push({ span, kind, declares, builtIn: BUILT_IN.has(meaning.kind) });
  }
  return highlights;
}
