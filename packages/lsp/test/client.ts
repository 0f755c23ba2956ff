// A client for tests: a real connection to a server in this process, over two streams of bytes.

import { PassThrough } from "node:stream";
import type {
  CodeAction,
  CompletionItem,
  Diagnostic,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  ProtocolConnection,
  PublishDiagnosticsParams,
  SemanticTokens,
  SignatureHelp,
  TextDocumentContentChangeEvent,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver-protocol";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { catalog, headers } from "../../lang/test/catalog.ts";
import { type Environment, serve } from "../src/index.ts";

export interface Client {
  readonly connection: ProtocolConnection;
  readonly open: (uri: string, text: string) => void;
  readonly change: (uri: string, version: number, changes: TextDocumentContentChangeEvent[]) => void;
  /** The next diagnostics of a document, or those of a version. */
  readonly diagnostics: (uri: string, version?: number) => Promise<Diagnostic[]>;
  /** Any request about a position: `at("hover", uri, line, character)`. */
  readonly at: <M extends keyof Answers>(
    method: M,
    uri: string,
    line: number,
    character: number,
    more?: object,
  ) => Promise<Answers[M]>;
  /** Any request about a whole document. */
  readonly of: <M extends keyof Answers>(method: M, uri: string, more?: object) => Promise<Answers[M]>;
  /** Resolves with the exit code of the server. */
  readonly close: () => Promise<number>;
}

export interface Answers {
  readonly completion: CompletionItem[];
  readonly hover: Hover | null;
  readonly definition: Location[] | null;
  readonly references: Location[] | null;
  readonly documentHighlight: { readonly kind: number }[] | null;
  readonly prepareRename: { readonly placeholder: string } | null;
  readonly rename: WorkspaceEdit | null;
  readonly signatureHelp: SignatureHelp | null;
  readonly codeAction: CodeAction[];
  readonly formatting: TextEdit[] | null;
  readonly documentSymbol: DocumentSymbol[];
  readonly foldingRange: FoldingRange[];
  readonly inlayHint: InlayHint[];
  readonly "semanticTokens/full": SemanticTokens;
  readonly "semanticTokens/range": SemanticTokens;
}

export interface World {
  /** Files besides the open ones, by path. */
  readonly files?: Map<string, string>;
  readonly environment?: Partial<Environment>;
}

/** Documents are `file:///<path>`, and columns those of the language's tests. */
export async function connect({ files = new Map(), environment = {} }: World = {}): Promise<Client> {
  const [there, back] = [new PassThrough(), new PassThrough()];
  const ended = serve(new StreamMessageReader(there), new StreamMessageWriter(back), {
    catalog,
    fileOf: (uri) => uri.replace("file:///", ""),
    uriOf: (file) => `file:///${file}`,
    hostOf: (openText) => ({
      readFile: (path) => {
        const text = openText(path) ?? files.get(path);
        return text === undefined ? undefined : { file: path, text };
      },
      columns: (source) => headers.get(source),
    }),
    countParameters: ({ layer, inputs, type }) =>
      layer === "dense" ? ((inputs[0]?.type.shape.at(-1) ?? 0) + 1) * (type.shape.at(-1) ?? 0) : 0,
    after: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
    // No analysis seems to take long, whatever else the machine does.
    now: () => 0,
    version: "0.0.0",
    ...environment,
  });
  const connection = createProtocolConnection(new StreamMessageReader(back), new StreamMessageWriter(there));
  const published = new Map<string, PublishDiagnosticsParams>();
  const waiting = new Set<() => void>();
  connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    published.set(params.uri, params);
    for (const wake of waiting) wake();
  });
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: null,
    rootUri: null,
    capabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } } } },
  });
  await connection.sendNotification("initialized", {});
  const notify = (method: string, params: object): void => void connection.sendNotification(method, params);
  return {
    connection,
    open: (uri, text) =>
      notify("textDocument/didOpen", { textDocument: { uri, languageId: "netwright", version: 1, text } }),
    change: (uri, version, contentChanges) =>
      notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges }),
    diagnostics: (uri, version = 1) =>
      new Promise((resolve) => {
        const look = (): void => {
          const params = published.get(uri);
          if (params?.version === undefined || params.version < version) return;
          waiting.delete(look);
          resolve(params.diagnostics);
        };
        waiting.add(look);
        look();
      }),
    at: (method, uri, line, character, more = {}) =>
      connection.sendRequest(`textDocument/${method}`, {
        textDocument: { uri },
        position: { line, character },
        ...more,
      }),
    of: (method, uri, more = {}) =>
      connection.sendRequest(`textDocument/${method}`, { textDocument: { uri }, ...more }),
    close: async () => {
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      const code = await ended;
      connection.dispose();
      return code;
    },
  };
}

/** A text with `|` where the cursor is. */
export function cursor(marked: string): {
  readonly text: string;
  readonly line: number;
  readonly character: number;
} {
  const offset = marked.indexOf("|");
  const before = marked.slice(0, offset);
  const lineStart = Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1;
  return {
    text: before + marked.slice(offset + 1),
    line: before.split(/\r\n|\n|\r/).length - 1,
    character: offset - lineStart,
  };
}
