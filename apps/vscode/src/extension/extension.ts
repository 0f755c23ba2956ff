// The extension's entry: starts the language server and registers the commands.

import { commands, type ExtensionContext, workspace } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { runInTerminal } from "./run-in-terminal.ts";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    commands.registerCommand("netwright.train", (target?: unknown) => runInTerminal("train", target)),
    commands.registerCommand("netwright.explain", (target?: unknown) => runInTerminal("explain", target)),
  );
  const module = context.asAbsolutePath("dist/server.js");
  // What an editor opens and what is on disk both change the meaning of a file: its data and the files it uses.
  const watcher = workspace.createFileSystemWatcher("**/*.{net,csv}");
  context.subscriptions.push(watcher);
  client = new LanguageClient(
    "netwright",
    "Netwright",
    { module, transport: TransportKind.stdio },
    {
      documentSelector: [{ language: "netwright" }],
      synchronize: { fileEvents: watcher },
      initializationOptions: { allow: workspace.getConfiguration("netwright").get<string[]>("allow", []) },
    },
  );
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
