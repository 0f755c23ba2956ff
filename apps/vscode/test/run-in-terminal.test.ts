// Train and Explain: the command is one that the folder of the file may have brought, so it runs where the user trusts that.

import { beforeEach, expect, jest, test } from "@jest/globals";

class Uri {
  readonly scheme = "file";
  readonly fsPath = "/work/models/m.net";
}

class ShellExecution {
  readonly command: unknown;
  readonly words: readonly unknown[];
  constructor(command: unknown, words: readonly unknown[]) {
    this.command = command;
    this.words = words;
  }
}

class Task {
  readonly execution: unknown;
  constructor(_definition: unknown, _scope: unknown, _name: unknown, _source: unknown, execution: unknown) {
    this.execution = execution;
  }
}

const executeTask = jest.fn<(task: Task) => Promise<void>>();
const executeCommand = jest.fn<(command: string) => Promise<void>>();
const showWarningMessage = jest.fn<(message: string, ...actions: string[]) => Promise<string | undefined>>();
const workspace = {
  isTrusted: true,
  textDocuments: [],
  getConfiguration: () => ({ get: () => ["npx", "netwright"] }),
  getWorkspaceFolder: () => undefined,
  asRelativePath: () => "m.net",
};
jest.unstable_mockModule(
  "vscode",
  () => ({
    commands: { executeCommand },
    ShellExecution,
    ShellQuoting: { Strong: 2 },
    Task,
    TaskRevealKind: { Always: 1 },
    TaskScope: { Workspace: 2 },
    tasks: { executeTask },
    Uri,
    window: { showWarningMessage, activeTextEditor: undefined },
    workspace,
  }),
  { virtual: true },
);
const { runInTerminal } = await import("../src/extension/run-in-terminal.ts");

beforeEach(() => {
  jest.resetAllMocks();
  workspace.isTrusted = true;
});

test("a trusted workspace has its command run", async () => {
  await runInTerminal("train", new Uri());
  expect(executeTask).toHaveBeenCalledTimes(1);
  expect(JSON.stringify(executeTask.mock.calls[0]?.[0])).toContain("/work/models/m.net");
  expect(showWarningMessage).not.toHaveBeenCalled();
});

test.each(["train", "explain"] as const)(
  "%s runs nothing where it is not trusted, and says so",
  async (command) => {
    workspace.isTrusted = false;
    await runInTerminal(command, new Uri());
    expect(executeTask).not.toHaveBeenCalled();
    expect(showWarningMessage.mock.calls[0]?.[0]).toContain("this workspace is not trusted");
    expect(executeCommand).not.toHaveBeenCalled();
    showWarningMessage.mockResolvedValue("Manage Workspace Trust");
    await runInTerminal(command, new Uri());
    expect(executeCommand).toHaveBeenCalledWith("workbench.trust.manage");
    expect(executeTask).not.toHaveBeenCalled();
  },
);
