// textDocument/completion

import { visible, visibleLines } from "@netwright/definitions";
import { type ChoiceKind, completionAt, dataSourceOf, tokensOf } from "@netwright/lang/service";
import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionParams,
  InsertTextFormat,
  MarkupKind,
} from "vscode-languageserver";
import { offsetOf, rangeOf } from "../text/positions.ts";

import type { Workspace } from "../workspace/workspace.ts";

const KINDS: { readonly [K in ChoiceKind]: CompletionItemKind } = {
  keyword: CompletionItemKind.Keyword,
  layer: CompletionItemKind.Function,
  block: CompletionItemKind.Class,
  param: CompletionItemKind.Variable,
  key: CompletionItemKind.Property,
  argument: CompletionItemKind.Field,
  definition: CompletionItemKind.Function,
  value: CompletionItemKind.EnumMember,
  column: CompletionItemKind.Field,
  metric: CompletionItemKind.Property,
};

export function complete(
  workspace: Workspace,
  { textDocument, position, context }: CompletionParams,
  supportsSnippets: boolean,
): CompletionItem[] {
  const glance = workspace.glance(textDocument.uri);
  if (glance === undefined) return [];
  const { text, names } = glance;
  const { source } = text;
  const columns = (): readonly string[] => {
    const path = dataSourceOf(tokensOf(source), source);
    return path === undefined ? [] : (workspace.columns(path, source.file) ?? []);
  };
  const { replaces, choices } = completionAt(
    { source, names, columns, afterBlank: context?.triggerCharacter === " " },
    offsetOf(text, position),
  );
  const range = rangeOf(text, replaces);
  return choices.map(({ label, kind, detail, doc, insert, isSnippet, rank }) => {
    const snippet = isSnippet && supportsSnippets;
    const plain = isSnippet ? label : insert;
    return {
      // Shown as it can be seen; written as it is.
      label: visible(label),
      kind: KINDS[kind],
      ...(detail === undefined ? {} : { detail: visible(detail) }),
      ...(doc === undefined
        ? {}
        : { documentation: { kind: MarkupKind.Markdown, value: visibleLines(doc) } }),
      sortText: `${rank} ${label}`,
      // What an editor filters by is the text that is replaced, a quote included.
      filterText: source.text.charAt(replaces.start) === '"' && !snippet ? plain : label,
      insertTextFormat: snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
      textEdit: { range, newText: snippet ? insert : plain },
    };
  });
}
