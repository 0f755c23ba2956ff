// Whatever the text: a tree, a result, diagnostics with places inside the text, and a formatter that keeps what is
// written or refuses. `NETWRIGHT_SEED=random` draws others, and more of them.

import { describe, test } from "@jest/globals";
import fc from "fast-check";
import { analyze, diagnosticsToJson, renderDiagnostics } from "../../src/index.ts";
import { catalog } from "../catalog.ts";
import { formatAndCheck } from "../format/kept.ts";
import { hostOf } from "../host.ts";
import { specs, versionOne } from "../samples.ts";
import { byCharacters, byLines, byWords, spliced } from "./mutations.ts";

const numRuns = process.env["NETWRIGHT_SEED"] === "random" ? 10_000 : 150;
const files = Object.fromEntries(
  [...specs, ...versionOne].map(({ name, text }) => [name.slice(name.lastIndexOf("/") + 1), text]),
);
const host = hostOf(files);

function holds(text: string): void {
  const analysis = analyze({ file: "test.net", text }, { catalog, host });
  const { tree, model, data, diagnostics, sources } = analysis;
  if (model !== undefined && diagnostics.some(({ severity }) => severity === "error"))
    throw new Error("a model in spite of errors");
  const lengths = new Map([...sources].map(([file, source]) => [file, source.text.length]));
  for (const { file, start, end } of spansIn([tree, model, data, diagnostics])) {
    if (!(0 <= start && start <= end && end <= (lengths.get(file) ?? -1)))
      throw new Error(`span ${start}..${end} of ${file}`);
  }
  renderDiagnostics(diagnostics, sources);
  diagnosticsToJson(diagnostics, sources);
  formatAndCheck(text);
}

interface Place {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

function* spansIn(value: unknown): Generator<Place> {
  if (typeof value !== "object" || value === null) return;
  if (isPlace(value)) yield value;
  else for (const inner of Object.values(value)) yield* spansIn(inner);
}

function isPlace(value: object): value is Place {
  return "file" in value && "start" in value && "end" in value;
}

describe("a sample with mistakes put in", () => {
  test.each([
    ["characters", byCharacters],
    ["words", byWords],
    ["lines", byLines],
    ["two files", spliced],
  ])("by %s", (_, texts) => {
    fc.assert(fc.property(texts, holds), { numRuns });
  });
});

test("any text at all", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 300 }), holds), { numRuns });
});
