// The features of the language server, asked over the protocol.

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { MarkupContent } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import { catalog } from "../../lang/test/catalog.ts";
import type { Environment } from "../src/index.ts";
import { type Client, connect, cursor } from "./client.ts";

const URI = "file:///test.net";

const SAMPLE = `netwright 1

param width = 16 in 8..64

data concrete {
  source: "concrete.csv"
  target: CompressiveStrength
  scale: zscore
}

block hidden(units, act = relu) {
  dense(units)
  act
}

model {
  hidden(width)
  repeat 2 { hidden(32, act: tanh) }
  dense(1)
}

train {
  loss: mae
  optimizer: adam(learning_rate: 1e-3)
}

expect {
  test.mae < 5
}
`;

let client: Client;
beforeEach(async () => {
  client = await connect();
});
afterEach(async () => {
  expect(await client.close()).toBe(0);
});

/** Opens a text with a `|` in it. */
function openAt(marked: string) {
  const place = cursor(marked);
  client.open(URI, place.text);
  return place;
}

/** Line and character of the first occurrence of `needle` in the sample, `shift` characters behind its start. */
function inSample(needle: string, shift = 0) {
  const document = TextDocument.create(URI, "netwright", 1, SAMPLE);
  return document.positionAt(SAMPLE.indexOf(needle) + shift);
}

async function labels(marked: string): Promise<string[]> {
  const { line, character } = openAt(marked);
  const items = await client.at("completion", URI, line, character);
  return [...items]
    .sort((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1))
    .map(({ label }) => label);
}

describe("diagnostics", () => {
  test("are published when a document is opened, and taken back when it is mended and closed", async () => {
    client.open(URI, SAMPLE.replace("dense(units)", "dense(unit: 8)"));
    const before = await client.diagnostics(URI);
    expect(before.map(({ code, range, severity }) => [code, range.start.line, severity])).toContainEqual([
      "NW0301",
      11,
      1,
    ]);
    expect(before[0]?.source).toBe("netwright");
    client.change(URI, 2, [{ text: SAMPLE }]);
    expect(await client.diagnostics(URI, 2)).toEqual([]);
  });

  test("of a file without mistakes are none", async () => {
    client.open(URI, SAMPLE);
    expect(await client.diagnostics(URI)).toEqual([]);
  });

  test("mark what is not used as unnecessary", async () => {
    client.open(URI, SAMPLE.replace("hidden(width)", "hidden(8)"));
    const [unused] = await client.diagnostics(URI);
    expect([unused?.code, unused?.severity, unused?.tags]).toEqual(["NW0504", 2, [1]]);
  });

  test("of the data are asked for where its section is sound", async () => {
    const dataProblems: Environment["dataProblems"] = ({ source, spans }) => {
      const span = spans["source"];
      return span === undefined
        ? []
        : [{ code: "NW0610", severity: "error", span, message: source, notes: [] }];
    };
    const other = await connect({ environment: { dataProblems } });
    other.open(URI, SAMPLE);
    const [found] = await other.diagnostics(URI);
    expect([found?.code, found?.message, found?.range.start]).toEqual([
      "NW0610",
      "concrete.csv",
      inSample('"concrete.csv"'),
    ]);
    other.change(URI, 2, [{ text: SAMPLE.replace("target:", "nothing:") }]);
    expect((await other.diagnostics(URI, 2)).map(({ code }) => code)).not.toContain("NW0610");
    await other.close();
  });

  test("follow incremental changes", async () => {
    client.open(URI, SAMPLE);
    expect(await client.diagnostics(URI)).toEqual([]);
    const start = inSample("relu)");
    const end = { line: start.line, character: start.character + 4 };
    client.change(URI, 2, [{ range: { start, end }, text: "rellu" }]);
    const codes = (await client.diagnostics(URI, 2)).map(({ code }) => code);
    expect(codes).toContain("NW0205");
    client.change(URI, 3, [
      { range: { start, end: { ...end, character: end.character + 1 } }, text: "relu" },
    ]);
    expect(await client.diagnostics(URI, 3)).toEqual([]);
  });
});

