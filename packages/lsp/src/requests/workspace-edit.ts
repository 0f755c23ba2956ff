// Edits of the language, in one or several files, as the protocol wants them.

import type { Edit } from "@netwright/lang";
import type { TextEdit, WorkspaceEdit } from "vscode-languageserver";
import type { View } from "../workspace/view.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { locationOf } from "./navigation.ts";

export function workspaceEdit(workspace: Workspace, view: View, edits: readonly Edit[]): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = {};
  for (const { span, text } of edits) {
    for (const { uri, range } of locationOf(workspace, view, span)) {
      changes[uri] = [...(changes[uri] ?? []), { range, newText: text }];
    }
  }
  return { changes };
}
