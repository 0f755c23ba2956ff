// textDocument/hover

import { visibleLines } from "@netwright/definitions";
import { hoverOf, occurrenceAt } from "@netwright/lang/service";
import { type Hover, type HoverParams, MarkupKind } from "vscode-languageserver";
import { offsetOf, rangeOf } from "../text/positions.ts";
import type { Workspace } from "../workspace/workspace.ts";

export async function hover(
  workspace: Workspace,
  { textDocument, position }: HoverParams,
): Promise<Hover | null> {
  const view = await workspace.view(textDocument.uri);
  if (view === undefined) return null;
  const occurrence = occurrenceAt(view.occurrences(), offsetOf(view.text, position));
  const found =
    occurrence === undefined
      ? undefined
      : hoverOf(occurrence, view.analysis, workspace.environment.countParameters);
  if (found === undefined) return null;
  return {
    range: rangeOf(view.text, found.span),
    contents: { kind: MarkupKind.Markdown, value: visibleLines(found.markdown) },
  };
}
