// Outline, folds, highlights, shapes, completion and signatures: what the language server does not show by itself.

import { describe, expect, test } from "@jest/globals";
import {
  completionAt,
  dataSourceOf,
  foldsOf,
  highlightsOf,
  hoverOf,
  type OutlineEntry,
  occurrenceAt,
  occurrencesOf,
  outlineOf,
  shapeHints,
  signatureAt,
} from "../../src/service/index.ts";
import { cursor, FILE, read } from "./service.ts";

const WHOLE = { start: 0, end: Number.POSITIVE_INFINITY };

describe("shapes", () => {
  const hints = (text: string) => {
    const { analysis } = read(text);
    return shapeHints(analysis.runs, FILE, WHOLE).map(({ span, text: shape }) => [
      text.slice(span.start, span.end),
      shape,
    ]);
  };

  test("of a step that is run with several shapes lists them, cut after three", () => {
    expect(hints("block b(n) { dense(n) }\nmodel { input(2) -> b(3) -> b(4) -> b(4) }")).toEqual([
      ["dense(n)", "[3] or [4]"],
      ["input(2)", "[2]"],
      ["b(3)", "[3]"],
      ["b(4)", "[4]"],
      ["b(4)", "[4]"],
    ]);
    const many = "block b(n) { dense(n) }\nmodel { input(2) -> b(3) -> b(4) -> b(5) -> b(6) }";
    expect(hints(many)[0]).toEqual(["dense(n)", "[3] or [4] or [5] or ..."]);
  });

  test("go up to the step that cannot take its input", () => {
    expect(hints("model { input(2) -> dense(3) -> pool(2, axes: [0]) -> dense(4) }")).toEqual([
      ["input(2)", "[2]"],
      ["dense(3)", "[3]"],
    ]);
  });

  test("in branches and bodies that do not run there are none", () => {
    expect(hints("param p = 1\nmodel { input(2)\n  if p > 1 { dense(3) } else { dense(4) }\n}")).toEqual([
      ["input(2)", "[2]"],
      ["dense(4)", "[4]"],
    ]);
  });

  test("of joined branches stand at the word that joins them", () => {
    const text = "model { input(2)\n parallel { a { dense(3) } b { dense(4) } } -> concat }";
    expect(hints(text).at(-1)).toEqual(["concat", "[7]"]);
  });

  test("on hover count the weights of all that a step holds", () => {
    const { text, offset } = cursor(
      "model { input(2)\n  res|idual(project: dense) { dense(3) -> dense(3) }\n}",
    );
    const { analysis, names } = read(text);
    const found = occurrenceAt(occurrencesOf(analysis.tree, names), offset);
    const hover =
      found &&
      hoverOf(found, analysis, ({ layer, inputs, type }) =>
        layer === "dense" ? (inputs[0]?.type.shape[0] ?? 0) * (type.shape[0] ?? 0) : 0,
      );
    // 2 * 3 and 3 * 3 in the body, 2 * 3 in the projection.
    expect(hover?.markdown).toContain("Shape: [2] -> [3], 21 parameters");
  });
});

describe("outline", () => {
  const flat = (entries: readonly OutlineEntry[]): unknown[] =>
    entries.map(({ name, kind, children }) =>
      children.length === 0 ? `${kind} ${name}` : [name, ...flat(children)],
    );

  test("has every statement, and flows as deep as they are", () => {
    const { analysis } = read(
      "param p = 1\nblock b { relu }\ndata d { split: { seed: 1 } }\nmodel { if p > 0 { b } else { tanh }\n  parallel { x { relu } y { relu } } -> add }",
    );
    expect(flat(outlineOf(analysis.tree))).toEqual([
      "param p",
      ["b", "step relu"],
      ["data d", ["split", "setting seed"]],
      [
        "model",
        ["if", "step b", "step tanh"],
        ["parallel", ["x", "step relu"], ["y", "step relu"]],
        "step add",
      ],
    ]);
  });
});

test("folds leave out what is on one line and what is never closed", () => {
  const { tokens, source } = read("model { relu }\ntrain {\n  loss: mae\n}\n# a\n# b\nx [\n1\n");
  expect(foldsOf(tokens, source)).toEqual([
    { from: 2, to: 3, kind: "region" },
    { from: 5, to: 6, kind: "comment" },
  ]);
});

