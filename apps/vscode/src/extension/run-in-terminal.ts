// The commands Train and Explain: the file of the active editor, or the one that was clicked on, given to the
// command `netwright` in a terminal. A task, because that quotes the path for whatever shell there is. The command runs in the
// folder of the file, and npx takes it from there: so it is run in workspaces that are trusted, and in no others.

import { dirname } from "node:path";
import {
  commands,
  ShellExecution,
  ShellQuoting,
  Task,
  TaskRevealKind,
  TaskScope,
  tasks,
  Uri,
  window,
  workspace,
} from "vscode";

export async function runInTerminal(command: "train" | "explain", target: unknown): Promise<void> {
  const uri = target instanceof Uri ? target : window.activeTextEditor?.document.uri;
  if (uri === undefined || uri.scheme !== "file" || !uri.fsPath.endsWith(".net")) {
    await window.showWarningMessage(`Netwright: open a .net file that is saved on disk to ${command} it.`);
    return;
  }
  if (!workspace.isTrusted) return refuse(command);
  const document = workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  if (document?.isDirty && !(await document.save())) return;
  const file = uri.fsPath;
  const [program = "npx", ...before] = configuredCommand(uri);
  const words = [...before, command, file].map((value) => ({ value, quoting: ShellQuoting.Strong }));
  const execution = new ShellExecution({ value: program, quoting: ShellQuoting.Strong }, words, {
    cwd: dirname(file),
  });
  const definition = { type: "netwright", command, file };
  const scope = workspace.getWorkspaceFolder(uri) ?? TaskScope.Workspace;
  const task = new Task(
    definition,
    scope,
    `${command} ${workspace.asRelativePath(uri)}`,
    "netwright",
    execution,
  );
  task.presentationOptions = { reveal: TaskRevealKind.Always, focus: true, clear: false };
  await tasks.executeTask(task);
}

const TRUST = "Manage Workspace Trust";

async function refuse(command: string): Promise<void> {
  const what = `Netwright: to ${command} runs a program that this folder may have brought, and this workspace is not trusted.`;
  if ((await window.showWarningMessage(what, TRUST)) === TRUST)
    await commands.executeCommand("workbench.trust.manage");
}

function configuredCommand(uri: Uri): readonly string[] {
  const words: unknown = workspace.getConfiguration("netwright", uri).get("command");
  const given = Array.isArray(words) ? words.filter((word) => typeof word === "string" && word !== "") : [];
  return given.length === 0 ? ["npx", "netwright"] : given;
}