describe("completion", () => {
  test("of statements at the top", async () => {
    expect(await labels("netwright 1\n|")).toEqual(
      expect.arrayContaining(["param", "data", "model", "train", "expect", "block", "use"]),
    );
  });

  test("of layers, blocks and words in a flow, blocks first", async () => {
    const found = await labels("block mine(n) { dense(n) }\nmodel {\n  d|\n}");
    expect(found[0]).toBe("mine");
    expect(found).toEqual(
      expect.arrayContaining(["dense", "dropout", "repeat", "residual", "input", "relu"]),
    );
    expect(found).not.toContain("adam");
  });

  test("of keys, with those of records in records", async () => {
    const keys = [
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
    ];
    expect(await labels("train {\n  |\n}")).toEqual([
      ...keys,
      "seed",
      "seeds",
      "stop",
      "teacher_share",
      "teacher_temperature",
      "threshold",
      "weight_average",
      "weight_decay_factors",
    ]);
    expect(await labels("data d {\n  split: { tr| }\n}")).toEqual(["seed", "test", "train", "validation"]);
  });

  test("of values of the family that a key takes", async () => {
    expect(await labels("train {\n  optimizer: |\n}")).toEqual(expect.arrayContaining(["adam", "sgd"]));
    const losses = await labels("train {\n  loss: m|\n}");
    expect(losses).toEqual(expect.arrayContaining(["mse", "mae"]));
    expect(losses).not.toContain("adam");
    expect(await labels("train {\n  stop: |\n}")).toEqual(expect.arrayContaining(["early", "none"]));
  });

  test("of arguments: values of the parameter, names that are not given yet", async () => {
    const inside = await labels("param width = 4\nmodel { dense(|) }");
    expect(inside).toEqual(expect.arrayContaining(["width", "features", "outputs", "units", "activation"]));
    const second = await labels("model { dense(8, |) }");
    expect(second).toEqual(expect.arrayContaining(["relu", "tanh", "activation", "use_bias"]));
    expect(second).not.toContain("units");
    const named = await labels("model { dense(8, kernel_regularizer: l|) }");
    expect(named).toEqual(expect.arrayContaining(["l1", "l2", "none"]));
    expect(named).not.toContain("relu");
    const deep = await labels("train { optimizer: adam(|) }");
    expect(deep).toContain("learning_rate");
    expect(deep).not.toContain("nesterov");
  });

  test("of parameters inside their block", async () => {
    expect(await labels("block b(units, act) {\n  dense(|)\n}")).toEqual(
      expect.arrayContaining(["units", "act"]),
    );
    expect(await labels("block b(units, act) {\n}\nmodel { b(|) }")).toEqual(
      expect.arrayContaining(["units", "act"]),
    );
  });

  test("of columns, read from the header of the data", async () => {
    const data = (rest: string) => `data d {\n  source: "two.csv"\n  ${rest}\n}`;
    expect(await labels(data("target: |"))).toEqual(["Fly Ash", "x", "y", "z"]);
    expect(await labels(data("features: [x, |"))).toEqual(["Fly Ash", "x", "y", "z", "all"]);
    expect(await labels(data("columns {\n    |\n  }"))).toContain("Fly Ash");
    const { line, character } = openAt(data("target: |"));
    const items = await client.at("completion", URI, line, character);
    const newText = (label: string) => items.find((item) => item.label === label)?.textEdit?.newText;
    expect([newText("x"), newText("Fly Ash")]).toEqual(["x", '"Fly Ash"']);
  });

  test("of a column inside quotes replaces them, too", async () => {
    const { line, character } = openAt('data d {\n  source: "two.csv"\n  target: "Fl|"\n}');
    const items = await client.at("completion", URI, line, character);
    const ash = items.find(({ label }) => label === "Fly Ash");
    expect(ash?.textEdit).toEqual({
      range: { start: { line: 2, character: 10 }, end: { line: 2, character: 14 } },
      newText: '"Fly Ash"',
    });
    expect(ash?.filterText).toBe('"Fly Ash"');
  });

  test("of the types of columns and their parameters", async () => {
    expect(await labels("data d { columns { Age: | } }")).toContain("number");
    expect(await labels("data d { columns { Age: number(|) } }")).toEqual(
      expect.arrayContaining(["unit", "min", "max"]),
    );
  });

  test("of splits and metrics", async () => {
    expect(await labels("expect {\n  |\n}")).toEqual(["test", "train", "validation"]);
    expect(await labels("expect {\n  test.|\n}")).toEqual(expect.arrayContaining(["mae", "r2"]));
  });

  test.each(["# a comment |", 'param p = "text |', "param |", "block |", "model { dense |", "param p = 1|"])(
    "is silent in %s",
    async (marked) => {
      expect(await labels(marked)).toEqual([]);
    },
  );

  test("of a snippet puts the cursor among the arguments", async () => {
    const { line, character } = openAt("model {\n  den|\n}");
    const items = await client.at("completion", URI, line, character);
    const dense = items.find(({ label }) => label === "dense");
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of a snippet
    expect(dense?.textEdit?.newText).toBe("dense(${1:units})");
    expect(dense?.insertTextFormat).toBe(2);
  });
});

