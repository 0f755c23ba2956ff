// The language server: documents in, answers out. What is said is in `requests/`, one file each, and comes
// from `@netwright/lang`; here is only which request asks for what.

import {
  type CancellationToken,
  CodeActionKind,
  type Connection,
  DidChangeWorkspaceFoldersNotification,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
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
import { workspaceFolders } from "./workspace/folders.ts";
import { createWorkspace, type Workspace } from "./workspace/workspace.ts";

/** Serves `connection` until it is closed. */
export function startServer(connection: Connection, environment: Environment): void {
  const documents = new TextDocuments(TextDocument);
  let supportsSnippets = false;
  const folders = workspaceFolders(environment);
  const workspace = createWorkspace(documents, environment, folders.all, (view) => {
    const { uri, version } = view;
    void connection.sendDiagnostics({ uri, version, diagnostics: protocolDiagnostics(view) });
  });

  /** A request that waits for an analysis; who takes it back is answered at once. */
  const answer =
    <P, R>(request: (workspace: Workspace, params: P) => Promise<R>) =>
    (params: P, token: CancellationToken): Promise<R | ResponseError> =>
      new Promise((resolve, reject) => {
        const takeBack = (): void =>
          resolve(new ResponseError(LSPErrorCodes.RequestCancelled, "the request was taken back"));
        // A token that is cancelled before anybody has seen it tells nobody.
        if (token.isCancellationRequested) return takeBack();
        token.onCancellationRequested(takeBack);
        request(workspace, params).then(resolve, reject);
      });

  connection.onInitialize((params) => {
    supportsSnippets = clientTakesSnippets(params);
    folders.begin(params);
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
  connection.onHover(answer(hover));
  connection.onDefinition(answer(definition));
  connection.onReferences(answer(references));
  connection.onDocumentHighlight(answer(highlight));
  connection.onPrepareRename(answer(prepareRename));
  connection.onRenameRequest(answer(rename));
  connection.onSignatureHelp((params) => signatureHelp(workspace, params));
  connection.onCodeAction(answer(codeActions));
  connection.onDocumentFormatting((params) => formatting(workspace, params));
  connection.onDocumentSymbol(answer(documentSymbols));
  connection.onFoldingRanges(answer(foldingRanges));
  connection.languages.inlayHint.on(answer(inlayHints));
  connection.languages.semanticTokens.on(answer(semanticTokens));
  connection.languages.semanticTokens.onRange(answer(semanticTokensInRange));

  connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event }) => {
    folders.change(event);
    workspace.refresh();
  });

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
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

function clientTakesSnippets({ capabilities: { textDocument } }: InitializeParams): boolean {
  return textDocument?.completion?.completionItem?.snippetSupport === true;
}