test("a word of the language that is used as a name is highlighted as that name", () => {
  const text = "expect { train.mae < 3 }\ntrain { loss: mse }";
  const { tokens, analysis, names } = read(text);
  const found = highlightsOf(tokens, occurrencesOf(analysis.tree, names)).map(
    ({ span, kind }) => `${text.slice(span.start, span.end)} ${kind}`,
  );
  expect(found).toEqual([
    ...["expect keyword", "train namespace", "mae property", "< operator", "3 number"],
    ...["train keyword", "loss property", "mse function"],
  ]);
});

test("completion asks for columns only where they may stand", () => {
  const asked = (marked: string): boolean => {
    const { text, offset } = cursor(marked);
    const { source, names } = read(text);
    let calls = 0;
    const columns = (): string[] => {
      calls++;
      return ["a"];
    };
    completionAt({ source, names, columns }, offset);
    return calls > 0;
  };
  expect(asked("data d { target: | }")).toBe(true);
  expect(asked("data d { features: [| }")).toBe(true);
  expect(asked("data d { columns { | } }")).toBe(true);
  expect(asked("data d { scale: | }")).toBe(false);
  expect(asked("train { loss: | }")).toBe(false);
});

test("completion offers no key twice, wherever the cursor is", () => {
  const labels = (marked: string, afterBlank = false): string[] => {
    const { text, offset } = cursor(marked);
    const { source, names } = read(text);
    const { choices } = completionAt({ source, names, columns: () => ["x", "y", "z"], afterBlank }, offset);
    return choices.map(({ label }) => label).sort();
  };
  expect(
    labels("train {\n  loss: mae\n  |\n  optimizer: adam(learning_rate: 1)\n  seed: 1\n}\nparam batch = 1"),
  ).toEqual([
    "accumulate",
    "batch",
    "checkpoint",
    "clip_norm",
    "clip_norm_each",
    "clip_value",
    "epochs",
    "freeze",
    "initial_weights",
    "learning_rate_factors",
    "mixup",
    "numerics",
    "seeds",
    "stop",
    "teacher_share",
    "teacher_temperature",
    "threshold",
    "weight_average",
    "weight_decay_factors",
  ]);
  expect(labels("train { optimizer: adam(learning_rate: |) }")).toEqual([
    "0.001",
    "by_member",
    "cosine",
    "plateau",
  ]);
  expect(labels("train {\n  bat|ch: 3\n  seed: 1\n}")).toEqual([
    "accumulate",
    "batch",
    "checkpoint",
    "clip_norm",
    "clip_norm_each",
    "clip_value",
    "epochs",
    "freeze",
    "initial_weights",
    "learning_rate_factors",
    "loss",
    "mixup",
    "numerics",
    "optimizer",
    "seeds",
    "stop",
    "teacher_share",
    "teacher_temperature",
    "threshold",
    "weight_average",
    "weight_decay_factors",
  ]);
  expect(labels("train { learning_rate_factors { bias: 1, | } }")).toEqual([
    "activation",
    "embedding",
    "kernel",
    "number_embedding",
    "scale",
  ]);
  expect(labels("data d { split: { seed: 1, | , test: 10% } }")).toEqual(["train", "validation"]);
  expect(labels("data d { source: | }")).toEqual(["duckdb"]);
  expect(labels("data d { split: | }")).toEqual(["by_hash", "by_time", "fold", "grouped", "random"]);
  expect(labels("data d { window { length: 3, | } }")).toEqual([
    "border",
    "by",
    "horizon",
    "order",
    "season",
    "spacing",
  ]);
  expect(labels("data d { window { order: | } }")).toEqual(["x", "y", "z"]);
  expect(labels("data d { window { by: [x, |] } }")).toEqual(["x", "y", "z"]);
  expect(labels("data d { window { spacing: | } }")).toEqual(["regular", "rows"]);
  expect(labels("data d { split: grouped(by: |) }")).toEqual(["x", "y", "z"]);
  expect(labels("data d { split: grouped(by: [x, |]) }")).toEqual(["x", "y", "z"]);
  expect(labels("data d { split: by_hash(columns: |) }")).toEqual(["all", "x", "y", "z"]);
  expect(labels("data d { split: by_hash(at: |) }")).toEqual(["x", "y", "z"]);
  expect(labels("data d { file_column: | }")).toEqual([]);
  expect(labels("data d { split: fold(0, 5, |) }")).toEqual(["0", "seed"]);
  expect(labels("data d { columns { x: number, |\n z: number(min: 1) } }")).toEqual(["y"]);
  expect(labels("data d { columns { x: number }\n  |\n}")).not.toContain("columns");
  // A blank that was typed asks for values alone.
  expect(labels("train {\n  |\n}", true)).toEqual([]);
  expect(labels("train {\n  loss: |\n}", true)).toContain("mae");
});