describe("hover", () => {
  const textAt = async (needle: string, shift = 0): Promise<string> => {
    client.open(URI, SAMPLE);
    const { line, character } = inSample(needle, shift);
    const hover = await client.at("hover", URI, line, character);
    const contents = hover?.contents;
    return MarkupContent.is(contents) ? contents.value : "";
  };

  test("of a layer: documentation, parameters with ranges and defaults, shape, weights", async () => {
    const text = await textAt("dense(1)");
    expect(text).toContain("Fully connected.");
    expect(text).toContain("`units`: A whole number of at least 1.");
    expect(text).toContain("by default `linear`");
    expect(text).toContain("Shape: [32] -> [1], 33 parameters");
  });

  test("of a block's call: its signature, and each different shape that goes through", async () => {
    const text = await textAt("hidden(32");
    expect(text).toContain("block hidden(units, act = relu)");
    expect(text).toContain("Shape: [16] -> [32], 544 parameters");
    expect(text).toContain("Shape: [32] -> [32], 1,056 parameters");
  });

  test("of a repeat: what it does as a whole", async () => {
    expect(await textAt("repeat")).toContain("Shape: [16] -> [32], 1,600 parameters");
  });

  test("of a param: its definition and value", async () => {
    const text = await textAt("width)");
    expect(text).toContain("param width = 16 in 8..64");
    expect(text).toContain("Its value: `16`");
  });

  test("of keys, named arguments, values, columns, splits and metrics", async () => {
    expect(await textAt("optimizer")).toContain("How weights follow from gradients.");
    expect(await textAt("learning_rate")).toContain(
      "A number greater than 0, or a schedule; by default `0.001`.",
    );
    expect(await textAt("mae\n")).toContain("The mae of the tests.");
    expect(await textAt("CompressiveStrength")).toContain("Column `CompressiveStrength`");
    expect(await textAt("test.mae", 1)).toContain("final evaluation");
    expect(await textAt("test.mae", 6)).toContain("metric `mae`");
  });

  test("of blanks is nothing", async () => {
    expect(await textAt("\n\nparam", 1)).toBe("");
  });
});

