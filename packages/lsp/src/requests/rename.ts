// textDocument/prepareRename and rename

import { visible } from "@netwright/definitions";
import { renamable, rename as renameOccurrence } from "@netwright/lang/service";
import {
  LSPErrorCodes,
  type PrepareRenameParams,
  type Range,
  type RenameParams,
  ResponseError,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { rangeOf } from "../text/positions.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { occurrenceIn } from "./navigation.ts";
import { workspaceEdit } from "./workspace-edit.ts";

export async function prepareRename(
  workspace: Workspace,
  params: PrepareRenameParams,
): Promise<{ range: Range; placeholder: string } | null> {
  const found = await occurrenceIn(workspace, params);
  const target = found === undefined ? undefined : renamable(found.occurrence);
  if (found === undefined || target === undefined) return null;
  return { range: rangeOf(found.view.text, target.span), placeholder: target.name };
}

export async function rename(
  workspace: Workspace,
  params: RenameParams,
): Promise<WorkspaceEdit | null | ResponseError> {
  const found = await occurrenceIn(workspace, params);
  if (found === undefined) return null;
  const { view, occurrence } = found;
  const renaming = renameOccurrence(occurrence, params.newName, view.analysis, view.names);
  if (!renaming.ok) return new ResponseError(LSPErrorCodes.RequestFailed, visible(renaming.reason));
  return workspaceEdit(workspace, view, renaming.edits);
}
