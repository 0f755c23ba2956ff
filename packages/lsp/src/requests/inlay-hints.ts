// textDocument/inlayHint: the shape that each layer gives, behind it.

import { visible } from "@netwright/definitions";
import { shapeHints } from "@netwright/lang/service";
import { type InlayHint, InlayHintKind, type InlayHintParams } from "vscode-languageserver";
import { offsetOf, positionOf } from "../text/positions.ts";
import type { Workspace } from "../workspace/workspace.ts";

export async function inlayHints(
  workspace: Workspace,
  { textDocument, range }: InlayHintParams,
): Promise<InlayHint[]> {
  const view = await workspace.view(textDocument.uri);
  if (view === undefined) return [];
  const { text, analysis } = view;
  const shown = { start: offsetOf(text, range.start), end: offsetOf(text, range.end) };
  return shapeHints(analysis.runs, text.source.file, shown).map((hint) => ({
    position: positionOf(text, hint.span.end),
    label: visible(hint.text),
    kind: InlayHintKind.Type,
    paddingLeft: true,
  }));
}
