// Texts of 100 KB that once took minutes or would have, because something was looked for again and again. Each
// takes a fraction of a second; what grows faster than the text runs into the time limit of the test.

import { expect, test } from "@jest/globals";
import { format } from "../../src/index.ts";
import { analyzeText } from "../host.ts";

const SIZE = 100_000;
const filled = (piece: string): string => piece.repeat(Math.floor(SIZE / piece.length));

test.each([
  ["comment signs before a line", `${filled("#")}\na`],
  ["blanks behind a brace", `model {${filled(" ")}a`],
  ["blanks before pairs of braces", `${filled(" ")}${"{}".repeat(20_000)}{`],
  ["brackets that cross", filled("( ] { ) [ }\n")],
  ["brackets that cross on a line", filled("{(}")],
  ["empty lines at the end", `model { relu }${filled("\n")}`],
  ["empty lines before an arrow", `model { relu ${filled("\n")}-> relu }`],
  ["empty lines before a brace", `model ${filled("\n")}{ relu }`],
  ["stray characters", filled("@ ")],
  ["words", filled("model ")],
  ["quotes", filled("'")],
  ["numbers and points", filled("1.")],
  ["backslashes", `"${filled("\\q")}"`],
  ["arrows", `model {${filled("-> ")}}`],
  ["semicolons", filled("a; ")],
])("%s", (_, text) => {
  const { diagnostics } = analyzeText(text);
  expect(diagnostics.length).toBeGreaterThan(0);
  expect(diagnostics.length).toBeLessThanOrEqual(1_001);
  expect(format(text, "test.net").text.length).toBeGreaterThan(0);
});
