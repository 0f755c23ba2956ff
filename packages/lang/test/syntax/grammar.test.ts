// What is not looked at when a text is read, for it takes longer than the reading.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { Lexer } from "chevrotain";
import { createReport } from "../../src/report.ts";
import { sourceText } from "../../src/source/source-text.ts";
import { NetParser } from "../../src/syntax/grammar.ts";
import { layOut } from "../../src/syntax/layout.ts";
import { lex } from "../../src/syntax/lex.ts";
import { allTokens } from "../../src/syntax/tokens.ts";

test("the grammar has no mistake and no ambiguity but those that are marked as meant", () => {
  expect(() => new NetParser({ recoveryEnabled: true, validate: true })).not.toThrow();
});

test("the tokens have no mistake", () => {
  expect(new Lexer(allTokens, { positionTracking: "onlyOffset" }).lexerDefinitionErrors).toEqual([]);
});

describe("a text without mistakes reads the same with and without recovery", () => {
  const specs = fileURLToPath(new URL("../specs", import.meta.url));
  const files = readdirSync(specs, { recursive: true, encoding: "utf8" }).filter((file) =>
    /(^|[\\/])valid-[^\\/]*\.net$/.test(file),
  );

  test.each(files)("%s", (file) => {
    const source = sourceText(file, readFileSync(`${specs}/${file}`, "utf8"));
    const tokens = layOut(lex(source, createReport()).tokens, source, createReport()) ?? [];
    const [plain, recovering] = [false, true].map((recoveryEnabled) => {
      const parser = new NetParser({ recoveryEnabled });
      parser.input = [...tokens];
      return { cst: parser.file(), errors: parser.errors };
    });
    expect(plain?.errors).toEqual([]);
    expect(plain).toEqual(recovering);
  });
});
