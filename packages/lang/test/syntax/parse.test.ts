import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  createReport,
  type Diagnostic,
  parse,
  renderDiagnostics,
  type Syntax,
  sourceText,
} from "../../src/index.ts";

function read(text: string): { readonly tree: Syntax.File; readonly diagnostics: readonly Diagnostic[] } {
  const report = createReport();
  return { tree: parse(sourceText("test.net", text), report), diagnostics: report.diagnostics };
}

const codes = (text: string): string[] => read(text).diagnostics.map(({ code }) => code);

describe("the text as a whole", () => {
  const model = "netwright 1\nmodel {\n  input(8)\n  dense(1) # last\n}\n";

  test("CRLF and a byte order mark give the same tree, and spans that fit the text", () => {
    const windows = read(`\ufeff${model.replaceAll("\n", "\r\n")}`);
    const shape = ({ items }: Syntax.File): string =>
      JSON.stringify(items, (key, value) => (key === "span" || key === "keyword" ? undefined : value));
    expect(windows.diagnostics).toEqual([]);
    expect(shape(windows.tree)).toBe(shape(read(model).tree));
    expect(windows.tree.items[1]?.span).toEqual({ file: "test.net", start: 13, end: 54 });
  });

  test("CR alone ends a line", () => {
    expect(codes(model.replaceAll("\n", "\r"))).toEqual([]);
  });

  test.each([
    ["a PNG", "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR"],
    ["UTF-16", [...model].join("\0")],
    ["failed decoding", `${"\ufffd\ufffdab".repeat(20)}`],
    ["control characters", "\u0001\u0002\u0003abc"],
  ])("%s is one problem", (_, text) => {
    expect(codes(text)).toEqual(["NW0101"]);
  });

  test("a single control character in a text is a stray character", () => {
    expect(codes(`${model}${" ".repeat(50)}\u0001\n`)).toEqual(["NW0104"]);
  });

  test.each(["", " \t\n\n", "# a\n  # b", "\ufeff"])("%j is empty", (text) => {
    expect(codes(text)).toEqual(["NW0102"]);
  });

  test.each([
    ["comment", "#"],
    ["name", "a"],
    ["blanks", " "],
    ["string", '"'],
    ["brackets", "("],
  ])("a line of 10 MB of %s is one problem, at once", (_, piece) => {
    const started = performance.now();
    const text = `${model}${piece.repeat(10_000_000)}\n`;
    const { diagnostics } = read(text);
    const rendered = renderDiagnostics(diagnostics, new Map([["test.net", sourceText("test.net", text)]]));
    expect(diagnostics.map(({ code }) => code)).toEqual(["NW0103"]);
    expect(rendered).toContain("10,000,052 characters, 10,000,000 of them on line 6");
    expect(rendered.length).toBeLessThan(500);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test("comments, line ends and the spelling of numbers stay within reach", () => {
    const text = "netwright 1 # one\nparam a = 1e-4\nparam b = 70% # two\n";
    const { tree } = read(text);
    const spelt = (kind: string): string[] =>
      tree.tokens.filter((token) => token.kind === kind).map(({ span }) => text.slice(span.start, span.end));
    expect(spelt("Comment")).toEqual(["# one", "# two"]);
    expect(spelt("NumberLiteral")).toEqual(["1", "1e-4"]);
    expect(spelt("Percent")).toEqual(["70%"]);
    expect(spelt("Newline")).toHaveLength(3);
    const starts = tree.tokens.map(({ span }) => span.start);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });
});

describe("a text in single quotes", () => {
  test.each([
    ["padding: 'same'", ["same"]],
    ["values: ['yes', 'no']", ['"yes"', '"no"']],
    ["values: [['yes'], 'no'], mode: 'max'", ['"yes"', '"no"', "max"]],
    ["values: ['true', 'none']", ['"true"', '"none"']],
    ["value: 'none'", ['"none"']],
    ["source: 'a b.csv'", ['"a b.csv"']],
  ])("%s gets double quotes, or none where a word of the language is meant", (args, wanted) => {
    const { diagnostics } = read(`netwright 1\nmodel {\n  layer(${args})\n}\n`);
    expect(diagnostics.map(({ code }) => code)).toEqual(wanted.map(() => "NW0106"));
    expect(diagnostics.flatMap(({ fix }) => fix?.edits.map(({ text }) => text) ?? [])).toEqual(wanted);
  });
});

describe("nesting", () => {
  const opened = (piece: string, times: number): string => `model { dense(${piece.repeat(times)}`;

  test.each(["(", "[", "{ a: [", "(["])("10,000 times %s is one problem", (piece) => {
    expect(codes(opened(piece, 10_000))).toEqual(["NW0110"]);
  });

  test("200 levels of each kind are read", () => {
    const nested = (open: string, close: string): string => open.repeat(200) + close.repeat(200);
    expect(codes(`model { dense(${"(".repeat(200)}1${")".repeat(200)}) }`)).toEqual([]);
    expect(codes(`model { dense(${nested("[", "]")}) }`)).toEqual([]);
    expect(codes(`model { ${nested("residual { ", "}")} }`)).toEqual([]);
    expect(codes(`model { ${nested("if a { ", "}")} }`)).toEqual([]);
    expect(codes(`model { ${"parallel { a { ".repeat(100)}${"} }".repeat(100)} }`)).toEqual([]);
  });

  test("long chains are no nesting", () => {
    expect(codes(`param a = ${"1 + ".repeat(20_000)}1`)).toEqual([]);
    expect(codes(`param a = ${"- ".repeat(20_000)}1`)).toEqual([]);
    expect(codes(`model { if a { } ${"else if a { } ".repeat(2_000)} }`)).toEqual([]);
    expect(codes(`model { ${"relu -> ".repeat(20_000)} relu }`)).toEqual([]);
  });
});

/** Every span below a value, with the nodes it belongs to. */
function* spansIn(value: unknown): Generator<{ readonly start: number; readonly end: number }> {
  if (typeof value !== "object" || value === null) return;
  if (
    "start" in value &&
    "end" in value &&
    typeof value.start === "number" &&
    typeof value.end === "number"
  ) {
    yield { start: value.start, end: value.end };
  }
  for (const inner of Object.values(value)) yield* spansIn(inner);
}

const specs = fileURLToPath(new URL("../specs", import.meta.url));
const texts = readdirSync(specs).flatMap((feature) =>
  readdirSync(join(specs, feature)).map((file) => readFileSync(join(specs, feature, file), "utf8")),
);

/** Texts near to what people write: files of the specs with pieces cut out, doubled and put in. */
const mutated = fc
  .tuple(
    fc.constantFrom(...texts),
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(12), fc.string({ maxLength: 4 })), {
      maxLength: 6,
    }),
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...'{}()[],:=->\n"#%&.')), {
      maxLength: 4,
    }),
  )
  .map(([text, cuts, signs]) => {
    let result = text;
    for (const [where, length, put] of cuts) {
      const at = Math.floor(where * result.length);
      result = result.slice(0, at) + put + result.slice(at + length);
    }
    for (const [where, sign] of signs) {
      const at = Math.floor(where * result.length);
      result = result.slice(0, at) + sign + result.slice(at);
    }
    return result;
  });

describe("any text", () => {
  const holds = (text: string): void => {
    const { tree, diagnostics } = read(text);
    const { length } = sourceText("test.net", text).text;
    for (const { start, end } of spansIn([tree, diagnostics])) {
      if (!(0 <= start && start <= end && end <= length))
        throw new Error(`span ${start}..${end} of ${length}`);
    }
    expect(tree.broken).toBe(diagnostics.length > 0);
    renderDiagnostics(diagnostics, new Map([["test.net", sourceText("test.net", text)]]));
  };

  test("arbitrary characters give a tree, and spans inside the text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), holds), { numRuns: 150 });
  });

  test("arbitrary tokens give a tree, and spans inside the text", () => {
    const words =
      "netwright model train data block param use expect if else repeat residual parallel in none a b 1 2.5";
    const signs = '{ } ( ) [ ] , : = -> .. . + - * / < >= == "s" # // ; 70% \n \n @ \' "open';
    const piece = fc.constantFrom(...words.split(" "), ...signs.split(" "), "\n");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => holds(pieces.join(" "))),
      { numRuns: 250 },
    );
  });

  test("valid files with mistakes put in give a tree, and spans inside the text", () => {
    fc.assert(fc.property(mutated, holds), { numRuns: 250 });
  });
});
