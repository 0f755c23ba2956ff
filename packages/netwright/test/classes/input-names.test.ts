// Names of inputs that a file or a program has for something else, and data that gives no plain numbers.

import { expect, test } from "@jest/globals";
import { NetwrightError, train } from "netwright";

const rows = Array.from({ length: 40 }, (_, i) => ({
  word: `w${i % 20}`,
  other: `o${i % 7}`,
  kind: i % 2 === 0 ? "a" : "b",
}));

async function trained(columns: readonly string[], flow: string): Promise<string> {
  const data = rows.map(({ word, other, kind }) => ({
    kind,
    ...Object.fromEntries(columns.map((name, i) => [name, i === 0 ? word : other])),
  }));
  const described = columns.map((name) => `${name}: category(encoder: ordinal(unknown: other))`).join(", ");
  const text = `netwright 1
data { source: "words.csv", target: kind, columns { ${described} } }
model { ${flow} -> dense(outputs) }
train { loss: cross_entropy, epochs: 1 }
`;
  try {
    return Object.keys((await train(text, { data, backend: "jit" })).metrics).join(" ");
  } catch (error) {
    if (!(error instanceof NetwrightError)) throw error;
    return error.diagnostics.map(({ code }) => code).join(" ");
  }
}

test.each([
  ["x", "x_", "x__"],
  ["y", "y_", "y__"],
  ["weight", "weight_", "weight__"],
  ["features", "features_", "features__"],
])("a column `%s` beside a column `%s` is the input `%s`", async (taken, second, name) => {
  const flow = `parallel { a { input(${name}) -> embedding(2) } b { input(${second}) -> embedding(2) } } -> concat`;
  expect(await trained([taken, second], flow)).toBe("train validation test");
});

test.each([
  ["input(features) -> embedding(2)", "NW0228"],
  ["embedding(features)", "NW0207"],
  ["embedding(2) -> dense(features + 1, relu)", "NW0207"],
  ["embedding(2) -> repeat features { relu }", "NW0207"],
])("without plain numbers there are no `features`: %s", async (flow, code) => {
  expect(await trained(["word"], flow)).toBe(code);
});

test("nor where there are several inputs", async () => {
  const flow =
    "parallel { a { input(features) -> dense(2) } b { input(word) -> embedding(2) } c { input(other) -> embedding(2) } } -> concat";
  expect(await trained(["word", "other"], flow)).toBe("NW0228");
});
