// The language server: documents in, answers out. What is said is in `requests/`, one file each, and comes
// from `@netwright/lang`; here is only which request asks for what.

import {
  CodeActionKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Environment } from "./environment.ts";
import { codeActions } from "./requests/code-actions.ts";
import { complete } from "./requests/completion.ts";
import { protocolDiagnostics } from "./requests/diagnostics.ts";
import { documentSymbols } from "./requests/document-symbols.ts";
import { foldingRanges } from "./requests/folding-ranges.ts";
import { formatting } from "./requests/formatting.ts";
import { hover } from "./requests/hover.ts";
import { inlayHints } from "./requests/inlay-hints.ts";
import { definition, highlight, references } from "./requests/navigation.ts";
import { prepareRename, rename } from "./requests/rename.ts";
import { legend, semanticTokens, semanticTokensInRange } from "./requests/semantic-tokens.ts";
import { signatureHelp } from "./requests/signature-help.ts";
import { createWorkspace } from "./workspace/workspace.ts";

/** Serves `connection` until it is closed. */
export function startServer(connection: Connection, environment: Environment): void {
  const documents = new TextDocuments(TextDocument);
  let supportsSnippets = false;
  const workspace = createWorkspace(documents, environment, (view) => {
    const { uri, version } = view;
    void connection.sendDiagnostics({ uri, version, diagnostics: protocolDiagnostics(view) });
  });

  connection.onInitialize((params) => {
    supportsSnippets = clientTakesSnippets(params);
    return { capabilities, serverInfo: { name: "netwright", version: environment.version } };
  });

  // Opening a document counts as a change of its content.
  documents.onDidChangeContent(({ document }) => workspace.changed(document.uri));
  documents.onDidClose(({ document }) => {
    workspace.closed(document.uri);
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });
  // The data, or a file that is used, may have changed on disk.
  documents.onDidSave(() => workspace.refresh());
  connection.onDidChangeWatchedFiles(() => workspace.refresh());

  connection.onCompletion((params) => complete(workspace, params, supportsSnippets));
  connection.onHover((params) => hover(workspace, params));
  connection.onDefinition((params) => definition(workspace, params));
  connection.onReferences((params) => references(workspace, params));
  connection.onDocumentHighlight((params) => highlight(workspace, params));
  connection.onPrepareRename((params) => prepareRename(workspace, params));
  connection.onRenameRequest((params) => rename(workspace, params));
  connection.onSignatureHelp((params) => signatureHelp(workspace, params));
  connection.onCodeAction((params) => codeActions(workspace, params));
  connection.onDocumentFormatting((params) => formatting(workspace, params));
  connection.onDocumentSymbol((params) => documentSymbols(workspace, params));
  connection.onFoldingRanges((params) => foldingRanges(workspace, params));
  connection.languages.inlayHint.on((params) => inlayHints(workspace, params));
  connection.languages.semanticTokens.on((params) => semanticTokens(workspace, params));
  connection.languages.semanticTokens.onRange((params) => semanticTokensInRange(workspace, params));

  documents.listen(connection);
  connection.listen();
}

const capabilities: InitializeResult["capabilities"] = {
  textDocumentSync: {
    openClose: true,
    change: TextDocumentSyncKind.Incremental,
    save: { includeText: false },
  },
  completionProvider: { triggerCharacters: ["(", ":", ",", ".", "[", '"', " "] },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  signatureHelpProvider: { triggerCharacters: ["(", ","] },
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
  documentFormattingProvider: true,
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  inlayHintProvider: true,
  semanticTokensProvider: { legend, full: true, range: true },
};

function clientTakesSnippets({ capabilities: { textDocument } }: InitializeParams): boolean {
  return textDocument?.completion?.completionItem?.snippetSupport === true;
}
