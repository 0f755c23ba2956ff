// A file of 5,000 lines: a keystroke is answered from the present text without an analysis, and what needs one
// shares it. The times here are wide bounds; `npm run bench -- editor` measures.

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { CancellationTokenSource, LSPErrorCodes } from "vscode-languageserver-protocol";
import { type Client, connect } from "./client.ts";
import { largeFile } from "./large-file.ts";

const URI = "file:///large.net";
const TEXT = largeFile(5_000);
/** Inside of the first block, behind `dense(units, act)`. */
const LINE = 6;
/** On a machine that does much else, milliseconds. */
const SLOW = 60_000;

let client: Client;
let analyses = 0;
/** What the server has put off; time passes when a test says so. */
const later = new Set<() => void>();

/** Lets the server read what was sent, and then the pause in typing pass. */
async function pause(): Promise<void> {
  await client.at("completion", URI, 0, 0);
  for (const run of [...later]) run();
}

beforeEach(async () => {
  analyses = 0;
  later.clear();
  let time = 0;
  client = await connect({
    environment: {
      // An analysis asks for the time before and after itself; each one seems to take a second.
      now: () => {
        time += 1_000;
        analyses += 0.5;
        return time;
      },
      after: (_, run) => {
        const once = (): void => {
          later.delete(once);
          run();
        };
        later.add(once);
        return () => later.delete(once);
      },
    },
  });
  client.open(URI, TEXT);
  await pause();
  expect(await client.diagnostics(URI)).toEqual([]);
}, SLOW);
afterEach(() => client.close());

const typed = (version: number, text: string, column: number): void => {
  const at = { line: LINE, character: column };
  client.change(URI, version, [{ range: { start: at, end: at }, text }]);
};

describe("5,000 lines", () => {
  test(
    "a keystroke is answered from the present text, before any analysis of it",
    async () => {
      const line = TEXT.split("\n")[LINE] ?? "";
      expect(line).toBe("  dense(units, act)");
      typed(2, "\n  dr", line.length);
      const items = await client.at("completion", URI, LINE + 1, 4);
      expect(items.map(({ label }) => label)).toContain("dropout");
      typed(3, "opout(", line.length + 5);
      // The names of the block come from the last analysis, the place from the words of the present text.
      typed(4, "\n  dense(", line.length);
      const inside = await client.at("completion", URI, LINE + 1, 8);
      expect(inside.map(({ label }) => label)).toEqual(expect.arrayContaining(["units", "act", "width"]));
      const help = await client.at("signatureHelp", URI, LINE + 1, 8);
      expect(help?.signatures[0]?.label).toMatch(/^dense\(units, activation = linear/);
      expect(analyses).toBe(1);
    },
    SLOW,
  );

  test(
    "many keystrokes and all that is asked behind them make one analysis",
    async () => {
      for (let i = 0; i < 10; i++) typed(i + 2, " ", 0);
      const range = { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } };
      const asked = Promise.all([
        client.of("semanticTokens/range", URI, { range }),
        client.of("inlayHint", URI, { range }),
        client.of("documentSymbol", URI),
        client.of("foldingRange", URI),
        client.at("hover", URI, 5, 8),
      ]);
      await pause();
      const [tokens, hints, symbols] = await asked;
      expect(tokens.data.length).toBeGreaterThan(100);
      expect(hints.length).toBeGreaterThan(4);
      expect(symbols.length).toBeGreaterThan(1_000);
      expect(await client.diagnostics(URI, 11)).toEqual([]);
      expect(analyses).toBe(2);
    },
    SLOW,
  );

  test(
    "a question about a text that changes meanwhile is taken back, not answered wrongly",
    async () => {
      typed(2, " ", 0);
      const asked = client.at("hover", URI, 5, 8);
      typed(3, " ", 0);
      const again = client.at("hover", URI, 5, 8);
      const refused = expect(asked).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified });
      await pause();
      await refused;
      expect(await again).not.toBeNull();
    },
    SLOW,
  );

  test(
    "a question that is taken back is answered at once, without an analysis",
    async () => {
      typed(2, " ", 0);
      const params = { textDocument: { uri: URI }, position: { line: 5, character: 8 } };
      const ask = () => {
        const source = new CancellationTokenSource();
        const answer = client.connection.sendRequest("textDocument/hover", params, source.token);
        return {
          source,
          refused: expect(answer).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled }),
        };
      };
      // Once before the server has seen the question, once while it waits.
      const early = ask();
      early.source.cancel();
      const late = ask();
      await client.at("completion", URI, 0, 0);
      late.source.cancel();
      await Promise.all([early.refused, late.refused]);
      expect(analyses).toBe(1);
    },
    SLOW,
  );
});
