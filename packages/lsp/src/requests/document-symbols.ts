// textDocument/documentSymbol

import { visible } from "@netwright/definitions";
import { type OutlineEntry, type OutlineKind, outlineOf } from "@netwright/lang/service";
import { type DocumentSymbol, type DocumentSymbolParams, SymbolKind } from "vscode-languageserver";
import { rangeOf, type Text } from "../text/positions.ts";
import type { Workspace } from "../workspace/workspace.ts";

const KINDS: { readonly [K in OutlineKind]: SymbolKind } = {
  param: SymbolKind.Variable,
  block: SymbolKind.Class,
  section: SymbolKind.Module,
  setting: SymbolKind.Property,
  step: SymbolKind.Function,
  branch: SymbolKind.Namespace,
};

export async function documentSymbols(
  workspace: Workspace,
  { textDocument }: DocumentSymbolParams,
): Promise<DocumentSymbol[]> {
  const view = await workspace.view(textDocument.uri);
  return view === undefined ? [] : outlineOf(view.analysis.tree).map((entry) => symbolOf(entry, view.text));
}

function symbolOf({ name, kind, span, nameSpan, children }: OutlineEntry, text: Text): DocumentSymbol {
  return {
    name: visible(name),
    kind: KINDS[kind],
    range: rangeOf(text, span),
    selectionRange: rangeOf(text, nameSpan),
    ...(children.length === 0 ? {} : { children: children.map((child) => symbolOf(child, text)) }),
  };
}
