// Texts that are being typed, line ends and characters of every kind: each request answers, at the right place.

import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Client, connect } from "./client.ts";

const URI = "file:///test.net";
const EXAMPLE = readFileSync(new URL("../../../examples/concrete/concrete.net", import.meta.url), "utf8");

const SHORT = `netwright 1
param n = 3 in 1..6
data d {
  source: "two.csv" # \u{1F9F1}
  target: y
  features: [x, "Fly Ash"]
  columns { x: number(min: 0) }
  split: { seed: 1 }
}
block b(u, act = relu) { dense(u + 1) -> act }
model {
  repeat n { b(4, act: tanh) }
  residual { dense(5) }
  parallel { l { relu } r { relu } } -> add
  if n > 2 { dropout(10%) } else { relu }
  dense(outputs)
}
train { stop: early(patience: 3) }
expect { test.r2 > 0.5 }
`;

let client: Client;
beforeEach(async () => {
  client = await connect();
});
afterEach(async () => {
  expect(await client.close()).toBe(0);
});

const context = { diagnostics: [], includeDeclaration: true };

/** Asks everything about a place; fails when any request does. */
async function askAll(line: number, character: number): Promise<void> {
  const range = { start: { line: 0, character: 0 }, end: { line, character } };
  await Promise.all([
    client.at("completion", URI, line, character),
    client.at("hover", URI, line, character),
    client.at("definition", URI, line, character),
    client.at("references", URI, line, character, { context }),
    client.at("documentHighlight", URI, line, character),
    client.at("prepareRename", URI, line, character),
    client.at("signatureHelp", URI, line, character),
    client.of("codeAction", URI, { range, context }),
    client.of("formatting", URI, { options: { tabSize: 2, insertSpaces: true } }),
    client.of("documentSymbol", URI),
    client.of("foldingRange", URI),
    client.of("inlayHint", URI, { range }),
    client.of("semanticTokens/full", URI),
    client.of("semanticTokens/range", URI, { range }),
  ]);
}

describe("every prefix of a file", () => {
  test.each([
    ["a short file with everything, a character at a time", SHORT, 1],
    ["an example, a few characters at a time", EXAMPLE, 9],
  ])(
    "answers every request without an error, with the cursor at its end: %s",
    async (_, text, step) => {
      client.open(URI, "");
      const document = TextDocument.create(URI, "netwright", 1, text);
      let version = 1;
      for (let offset = 0; offset < text.length; offset += step) {
        const at = document.positionAt(offset);
        client.change(URI, ++version, [
          { range: { start: at, end: at }, text: text.slice(offset, offset + step) },
        ]);
        const { line, character } = document.positionAt(offset + step);
        await askAll(line, character);
      }
      // Typed in pieces, it is the file.
      expect(await client.diagnostics(URI, version)).toEqual([]);
    },
    120_000,
  );

  test("without any one of its lines answers, too", async () => {
    const lines = EXAMPLE.split("\n");
    client.open(URI, "");
    for (let i = 0; i < lines.length; i++) {
      client.change(URI, i + 2, [{ text: lines.filter((_, at) => at !== i).join("\n") }]);
      await askAll(i, 3);
      await askAll(i + 1, 99);
    }
  }, 120_000);
});

describe("line ends and characters", () => {
  const TEXT =
    'netwright 1\n# \u{1F9F1} bricks\ndata d {\n  source: "two.csv" # \u{1F600}\n  target: yy\n}\n';
  const PLACE = { start: { line: 4, character: 10 }, end: { line: 4, character: 12 } };

  test.each([
    ["LF", TEXT],
    ["CRLF", TEXT.replaceAll("\n", "\r\n")],
    ["CR", TEXT.replaceAll("\n", "\r")],
    ["a byte order mark", `\ufeff${TEXT}`],
  ])("%s: a diagnostic is at its place", async (_, text) => {
    client.open(URI, text);
    const found = await client.diagnostics(URI);
    expect(found.find(({ code }) => code === "NW0601")?.range).toEqual(PLACE);
  });

  test("columns are UTF-16 units: a character outside of the basic plane is two", async () => {
    const text = 'data d { source: "\u{1F9F1}\u{1F9F1}", target: y, target_of: y }\n';
    client.open(URI, `netwright 1\n${text}model { dense(1) }\n`);
    const found = await client.diagnostics(URI);
    const start = text.indexOf("target_of");
    const range = { start: { line: 1, character: start }, end: { line: 1, character: start + 9 } };
    expect(found.find(({ code }) => code === "NW0203")?.range).toEqual(range);
    const hover = await client.at("hover", URI, 1, text.indexOf("target") + 2);
    expect(hover?.range?.start.character).toBe(text.indexOf("target"));
  });

  test("a byte order mark is a character of the first line", async () => {
    client.open(URI, "\ufeffparam p = 1\nmodel { input(p) -> dense(1) }\n");
    const found = await client.at("definition", URI, 1, 14);
    expect(found?.[0]?.range).toEqual({ start: { line: 0, character: 7 }, end: { line: 0, character: 8 } });
    const back = await client.at("references", URI, 0, 7, { context });
    expect(back).toHaveLength(2);
  });

  test("formatting a text with CRLF leaves CRLF", async () => {
    const untidy = "netwright 1\r\n\r\nmodel {\r\n  input( 4 )\r\n  dense(1)\r\n}\r\n";
    client.open(URI, untidy);
    const edits = await client.of("formatting", URI, { options: { tabSize: 2, insertSpaces: true } });
    const document = TextDocument.create(URI, "netwright", 1, untidy);
    expect(TextDocument.applyEdits(document, edits ?? [])).toBe(untidy.replace("( 4 )", "(4)"));
  });

  test("positions outside of the text mean its nearest place", async () => {
    client.open(URI, "model { }");
    for (const [line, character] of [
      [0, 1000],
      [1000, 0],
      [1000, 1000],
    ] as const) {
      await askAll(line, character);
    }
  });
});

describe("documents that are not there", () => {
  test("have no answers, and closing one takes its diagnostics back", async () => {
    expect(await client.at("hover", "file:///none.net", 0, 0)).toBeNull();
    expect(await client.at("completion", "file:///none.net", 0, 0)).toEqual([]);
    client.open(URI, "model {");
    expect(await client.diagnostics(URI)).not.toEqual([]);
    void client.connection.sendNotification("textDocument/didClose", { textDocument: { uri: URI } });
    expect(await client.at("hover", URI, 0, 0)).toBeNull();
  });
});
