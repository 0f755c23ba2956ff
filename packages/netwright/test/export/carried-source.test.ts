// What wrappers carry of the packages is what the packages compute: `npm run export:source` writes it anew.

import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { called, statements } from "../../src/export/wrapper/carried-source.ts";
import { carriedStatements } from "./carried-statements.ts";

const FILE = new URL("../../src/export/wrapper/carried-source.ts", import.meta.url);

test("the statements are those of the sources", async () => {
  const carried = await carriedStatements();
  if (process.env["UPDATE_SOURCE"] !== undefined) {
    const [head = ""] = readFileSync(FILE, "utf8").split(/^export /m);
    const lines = carried.statements.map(
      ({ text, needs }) => `  { text: ${JSON.stringify(text)}, needs: ${JSON.stringify(needs)} },`,
    );
    const names = Object.entries(carried.called).map(
      ([name, [place, own]]) => `  ${name}: [${place}, ${JSON.stringify(own)}],`,
    );
    writeFileSync(
      FILE,
      `${head}export const statements: readonly { readonly text: string; readonly needs: readonly number[] }[] = [\n${lines.join("\n")}\n];\n\nexport const called = {\n${names.join("\n")}\n} as const;\n`,
    );
    return;
  }
  expect({ statements, called }).toEqual(carried);
});

test("no definition is among them, nor anything that other engines compute otherwise", () => {
  for (const { text } of statements) {
    expect(text).not.toMatch(/\bdefine[A-Z]/);
    expect(text).not.toMatch(/Math\.(?:exp|log|pow|sin|cos|tan|tanh|cbrt|hypot|random)\b/);
    expect(text).not.toMatch(/Date\.(?:parse|UTC|now)|new Date|Intl|toLocale|localeCompare|normalize\(/);
  }
});