describe("definition, references and rename", () => {
  const lines = (
    locations: readonly { readonly range: { readonly start: { readonly line: number } } }[] | null,
  ) => locations?.map(({ range }) => range.start.line);

  test("of a param", async () => {
    client.open(URI, SAMPLE);
    const { line, character } = inSample("width)", 2);
    expect(lines(await client.at("definition", URI, line, character))).toEqual([2]);
    const context = (includeDeclaration: boolean) => ({ context: { includeDeclaration } });
    expect(lines(await client.at("references", URI, line, character, context(true)))).toEqual([2, 16]);
    expect(lines(await client.at("references", URI, line, character, context(false)))).toEqual([16]);
  });

  test("of a block, also with the cursor behind the name", async () => {
    client.open(URI, SAMPLE);
    const { line, character } = inSample("hidden(width)", 6);
    expect(lines(await client.at("definition", URI, line, character))).toEqual([10]);
    expect((await client.at("documentHighlight", URI, line, character))?.map(({ kind }) => kind)).toEqual([
      3, 2, 2,
    ]);
  });

  test("of a parameter of a block, in its body and as a named argument", async () => {
    client.open(URI, SAMPLE);
    const { line, character } = inSample("act: tanh");
    const edit = await client.at("rename", URI, line, character, { newName: "activation" });
    const edits = edit?.changes?.[URI] ?? [];
    expect(edits.map(({ range }) => range.start.line)).toEqual([10, 12, 17]);
    const document = TextDocument.create(URI, "netwright", 1, SAMPLE);
    const renamed = TextDocument.applyEdits(document, edits);
    expect(renamed).toContain("block hidden(units, activation = relu) {\n  dense(units)\n  activation\n}");
    expect(renamed).toContain("hidden(32, activation: tanh)");
    client.change(URI, 2, [{ text: renamed }]);
    expect(await client.diagnostics(URI, 2)).toEqual([]);
  });

  test.each([
    ["2fast", "is no name"],
    ["repeat", "has a meaning"],
    ["width", "exists already"],
    ["units", "would hide"],
  ])("to %s is refused", async (newName, reason) => {
    client.open(URI, `param other = 2\n${SAMPLE}`);
    await expect(client.at("rename", URI, 0, 7, { newName })).rejects.toThrow(reason);
  });

  test("of a layer is not offered", async () => {
    client.open(URI, SAMPLE);
    const { line, character } = inSample("dense(1)");
    expect(await client.at("prepareRename", URI, line, character)).toBeNull();
    const param = inSample("width)");
    expect((await client.at("prepareRename", URI, param.line, param.character))?.placeholder).toBe("width");
  });

  test("leave a library as it is, which has no place to go to either", async () => {
    const other = await connect();
    other.open(URI, 'netwright 1\nuse "netwright/tabular"\nmodel { input(4) -> residual_block(4, 8) }\n');
    expect((await other.diagnostics(URI)).map(({ code }) => code)).not.toContain("NW0230");
    expect(await other.at("definition", URI, 2, 21)).toEqual([]);
    expect(await other.at("prepareRename", URI, 2, 21)).toBeNull();
    expect(JSON.stringify(await other.at("hover", URI, 2, 21))).toContain("residual_block");
    await other.close();
  });

  test("go into the files that are used", async () => {
    const files = new Map([["parts.net", "netwright 1\nblock part(n) { dense(n) }\n"]]);
    const other = await connect({ files });
    other.open(URI, 'netwright 1\nuse "parts.net"\nmodel { input(4) -> part(8) }\n');
    expect(await other.diagnostics(URI)).toEqual([]);
    const found = await other.at("definition", URI, 2, 21);
    expect(found).toEqual([
      {
        uri: "file:///parts.net",
        range: { start: { line: 1, character: 6 }, end: { line: 1, character: 10 } },
      },
    ]);
    const edit = await other.at("rename", URI, 2, 21, { newName: "piece" });
    expect(Object.keys(edit?.changes ?? {}).sort()).toEqual(["file:///parts.net", URI]);
    // A change in the used file, when it is open, counts at once.
    other.open("file:///parts.net", "netwright 1\nblock other(n) { dense(n) }\n");
    await other.at("hover", URI, 2, 21);
    expect((await other.diagnostics(URI)).map(({ code }) => code)).toContain("NW0205");
    other.change("file:///parts.net", 2, [{ text: "netwright 1\nblock part(n) { dense(n) }\n" }]);
    await other.at("hover", URI, 2, 21);
    expect(await other.diagnostics(URI)).toEqual([]);
    await other.close();
  });
});

