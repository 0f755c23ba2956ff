// What the names of a text mean, and that renaming keeps the meaning of everything else.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import type { Edit } from "../../src/index.ts";
import {
  definitionOf,
  type Occurrence,
  occurrenceAt,
  occurrencesOf,
  renamable,
  rename,
  sameThing,
} from "../../src/service/index.ts";
import { cursor, FILE, read } from "./service.ts";

const TEXT = `netwright 1
param width = 8
param act = relu
data d {
  source: "two.csv"
  target: y
  features: [x, "Fly Ash"]
  columns { x: number(min: width) }
  split: { train: 70%, seed: 0 }
}
block b(units, width = 2) {
  dense(units, kernel_regularizer: l2(width))
  act
}
model {
  if width > 2 { b(width, width: 3) } else { tanh }
  residual(project: dense) { dense(outputs) }
  parallel { one { relu } } -> add
}
train { optimizer: adam(learning_rate: 0.1), loss: nothing }
expect { test.mae < width }
`;

function label(text: string, { span, meaning, declares }: Occurrence): string {
  const name = "definition" in meaning ? ` ${"family" in meaning ? meaning.family : "type"}` : "";
  return `${text.slice(span.start, span.end)}: ${meaning.kind}${name}${declares ? " (here)" : ""}`;
}

test("every name has the meaning that the resolver gives it", () => {
  const { analysis, names } = read(TEXT);
  expect(occurrencesOf(analysis.tree, names).map((one) => label(TEXT, one))).toEqual(
    [
      ...["width: param (here)", "act: param (here)", "relu: definition activation"],
      ...["d: data (here)", "source: setting", "target: setting", "y: column"],
      ...["features: setting", "x: column", '"Fly Ash": column'],
      ...["columns: setting", "x: column (here)", "number: definition type"],
      ...["min: argument", "width: param", "split: setting", "train: setting", "seed: setting"],
      ...["b: block (here)", "units: parameter (here)", "width: parameter (here)"],
      ...["dense: definition layer", "units: parameter"],
      ...["kernel_regularizer: argument", "l2: definition regularizer", "width: parameter", "act: param"],
      ...[
        "if: word",
        "width: param",
        "b: block",
        "width: param",
        "width: parameter",
        "tanh: definition layer",
      ],
      ...["residual: word", "project: argument", "dense: definition layer"],
      ...["dense: definition layer", "outputs: builtIn"],
      ...["parallel: word", "one: branch (here)", "relu: definition layer", "add: definition layer"],
      ...["optimizer: setting", "adam: definition optimizer", "learning_rate: argument"],
      ...["loss: setting", "nothing: unknown", "test: split", "mae: metric", "width: param"],
    ].map((line) => line.replace("definition type", "columnType type")),
  );
});

describe("the same thing", () => {
  const places = (marked: string): string[] => {
    const { text, offset } = cursor(marked);
    const { analysis, names } = read(text);
    const found = occurrenceAt(occurrencesOf(analysis.tree, names), offset);
    if (found === undefined) return [];
    return sameThing(found, analysis, names).map(({ span }) =>
      String(text.slice(0, span.start).split("\n").length),
    );
  };

  test("of a parameter that hides a param is the parameter alone", () => {
    expect(places(TEXT.replace("l2(width)", "l2(wid|th)"))).toEqual(["11", "12", "16"]);
    expect(places(TEXT.replace("if width", "if wid|th"))).toEqual(["2", "8", "16", "16", "21"]);
  });

  test("of a column is its contract and its uses, quoted or not", () => {
    expect(places(TEXT.replace("[x", "[|x"))).toEqual(["7", "8"]);
  });

  test("of a layer is nothing of this file", () => {
    expect(places(TEXT.replace("dense(outputs)", "de|nse(outputs)"))).toEqual([]);
  });
});

test("the first of two definitions is the one that counts", () => {
  const { text, offset } = cursor("param a = 1\nparam a = 2\nmodel { dense(|a) }");
  const { analysis, names } = read(text);
  const found = occurrenceAt(occurrencesOf(analysis.tree, names), offset);
  const span = found === undefined ? undefined : definitionOf(found, analysis, names);
  expect(span?.start).toBe(6);
});

/** A block that hides a layer and words that cannot be names are complaints that a new name mends. */
const ABOUT_NAMES = /hides-layer|reserved/;

describe("renaming", () => {
  const specs = new URL("../specs/", import.meta.url);
  const files = readdirSync(specs, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".net"),
  );

  test.each(["the text above", ...files.filter((file) => !ABOUT_NAMES.test(file))])(
    "anything of %s changes nothing but its name",
    (file) => {
      const text =
        file === "the text above" ? TEXT : readFileSync(new URL(file, specs), "utf8").replace(/^\ufeff/, "");
      const { analysis, names } = read(text);
      const all = occurrencesOf(analysis.tree, names);
      const fresh = "fresh_name";
      for (const occurrence of all.filter((one) => renamable(one) !== undefined && one.declares)) {
        const renaming = rename(occurrence, fresh, analysis, names);
        if (!renaming.ok) throw new Error(renaming.reason);
        const after = read(applied(text, renaming.edits));
        const codes = (one: typeof analysis) => one.diagnostics.map(({ code }) => code);
        expect(codes(after.analysis)).toEqual(codes(analysis));
        const shape = (one: typeof analysis) => one.model && [one.model.nodes.length, one.model.outputs];
        expect(shape(after.analysis)).toEqual(shape(analysis));
      }
    },
  );
});

function applied(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .filter(({ span }) => span.file === FILE)
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((out, { span, text: by }) => out.slice(0, span.start) + by + out.slice(span.end), text);
}
