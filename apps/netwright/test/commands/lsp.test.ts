// `netwright lsp --stdio`: the protocol on standard input and output, with the real catalog and files on disk.

import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { cli } from "../support/cli.ts";

const EXAMPLE = fileURLToPath(new URL("../../../../examples/concrete/concrete.net", import.meta.url));
const URI = pathToFileURL(EXAMPLE).href;
const TEXT = readFileSync(EXAMPLE, "utf8");

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

async function* messages(...all: readonly Message[]): AsyncGenerator<Uint8Array> {
  for (const message of all) {
    const body = new TextEncoder().encode(JSON.stringify({ jsonrpc: "2.0", ...message }));
    yield new TextEncoder().encode(`Content-Length: ${body.length}\r\n\r\n`);
    yield body;
  }
  // The client stays, whether or not the server ends.
  await new Promise(() => {});
}

/** By id. */
function answers(stdout: string): Map<number, unknown> {
  const bodies = stdout.split(/Content-Length: \d+\r\n\r\n/).slice(1);
  return new Map(
    bodies.flatMap((body) => {
      const { id, result }: Message = JSON.parse(body);
      return id === undefined ? [] : [[id, result] as const];
    }),
  );
}

const START: readonly Message[] = [
  { id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } },
  { method: "initialized", params: {} },
];

describe("netwright lsp", () => {
  test("answers on standard output, and ends with 0 when it is asked to", async () => {
    const line = TEXT.split("\n").findIndex((one) => one.includes("target:"));
    const played = await cli(["lsp", "--stdio"], {
      stdin: messages(
        ...START,
        {
          method: "textDocument/didOpen",
          params: { textDocument: { uri: URI, languageId: "netwright", version: 1, text: TEXT } },
        },
        {
          id: 2,
          method: "textDocument/completion",
          params: { textDocument: { uri: URI }, position: { line, character: 10 } },
        },
        { id: 3, method: "shutdown" },
        { method: "exit" },
      ),
    });
    expect(played.code).toBe(0);
    expect(played.stderr).toBe("");
    const found = answers(played.stdout);
    expect(JSON.stringify(found.get(1))).toContain('"serverInfo":{"name":"netwright"');
    expect(JSON.stringify(found.get(2))).toContain('"CompressiveStrength"');
  });

  test("ends with 1 when the client goes away without a word", async () => {
    const played = await cli(["lsp", "--stdio"], { stdin: "" });
    expect([played.code, played.stdout]).toEqual([1, ""]);
  });
});
