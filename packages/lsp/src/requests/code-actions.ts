// textDocument/codeAction: the suggestion of a diagnostic as an edit.

import { visible } from "@netwright/definitions";
import { type CodeAction, CodeActionKind, type CodeActionParams } from "vscode-languageserver";
import { offsetOf } from "../text/positions.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { protocolDiagnostic } from "./diagnostics.ts";
import { workspaceEdit } from "./workspace-edit.ts";

export async function codeActions(
  workspace: Workspace,
  { textDocument, range, context }: CodeActionParams,
): Promise<CodeAction[]> {
  const view = await workspace.view(textDocument.uri);
  if (
    view === undefined ||
    context.only?.some((kind) => CodeActionKind.QuickFix.startsWith(kind)) === false
  ) {
    return [];
  }
  const [start, end] = [offsetOf(view.text, range.start), offsetOf(view.text, range.end)];
  return view.diagnostics.flatMap((diagnostic) => {
    const { span, fix } = diagnostic;
    if (span === undefined || fix === undefined || span.file !== view.text.source.file) return [];
    if (span.end < start || span.start > end) return [];
    return [
      {
        title: visible(titleOf(fix.title)),
        kind: CodeActionKind.QuickFix,
        diagnostics: [protocolDiagnostic(view, diagnostic)],
        isPreferred: true,
        edit: workspaceEdit(workspace, view, fix.edits),
      },
    ];
  });
}

/** "did you mean `units`?" is a question; the action does it. */
function titleOf(title: string): string {
  const meant = /^did you mean (.*)\?$/.exec(title)?.[1];
  const text = meant === undefined ? title : `change to ${meant}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
