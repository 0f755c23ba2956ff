// Each `golden/<name>.net` is formatted to `golden/<name>.formed.net`, which is written by hand.

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { analyze, createReport, format, parse, sourceText } from "../../src/index.ts";
import { catalog } from "../catalog.ts";
import { compactModel } from "../compact.ts";
import { hostOf } from "../host.ts";
import { documented, examples, golden, type Sample, specs, versionOne } from "../samples.ts";
import { formatAndCheck } from "./kept.ts";

const named = (samples: readonly Sample[]): [string, string][] =>
  samples.map(({ name, text }) => [name, text]);
const formed = new Map(named(golden.filter(({ name }) => name.endsWith(".formed.net"))));
const loose = golden.filter(({ name }) => !formed.has(name));
const all = [...specs, ...versionOne, ...golden, ...examples, ...documented];

test.each(named(loose))("%s", (name, text) => {
  expect(formatAndCheck(text)).toBe(formed.get(name.replace(/net$/, "formed.net")));
});

describe("already in canonical form:", () => {
  test.each(named(examples))("%s", (_, text) => {
    expect(format(text)).toEqual({ text, diagnostics: [] });
  });

  test.each(named(documented))("%s", (name, text) => {
    const { diagnostics, ...formed } = format(text);
    expect(formed).toEqual({ text });
    // Pages of errors show what cannot be read, too.
    if (!name.startsWith("docs/errors/")) expect(diagnostics).toEqual([]);
  });
});

test("words, comments and trees of all samples are kept, and a second formatting changes nothing", () => {
  const refused = all.filter(({ text }) => formatAndCheck(text) === undefined);
  expect(refused.length).toBeLessThan(all.length / 2);
  expect(refused.filter(({ name }) => !/invalid-|lib-broken|docs\/errors/.test(name))).toEqual([]);
});

test("the formatted text means the same", () => {
  const files = Object.fromEntries([...specs, ...versionOne].map(({ name, text }) => [base(name), text]));
  const modelOf = (text: string): string | undefined => {
    const { model } = analyze({ file: "test.net", text }, { catalog, host: hostOf(files) });
    return model === undefined ? undefined : compactModel(model);
  };
  let models = 0;
  for (const { text } of [...specs, ...versionOne]) {
    const model = modelOf(text);
    if (model !== undefined) models++;
    expect(modelOf(format(text).text)).toBe(model);
  }
  expect(models).toBeGreaterThan(30);
});

