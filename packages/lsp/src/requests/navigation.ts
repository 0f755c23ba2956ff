// textDocument/definition, references and documentHighlight: one question, what else is this thing.

import type { Span } from "@netwright/definitions";
import { isLibraryName } from "@netwright/lang";
import { definitionOf, type Occurrence, occurrenceAt, sameThing } from "@netwright/lang/service";
import {
  type DefinitionParams,
  type DocumentHighlight,
  DocumentHighlightKind,
  type Location,
  type ReferenceParams,
  type TextDocumentPositionParams,
} from "vscode-languageserver";
import { offsetOf, rangeOf } from "../text/positions.ts";
import type { View } from "../workspace/view.ts";
import type { Workspace } from "../workspace/workspace.ts";

export interface Found {
  readonly view: View;
  readonly occurrence: Occurrence;
}

export async function occurrenceIn(
  workspace: Workspace,
  { textDocument, position }: TextDocumentPositionParams,
): Promise<Found | undefined> {
  const view = await workspace.view(textDocument.uri);
  if (view === undefined) return undefined;
  const occurrence = occurrenceAt(view.occurrences(), offsetOf(view.text, position));
  return occurrence === undefined ? undefined : { view, occurrence };
}

export function locationOf(workspace: Workspace, view: View, span: Span): Location[] {
  const text = workspace.textOf(view, span.file);
  // A library is on no disk.
  if (text === undefined || isLibraryName(span.file)) return [];
  const uri = text === view.text ? view.uri : workspace.environment.uriOf(span.file);
  return [{ uri, range: rangeOf(text, span) }];
}

export async function definition(workspace: Workspace, params: DefinitionParams): Promise<Location[] | null> {
  const found = await occurrenceIn(workspace, params);
  if (found === undefined) return null;
  const { view, occurrence } = found;
  const span = definitionOf(occurrence, view.analysis, view.names);
  return span === undefined ? null : locationOf(workspace, view, span);
}

export async function references(workspace: Workspace, params: ReferenceParams): Promise<Location[] | null> {
  const found = await occurrenceIn(workspace, params);
  if (found === undefined) return null;
  const { view, occurrence } = found;
  return sameThing(occurrence, view.analysis, view.names)
    .filter(({ declares }) => !declares || params.context.includeDeclaration)
    .flatMap(({ span }) => locationOf(workspace, view, span));
}

export async function highlight(
  workspace: Workspace,
  params: TextDocumentPositionParams,
): Promise<DocumentHighlight[] | null> {
  const found = await occurrenceIn(workspace, params);
  if (found === undefined) return null;
  const { view, occurrence } = found;
  return sameThing(occurrence, view.analysis, view.names)
    .filter(({ span }) => span.file === view.text.source.file)
    .map(({ span, declares }) => ({
      range: rangeOf(view.text, span),
      kind: declares ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
}