test("the data file is known while the rest of the text is broken", () => {
  const source = (text: string) => {
    const { tokens, source: whole } = read(text);
    return dataSourceOf(tokens, whole);
  };
  expect(source('model {{ (\ndata d {\n  source: "a \\"b\\".csv"\n  target:')).toBe('a "b".csv');
  expect(source('model { source: "x" }')).toBeUndefined();
});

test("a signature marks no parameter that is not there", () => {
  const active = (marked: string) => {
    const { text, offset } = cursor(marked);
    const { source, names } = read(text);
    return signatureAt(source, names, offset)?.active;
  };
  expect(active("model { dropout(|) }")).toBe(0);
  expect(active("model { dropout(1, |) }")).toBeUndefined();
  expect(active("model { dropout(wrong: |) }")).toBeUndefined();
});

test("a source of rows is described as any definition, and its columns are not looked for in a file", () => {
  const { text, offset } = cursor('data d { source: duck|db("a.db", "from t") }');
  const { analysis, names, source } = read(text);
  const found = occurrenceAt(occurrencesOf(analysis.tree, names), offset);
  expect(found === undefined ? undefined : hoverOf(found, analysis)?.markdown).toContain(
    "duckdb(path, query)",
  );
  expect(signatureAt(source, names, text.indexOf('"a.db"'))?.label).toBe("duckdb(path, query)");
  expect(dataSourceOf(analysis.tree.tokens, source)).toBeUndefined();
});

test("the settings of a report are those of a section", () => {
  const asked = (marked: string) => {
    const { text, offset } = cursor(marked);
    const { analysis, names, source } = read(text);
    const found = occurrenceAt(occurrencesOf(analysis.tree, names), offset);
    return {
      hover: found === undefined ? undefined : hoverOf(found, analysis)?.markdown,
      completion: completionAt({ source, names, columns: () => [] }, offset).choices.map((one) => one.label),
    };
  };
  expect(asked("report { | }").completion).toEqual(["interval", "calibration", "spread", "samples"]);
  expect(asked("report { interval: 90%, calibration: | }").completion).toContain("temperature");
  expect(asked("report { inter|val: 90% }").hover).toContain("lie in the interval");
  const { analysis } = read("report { interval: 90% }");
  expect(outlineOf(analysis.tree)).toMatchObject([{ name: "report", children: [{ name: "interval" }] }]);
});

test("a splitter is named, completed and described as any definition", () => {
  const asked = (marked: string) => {
    const { text, offset } = cursor(marked);
    const { analysis, names, source } = read(text);
    const found = occurrenceAt(occurrencesOf(analysis.tree, names), offset);
    const hover = found === undefined ? undefined : hoverOf(found, analysis)?.markdown;
    return { hover, label: signatureAt(source, names, offset)?.label };
  };
  expect(asked("data d { split: fo|ld(0, 5) }").hover).toContain("fold(index, of, seed = 0)");
  expect(asked("data d { split: fold(0, 5, se|ed: 1) }").hover).toContain("fold(seed)");
  expect(asked("data d { split: fold(|) }").label).toBe("fold(index, of, seed = 0)");
  expect(asked("data d { sp|lit: { seed: 1 } }").hover).toContain("Settings in braces, or a splitter.");
});

test("what members draw is a param of the file: completed, found and described", () => {
  const file = (draw: string) =>
    `netwright 1\nparam rate = 0.1 in 0..0.5\nmodel {\n  input(2)\n  members(4, draw: ${draw}) -> member_scale -> dropout(rate) -> dense(1)\n}\n`;
  const typed = cursor(file("[|]"));
  const open = read(typed.text);
  const { choices } = completionAt({ ...open, columns: () => [] }, typed.offset);
  expect(choices.map(({ label }) => label)).toEqual(["rate"]);

  const named = cursor(file("[ra|te]"));
  const { analysis, names } = read(named.text);
  expect(analysis.diagnostics).toEqual([]);
  const all = occurrencesOf(analysis.tree, names);
  const found = occurrenceAt(all, named.offset);
  expect(found?.meaning.kind).toBe("param");
  expect(found && hoverOf(found, analysis)?.markdown).toContain("param rate = 0.1 in 0..0.5");
  expect(all.filter(({ meaning }) => meaning.kind === "param")).toHaveLength(3);
});
