// The table of codes and the wording of names and values.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { dataCodes } from "../../src/index.ts";
import { quote, quoteList } from "../../src/problem/phrases.ts";

test("codes are in this package's range, and each is used somewhere", () => {
  const src = new URL("../../src/", import.meta.url);
  const sources = readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith("codes.ts"))
    .map((file) => readFileSync(new URL(file, src), "utf8"))
    .join("\n");
  for (const code of Object.keys(dataCodes)) {
    expect(code).toMatch(/^NW06[2-9]\d$/);
    expect(sources).toContain(`"${code}"`);
  }
});

test("names are quoted on one line and not too long", () => {
  expect(quote("Fly\nAsh\u001b[31m")).toBe("`Fly\\nAsh\\u001b[31m`");
  expect(quote("x".repeat(100))).toBe(`\`${"x".repeat(60)}...\``);
  expect(quoteList(["a", "b", "c"])).toBe("`a`, `b` and `c`");
  expect(quoteList(Array.from({ length: 14 }, (_, i) => `c${i}`))).toMatch(/`c11` and 2 more$/);
});