function base(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

describe("layout", () => {
  // Blanks, line ends and comments wherever one of them stands already; the words stay.
  const blanks = fc.constantFrom(
    "",
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n\n",
    "\r\n",
    " # a\n",
    "\n  # b  \n\n",
    " # c\r",
  );
  const relaid = fc
    .tuple(
      fc.constantFrom(...all.map(({ text }) => text)),
      fc.array(fc.tuple(fc.nat(), blanks), { maxLength: 8 }),
    )
    .map(([text, changes]) => {
      const pieces = text.split(/([ \t\r\n]+|(?<=[{}()[\],:])|(?=[{}()[\],:]))/);
      for (const [at, blank] of changes) {
        const i = at % pieces.length;
        if (/^[ \t\r\n]*$/.test(pieces[i] ?? "")) pieces[i] = blank;
        else pieces[i] += blank;
      }
      return pieces.join("");
    });

  test("does not matter to what is kept", () => {
    let done = 0;
    fc.assert(
      fc.property(relaid, (text) => {
        if (formatAndCheck(text) !== undefined) done++;
      }),
      { numRuns: process.env["NETWRIGHT_SEED"] === "random" ? 20_000 : 600 },
    );
    expect(done).toBeGreaterThan(150);
  });
});

test("commas, blanks and line ends between settings mean the same, and have one form", () => {
  const settings = [
    'source: "a.csv"',
    'target: [y, "z z"]',
    "columns { y: number(min: -1) }",
    "missing: drop",
  ];
  const shares = ["train: 70%", "validation: 2 * 5%", "test: 20%"];
  const expected = ["test.r2 > 0.5 - 0.1", "train.mae < 4", "test.mae != 1"];
  const separator = fc.constantFrom(",", ", ", " ", "\t", " ,  ");
  const between = (items: readonly string[]) =>
    fc.array(separator, { minLength: items.length, maxLength: items.length }).map((separators) => {
      const joined = items.map((item, i) => (i === 0 ? item : (separators[i] ?? "") + item));
      return joined.join("");
    });
  const text = fc
    .tuple(between(settings), between(shares), between(expected), separator)
    .map(
      ([data, split, expect, last]) => `data { ${data}${last}split { ${split} } }\nexpect { ${expect} }\n`,
    );
  const canonical = format(
    `data { ${settings.join(", ")}, split { ${shares.join(", ")} } }\nexpect { ${expected.join(", ")} }\n`,
  );
  expect(canonical.diagnostics).toEqual([]);
  fc.assert(
    fc.property(text, (written) => {
      expect(formatAndCheck(written)).toBe(canonical.text);
    }),
  );
  // A line end in the braces gives each item a line.
  fc.assert(
    fc.property(text, (written) => {
      const lines = formatAndCheck(written.replace("{ ", "{\n"))?.split("\n") ?? [];
      expect(lines.slice(1, 5)).toEqual(settings.map((setting) => `  ${setting}`));
    }),
  );
});

describe("a text that is refused is given back with the place:", () => {
  test.each([
    ["a mistake of grammar", "netwright 1\r\nmodel { dense(1 }\r\n", "NW0108", 26],
    ["a newer version", "\ufeffnetwright   7", "NW0112", 12],
    ["a binary file", "\0\u0001", "NW0101", 0],
    ["nesting", `model { dense(${"(".repeat(300)}`, "NW0110", 268],
  ])("%s", (_, text, code, start) => {
    const formed = format(text, "some.net");
    expect(formed.text).toBe(text);
    expect(formed.diagnostics).toMatchObject([{ code, span: { file: "some.net", start } }]);
  });
});

test.each([
  ["", ""],
  [" \n\t\r\n", ""],
  ["\ufeff\n\n# a \r\n\r\n\r\n  # b", "# a\n\n# b\n"],
])("%j without a word", (text, expected) => {
  expect(format(text)).toEqual({ text: expected, diagnostics: [] });
});

test("a sign stays with its number where a line begins with it", () => {
  for (const sign of ["+", "-", "+ ", "- -", "--"]) {
    const text = `netwright 1\nmodel { dense(1) }\nexpect {\n  test.mae\n   ${sign}3\n}\n`;
    expect(formatAndCheck(text)).toContain(`\n  ${sign.replaceAll(" ", "")}3\n`);
  }
});

/** One of each statement and section, and of each construct inside. */
const EVERYTHING = `netwright 1
use "blocks.net"
param width = 8 in [8, 16]
block hidden(units, act = relu) { dense(units, act) -> dropout(20%) }
data d { source: "a.csv", features: [a, b], split: random(70%, 15%, seed: 1) }
model {
  hidden(width * 2) -> repeat 2 { residual { dense(16) } }
  if width > 8 { relu } else { tanh }
  parallel { x { dense(1) } y { dense(2) } } -> concat -> dense(-1)
}
train { epochs: 3, optimizer: adam(learning_rate: 1e-3) }
expect { test.mae < 4.5, test.r2 > 0.8 }
`;

test("a word too many at any place is refused, or keeps its meaning", () => {
  const { tokens } = parse(sourceText("test.net", EVERYTHING), createReport());
  const gaps = new Set(tokens.flatMap(({ span }) => [span.start, span.end]));
  const words = [",", "\n", "5", "x", "(2)", "{ relu }", "->", ":", "=", '"s"', "-", "# c\n", "x, y"];
  const outcomes = { refused: 0, kept: 0 };
  for (const gap of gaps) {
    for (const word of words) {
      const formed = formatAndCheck(`${EVERYTHING.slice(0, gap)} ${word} ${EVERYTHING.slice(gap)}`);
      outcomes[formed === undefined ? "refused" : "kept"]++;
    }
  }
  expect(outcomes.refused).toBeGreaterThan(1000);
  expect(outcomes.kept).toBeGreaterThan(300);
});
