// What may stand at a cursor, in texts that are whole and in texts that are being typed.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { sourceText } from "../../src/index.ts";
import { type Place, placeAt } from "../../src/service/index.ts";
import { cursor, FILE } from "./service.ts";

function at(marked: string): Place {
  const { text, offset } = cursor(marked);
  const source = sourceText(FILE, text);
  return placeAt(source, offset);
}

/** The expectation in short: `key data.split`, `value train.loss`, `value dense#1`, `value dense.units`. */
function expected(marked: string): string {
  const { expected: wanted } = at(marked);
  if (wanted.kind === "key") return `key ${wanted.path.join(".")}`;
  if (wanted.kind !== "value") return wanted.kind;
  const { slot } = wanted;
  if (slot.kind === "setting") return `value ${slot.path.join(".")}`;
  if (slot.kind !== "argument") return `value ${slot.kind}`;
  const { name, parameter, index } = slot.call;
  return `value ${name}${parameter === undefined ? `#${index}` : `.${parameter}`}${wanted.orName ? "?" : ""}`;
}

describe("a place wants", () => {
  test.each([
    ["|", "statement"],
    ["netwright 1\n\npa|", "statement"],
    ["param |", "nothing"],
    ["param a = |", "value free"],
    ["param a = 2 * |", "value free"],
    ["param a = 2 |", "nothing"],
    ["param a = 2 in |", "value free"],
    ["param a = 2 in [1, |", "value free"],
    ["model { | }", "step"],
    ["model {\n  relu\n  d|", "step"],
    ["model { relu -> |", "step"],
    ["model { relu |", "nothing"],
    ["model { repeat |", "value free"],
    ["model { repeat 2 { |", "step"],
    ["model { if a > |", "value free"],
    ["model { if a > 1 { relu } else { |", "step"],
    ["model { if a > 1 { relu }\n  | }", "step"],
    ["model { parallel { | } }", "nothing"],
    ["model { parallel { a { | } } }", "step"],
    ["model { parallel { a { relu } b { | } } }", "step"],
    ["model { parallel { a { relu } } -> |", "step"],
    ["model { residual(|", "value residual#0?"],
    ["model { residual(project: | ) { relu } }", "value residual.project"],
    ["model { dense(|) }", "value dense#0?"],
    ["model { dense(8, |", "value dense#1?"],
    ["model { dense(8,\n    re|", "value dense#1?"],
    ["model { dense(units: |", "value dense.units"],
    ["model { dense((a + |", "value dense#0"],
    ["model { dense(8, l2(|", "value l2#0?"],
    ["model { dense(8, l2(1), |", "value dense#2?"],
    ["block b(|", "nothing"],
    ["block b(a, c = |", "value free"],
    ["block b(a) { |", "step"],
    ["data d { | }", "key data"],
    ["data d {\n  source: |", "value data.source"],
    ["data d { source: 1 |", "nothing"],
    ["data d { source: 1, t|", "key data"],
    ["data d { features: [a, |", "value data.features"],
    ['data d { target: "a|"', "value data.target"],
    ["data d { split: { | } }", "key data.split"],
    ["data d { split { seed: |", "value data.split.seed"],
    ["data d { columns {\n    |", "key data.columns"],
    ["data d { columns { Age: | } }", "value data.columns.Age"],
    ["data d { columns { Age: number(|", "value number#0?"],
    ["train {\n  loss: mae\n  |\n}", "key train"],
    ["train { optimizer: adam(learning_rate: |", "value adam.learning_rate"],
    ["expect { |", "split"],
    ["expect { test.|", "metric"],
    ["expect { test.r2 |", "nothing"],
    ["expect { test.r2 > |", "value free"],
    ["# |", "nothing"],
    ["model { relu } # what|", "nothing"],
    ["unknown { |", "nothing"],
  ])("%j: %s", (marked, wanted) => {
    expect(expected(marked)).toBe(wanted);
  });

  test("nothing of what was left open before a section that starts a line", () => {
    expect(expected("model {\n  dense(8\ntrain {\n  |")).toBe("key train");
    expect(expected("data d {\n  split: { seed: (\nmodel {\n  |")).toBe("step");
    expect(expected("model {\n  dense(8\ntra|")).toBe("statement");
  });

  test("the whole word that the cursor is in or behind", () => {
    const word = (marked: string) => {
      const { word: span } = at(marked);
      return cursor(marked).text.slice(span.start, span.end);
    };
    expect(word("model { de|nse }")).toBe("dense");
    expect(word("model { dense| }")).toBe("dense");
    expect(word("model { |dense }")).toBe("");
    expect(word('data d { target: "a b|" }')).toBe('"a b"');
    expect(word("model { repeat| }")).toBe("repeat");
  });

  test("in a call, what is given already", () => {
    expect(at("model { dense(8, use_bias: true, |)").call?.given).toEqual(["use_bias"]);
    expect(at("model { dense(8) -> |").call).toBeUndefined();
  });

  test("in a block, its parameters", () => {
    expect(at("block b(a) { repeat 2 { dense(|")).toMatchObject({ block: "b", inModel: true });
    expect(at("block b(a) { relu }\nmodel { |")).toMatchObject({ block: undefined, inModel: true });
    expect(at("param p = |")).toMatchObject({ block: undefined, inModel: false });
  });
});

test("whatever the text, a place comes back, and its word touches the cursor", () => {
  const piece = fc.constantFrom(
    ...[
      "data d {",
      "model {",
      "}",
      "(",
      ")",
      "[",
      "]",
      "{",
      "->",
      ",",
      ":",
      "dense",
      "param",
      "=",
      "\n",
      " ",
      '"',
      "#",
    ],
    ...["1", "if", "else", "parallel", "expect", "test.r2", ";", "'", "\r\n", "block b(", "\u{1F9F1}"],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.nat(), (pieces, seed) => {
      const text = pieces.join("");
      const offset = seed % (text.length + 1);
      const source = sourceText(FILE, text);
      const { word } = placeAt(source, offset);
      expect(word.start).toBeLessThanOrEqual(offset);
      expect(word.end).toBeGreaterThanOrEqual(offset);
    }),
    { numRuns: 500 },
  );
});
