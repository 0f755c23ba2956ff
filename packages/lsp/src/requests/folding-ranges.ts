// textDocument/foldingRange

import { foldsOf } from "@netwright/lang/service";
import { type FoldingRange, FoldingRangeKind, type FoldingRangeParams } from "vscode-languageserver";
import type { Workspace } from "../workspace/workspace.ts";

export async function foldingRanges(
  workspace: Workspace,
  { textDocument }: FoldingRangeParams,
): Promise<FoldingRange[]> {
  const view = await workspace.view(textDocument.uri);
  if (view === undefined) return [];
  return foldsOf(view.analysis.tree.tokens, view.text.source).map(({ from, to, kind }) => ({
    startLine: from - 1,
    endLine: to - 1,
    ...(kind === "comment" ? { kind: FoldingRangeKind.Comment } : {}),
  }));
}
