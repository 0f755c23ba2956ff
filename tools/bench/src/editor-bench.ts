// How long an editor waits for `netwright lsp`: keystrokes in a large file, each a change and a completion, over
// the protocol and between two processes, as it is in an editor.

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import Table from "cli-table3";
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

interface EditorBench {
  readonly lines: number;
  readonly keystrokes: number;
  /** Between two keystrokes, milliseconds. */
  readonly pause: number;
}

const MAIN = fileURLToPath(new URL("../../../apps/netwright/dist/main.js", import.meta.url));
const URI = "file:///nowhere/large.net";

export async function editorBench({ lines, keystrokes, pause }: EditorBench): Promise<void> {
  const server = spawn(process.execPath, [MAIN, "lsp", "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const times: Record<string, number[]> = { "change to completion": [], "change to diagnostics": [] };
  let published = (): void => {};
  connection.onNotification("textDocument/publishDiagnostics", () => published());
  connection.listen();
  await connection.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {} });
  const diagnostics = () => new Promise<void>((resolve) => (published = resolve));

  const text = largeFile(lines);
  const opened = performance.now();
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri: URI, languageId: "netwright", version: 1, text },
  });
  await diagnostics();
  times["open to diagnostics"] = [performance.now() - opened];

  // A word is typed into the body of a block in the middle of the file.
  const line = Math.floor(lines / 2 / 7) * 7 + 6;
  for (let i = 0; i < keystrokes; i++) {
    const character = i % 7;
    const isNewWord = character === 0;
    const start = performance.now();
    await change(connection, i + 2, line, character, isNewWord ? "\n" : ("dropou"[character - 1] ?? ""));
    await connection.sendRequest("textDocument/completion", position(line, character + 1));
    times["change to completion"]?.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    const seen = diagnostics();
    await change(connection, keystrokes + i + 2, line, 0, " ");
    await seen;
    times["change to diagnostics"]?.push(performance.now() - start);
  }
  for (const [method, more] of QUESTIONS) {
    const start = performance.now();
    await connection.sendRequest(`textDocument/${method}`, { ...position(line, 3), ...more });
    times[method] = [performance.now() - start];
  }
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  connection.dispose();
  process.stdout.write(`${lines} lines, ${Math.round(text.length / 1024)} KB\n${table(times)}\n`);
}

const RANGE = { start: { line: 0, character: 0 }, end: { line: 60, character: 0 } };
const QUESTIONS: readonly (readonly [string, object])[] = [
  ["hover", {}],
  ["inlayHint", { range: RANGE }],
  ["semanticTokens/range", { range: RANGE }],
  ["semanticTokens/full", {}],
  ["documentSymbol", {}],
  ["foldingRange", {}],
  ["formatting", { options: { tabSize: 2, insertSpaces: true } }],
];

function position(line: number, character: number) {
  return { textDocument: { uri: URI }, position: { line, character } };
}

function change(
  connection: ProtocolConnection,
  version: number,
  line: number,
  character: number,
  text: string,
) {
  const at = { line, character };
  return connection.sendNotification("textDocument/didChange", {
    textDocument: { uri: URI, version },
    contentChanges: [{ range: { start: at, end: at }, text }],
  });
}

function table(times: Readonly<Record<string, readonly number[]>>): string {
  const out = new Table({
    head: ["milliseconds", "times", "median", "95%", "most"],
    style: { head: [], border: [] },
  });
  for (const [what, all] of Object.entries(times)) {
    const sorted = [...all].sort((a, b) => a - b);
    const at = (share: number) =>
      (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
    out.push([what, sorted.length, at(0.5), at(0.95), at(1)]);
  }
  return out.toString();
}

/** Blocks of seven lines, each used by the model. */
function largeFile(lines: number): string {
  const blocks = Math.floor((lines - 20) / 7);
  const out = ["netwright 1", "", "param width = 64 in 8..512", ""];
  for (let i = 0; i < blocks; i++) {
    out.push(
      `# Part ${i}`,
      `block part_${i}(units, act = relu) {`,
      "  dense(units, act)",
      `  dense(units + ${i % 9}) -> act -> dropout(0.${1 + (i % 8)})`,
      "  residual(project: dense) { dense(width) }",
      "}",
      `block all_${i}(n) { part_${i}(n) }`,
    );
  }
  const calls = Array.from({ length: blocks }, (_, i) => `all_${i}(${8 + (i % 16)})`).join(" -> ");
  return [...out, "model {", "  input(8)", `  ${calls}`, "}", "", "train {", "  loss: mae", "}", ""].join(
    "\n",
  );
}