describe("signature help", () => {
  const activeOf = async (marked: string) => {
    const { line, character } = openAt(marked);
    const help = await client.at("signatureHelp", URI, line, character);
    const [signature] = help?.signatures ?? [];
    const label = signature?.parameters?.[help?.activeParameter ?? -1]?.label;
    return typeof label === "object" ? signature?.label.slice(label[0], label[1]) : label;
  };

  test("knows the parameter by position and by name", async () => {
    expect(await activeOf("model { dense(|) }")).toBe("units");
    expect(await activeOf("model { dense(8, |) }")).toBe("activation = linear");
    expect(await activeOf("model { dense(8, use_bias: |) }")).toBe("use_bias = true");
    expect(await activeOf("model { dense((1 + 2) * 3, |) }")).toBe("activation = linear");
    expect(await activeOf("train { optimizer: adam(|")).toBe("learning_rate = 0.001");
    expect(await activeOf("block b(n, act = relu) { dense(n) }\nmodel { b(1, |) }")).toBe("act = relu");
  });

  test("shows what a definition of others says as it can be seen", async () => {
    const dense = catalog.layer.get("dense");
    if (dense === undefined) throw new Error("the catalog has it");
    const doc = "clears\u001b[2J\u202e the screen";
    const params = Object.fromEntries(
      Object.entries(dense.params).map(([name, param]) => [name, { ...param, doc }]),
    );
    const layer = new Map([...catalog.layer, ["dense", { ...dense, doc, params }]]);
    const other = await connect({ environment: { catalog: { ...catalog, layer } } });
    other.open(URI, "netwright 1\nmodel { dense() }\n");
    const help = await other.at("signatureHelp", URI, 1, 14);
    const [signature] = help?.signatures ?? [];
    const shown = [signature, ...(signature?.parameters ?? [])].map(
      (one) => Object(one?.documentation).value,
    );
    expect(shown.length).toBeGreaterThan(2);
    for (const text of shown) expect(text).toContain("clears\\u001b[2J\\u202e the screen");
    await other.close();
  });

  test("is silent outside of calls and behind the last parameter", async () => {
    expect(await activeOf("model { dense(8) | }")).toBeUndefined();
    expect(await activeOf("train { optimizer: adam(1, 2, |) }")).toBeUndefined();
  });
});

describe("code actions", () => {
  test("apply the suggestion of a diagnostic", async () => {
    client.open(URI, SAMPLE.replace("optimizer: adam", "optimizer: adm"));
    const [diagnostic] = await client.diagnostics(URI);
    const range = diagnostic?.range;
    const [action] = await client.of("codeAction", URI, { range, context: { diagnostics: [diagnostic] } });
    expect(action?.title).toBe("Change to `adam`");
    expect(action?.edit?.changes?.[URI]).toEqual([{ range, newText: "adam" }]);
    expect(action?.diagnostics).toEqual([diagnostic]);
    const elsewhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
    expect(await client.of("codeAction", URI, { range: elsewhere, context: { diagnostics: [] } })).toEqual(
      [],
    );
  });
});

describe("formatting", () => {
  test("gives the edit to the canonical form", async () => {
    const untidy = SAMPLE.replace("dense(1)", "dense( 1 )").replace("  loss: mae", "loss:mae");
    client.open(URI, untidy);
    const edits = await client.of("formatting", URI, { options: { tabSize: 2, insertSpaces: true } });
    const document = TextDocument.create(URI, "netwright", 1, untidy);
    expect(TextDocument.applyEdits(document, edits ?? [])).toBe(SAMPLE);
  });

  test("leaves a broken text alone", async () => {
    client.open(URI, "model { dense( }");
    expect(await client.of("formatting", URI, { options: { tabSize: 2, insertSpaces: true } })).toBeNull();
  });
});

