// textDocument/semanticTokens, whole and for a range of lines.

import { type HighlightKind, highlightKinds, highlightsOf } from "@netwright/lang/service";
import {
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensLegend,
  type SemanticTokensParams,
  type SemanticTokensRangeParams,
} from "vscode-languageserver";
import { offsetOf, positionOf } from "../text/positions.ts";
import type { View } from "../workspace/view.ts";
import type { Workspace } from "../workspace/workspace.ts";

export const legend: SemanticTokensLegend = {
  tokenTypes: [...highlightKinds],
  tokenModifiers: ["declaration", "defaultLibrary"],
};
const DECLARES = 1;
const BUILT_IN = 2;

const INDEX: ReadonlyMap<HighlightKind, number> = new Map(highlightKinds.map((kind, i) => [kind, i]));

export async function semanticTokens(
  workspace: Workspace,
  { textDocument }: SemanticTokensParams,
): Promise<SemanticTokens> {
  const view = await workspace.view(textDocument.uri);
  return view === undefined ? { data: [] } : tokensIn(view, 0, Number.POSITIVE_INFINITY);
}

export async function semanticTokensInRange(
  workspace: Workspace,
  { textDocument, range }: SemanticTokensRangeParams,
): Promise<SemanticTokens> {
  const view = await workspace.view(textDocument.uri);
  if (view === undefined) return { data: [] };
  return tokensIn(view, offsetOf(view.text, range.start), offsetOf(view.text, range.end));
}

function tokensIn(view: View, start: number, end: number): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  const { text, analysis } = view;
  const tokens = analysis.tree.tokens.filter(({ span }) => span.end > start && span.start < end);
  for (const { span, kind, declares, builtIn } of highlightsOf(tokens, view.occurrences())) {
    const { line, character } = positionOf(text, span.start);
    const modifiers = (declares ? DECLARES : 0) | (builtIn ? BUILT_IN : 0);
    builder.push(line, character, span.end - span.start, INDEX.get(kind) ?? 0, modifiers);
  }
  return builder.build();
}