describe("what an editor shows beside the text", () => {
  test("inlay hints: the shape behind each layer", async () => {
    client.open(URI, SAMPLE);
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const hints = await client.of("inlayHint", URI, { range });
    expect(hints.map(({ position, label }) => [position.line, label])).toEqual([
      [11, "[16] or [32]"],
      [12, "[16] or [32]"],
      [16, "[16]"],
      [17, "[32]"],
      [18, "[1]"],
    ]);
    const few = await client.of("inlayHint", URI, { range: { ...range, start: { line: 18, character: 0 } } });
    expect(few).toHaveLength(1);
  });

  test("inlay hints stay where the file has a mistake elsewhere", async () => {
    client.open(URI, SAMPLE.replace("loss: mae", "loss: maee"));
    const range = { start: { line: 16, character: 0 }, end: { line: 18, character: 99 } };
    expect((await client.of("inlayHint", URI, { range })).map(({ label }) => label)).toEqual([
      "[16]",
      "[32]",
      "[1]",
    ]);
  });

  test("document symbols", async () => {
    client.open(URI, SAMPLE);
    const symbols = await client.of("documentSymbol", URI);
    const shape = symbols.map(({ name, children = [] }) => [name, children.map((child) => child.name)]);
    expect(shape).toEqual([
      ["width", []],
      ["data concrete", ["source", "target", "scale"]],
      ["hidden", ["dense", "act"]],
      ["model", ["hidden", "repeat", "dense"]],
      ["train", ["loss", "optimizer"]],
      ["expect", []],
    ]);
  });

  test("folding of sections, nested braces and comments", async () => {
    client.open(URI, "# one\n# two\nmodel {\n  repeat 2 {\n    relu\n  }\n}\ntrain { }\n");
    expect(await client.of("foldingRange", URI)).toEqual([
      { startLine: 0, endLine: 1, kind: "comment" },
      { startLine: 2, endLine: 5 },
      { startLine: 3, endLine: 4 },
    ]);
  });

  test("semantic tokens say what a name means", async () => {
    const text = "param n = 4 # why\nmodel { input(n) -> dense(n, relu) }\n";
    client.open(URI, text);
    const { data } = await client.of("semanticTokens/full", URI);
    expect(decode(text, data)).toEqual([
      "keyword param",
      "variable+declaration n",
      "operator =",
      "number 4",
      "comment # why",
      "keyword model",
      "keyword input",
      "variable n",
      "operator ->",
      "function+defaultLibrary dense",
      "variable n",
      "function+defaultLibrary relu",
    ]);
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 7 } };
    const part = await client.of("semanticTokens/range", URI, { range });
    expect(decode(text, part.data)).toEqual(["keyword model"]);
  });
});

const TYPES = [
  ...["keyword", "comment", "string", "number", "operator", "function", "class", "variable"],
  ...["parameter", "property", "enumMember", "namespace"],
];

/** Relative quintuples to words. */
function decode(text: string, data: readonly number[]): string[] {
  const document = TextDocument.create(URI, "netwright", 1, text);
  const words: string[] = [];
  let [line, character] = [0, 0];
  for (let i = 0; i < data.length; i += 5) {
    const [lines = 0, characters = 0, length = 0, type = 0, modifiers = 0] = data.slice(i, i + 5);
    character = lines === 0 ? character + characters : characters;
    line += lines;
    const start = document.offsetAt({ line, character });
    const suffix = (modifiers & 1 ? "+declaration" : "") + (modifiers & 2 ? "+defaultLibrary" : "");
    words.push(`${TYPES[type]}${suffix} ${text.slice(start, start + length)}`);
  }
  return words;
}
