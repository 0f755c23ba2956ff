import { describe, expect, test } from "@jest/globals";
import { analyze } from "@netwright/lang";
import {
  catalog,
  codeTitles,
  type HelpKind,
  type HelpPage,
  helpFor,
  helpNames,
  helpPages,
  pageMarkdown,
} from "netwright";

const pages = helpPages();

test("everything that a file can name has a page", () => {
  const names = new Set(helpNames());
  const families = [catalog.layer, ...Object.values(catalog.definitions)];
  for (const name of families.flatMap((family) => [...family.keys()])) expect(names).toContain(name);
  for (const metric of catalog.metrics.keys()) expect(names).toContain(metric);
  expect([...names]).toEqual(expect.arrayContaining(["batch", "data.split.seed", "residual", "outputs"]));
});

test("a name that stands for several shows all, and one that is a layer too says so once", () => {
  const kinds = (name: string) => helpFor(name).map(({ kind, name: full }) => `${kind} ${full}`);
  expect(kinds("mae")).toEqual(["loss mae", "metric mae"]);
  expect(kinds("seed")).toEqual(["setting train.seed", "setting data.split.seed"]);
  expect(kinds("split.seed")).toEqual(["setting data.split.seed"]);
  expect(kinds("elu")).toEqual(["activation elu"]);
  expect(kinds("activation")).toEqual(["layer activation"]);
  expect(kinds("wibble")).toEqual([]);
});

test.each([
  ["mae", "In the formula, p is the prediction and t the target."],
  ["brier_score", "In the formula, p is the prediction and t the target."],
  ["roc_auc", "In the formula, p is the prediction."],
  ["f1", null],
  ["matthews", null],
  ["cohen_kappa", null],
])("the page of the metric %s explains the letters that its formula has, and no others", (name, said) => {
  const page = helpFor(name).find(({ kind }) => kind === "metric");
  expect(page?.facts.join(" ").match(/In the formula.*/)?.[0] ?? null).toBe(said);
});

/** A file around an example. */
const FILES: { readonly [K in HelpKind]: (example: string, page: HelpPage) => string } = {
  layer: (example, { name }) => {
    const input = INPUTS[name] ?? overWindows(name);
    return input === undefined ? inModel(example) : `netwright 1\nmodel {\n input(${input})\n${example}\n}\n`;
  },
  activation: inModel,
  initializer: inModel,
  regularizer: inModel,
  constraint: inModel,
  loss: (example, { name }) =>
    ["number", "count"].includes(catalog.definitions.loss.get(name)?.target ?? "number")
      ? fileOf({ train: example, last: lastFor(name) })
      : ofClasses(example, ""),
  optimizer: inTrain,
  schedule: (example) => (/^\w+: /.test(example) ? inTrain(example) : inModel(example)),
  stop: inTrain,
  checkpoint: inTrain,
  threshold: (example) => ofClasses(`loss: cross_entropy\n${example}`, ""),
  encoder: (example, { name }) =>
    name === "picture" ? fileOf({ data: `features: Rooms\n${example}`, step: "flatten" }) : inData(example),
  missing: inData,
  // An image is an input of its own, of three sizes.
  column: (example, { name }) =>
    name === "image" ? fileOf({ data: `features: picture\n${example}`, step: "flatten" }) : inData(example),
  splitter: inData,
  source: inData,
  metric: (example, { name }) => {
    const tasks = catalog.metrics.get(name)?.tasks ?? [];
    const needs = catalog.metrics.get(name)?.needs;
    const asks = needs === "interval" ? "\nreport { interval: 60% }\n" : "";
    if (needs === "spread") return fileOf({ expect: example, train: "loss: gaussian_nll", last: "dense(2)" });
    if (tasks.includes("number")) return fileOf({ expect: example }) + asks;
    if (tasks.includes("class")) return ofClasses("", example) + asks;
    const loss = [...catalog.definitions.loss.values()].find(({ target }) => tasks.includes(target));
    return ofClasses(`loss: ${loss?.name}`, example);
  },
  setting: (example, { name }) =>
    ["report.spread", "report.samples"].includes(name)
      ? `${fileOf({ step: "dense(4, relu) -> dropout(10%)" })}\nreport {\n${example}\n}\n`
      : name.startsWith("report.")
        ? `${ofClasses("loss: cross_entropy", "")}\nreport {\n${example}\n}\n`
        : TAUGHT.has(name)
          ? taught(example, name)
          : name === "train.threshold"
            ? ofClasses(`loss: cross_entropy\n${example}`, "")
            : name.startsWith("train.")
              ? inTrain(example)
              : inData(example),
  word: (example, { name }) => {
    if (name === "input") return `netwright 1\nmodel {\n${example}\ndense(1)\n}\n`;
    if (name === "outputs") return fileOf({ last: example });
    if (STEPS.has(name)) return `${inModel(example)}\nparam rate = 0\n`;
    // A section or statement; the file has another of its kind, which gives way.
    const rest = fileOf({}).replace(new RegExp(`^${name} (\\d+|[^}]*})$`, "m"), "");
    return name === "netwright" ? example + rest : `${rest}\n${example}\n`;
  },
};

/** Of layers that do not take a row of features. */
const INPUTS: Readonly<Record<string, string>> = {
  simple_rnn: "8, 3",
  lstm: "8, 3",
  gru: "8, 3",
  bidirectional: "8, 3",
  masking: "8, 3",
  multi_head_attention: "8, 4",
  sine_position_encoding: "8, 4",
  position_embedding: "8, 4",
  embedding: "8, below: 9",
  group_norm: "8, 2",
  spatial_dropout: "8, 3",
  reshape: "6",
  permute: "8, 3",
  repeat_vector: "6",
  slice: "6",
};

/** What layers with windows take: the last letters of their names tell over how many directions. */
function overWindows(name: string): string | undefined {
  return name.endsWith("2d") || name.startsWith("random_")
    ? "8, 8, 3"
    : name.endsWith("1d")
      ? "8, 3"
      : undefined;
}

/** Settings that say something of a teacher of classes. */
const TAUGHT: ReadonlySet<string> = new Set([
  "data.teacher_gives",
  "train.teacher_share",
  "train.teacher_temperature",
]);

function taught(example: string, name: string): string {
  const [data, train] = name.startsWith("data.") ? [example, ""] : ['teacher: "prob_*"', example];
  return [
    'netwright 1\ndata d {\nsource: "a.csv"\ntarget: Price\ncolumns { Price: category }',
    `${data}\n}\nmodel {\ndense(3)\n}\ntrain {\nloss: cross_entropy\n${train}\n}\n`,
  ].join("\n");
}

const STEPS: ReadonlySet<string> = new Set("residual parallel repeat if shared features".split(" "));

interface Parts {
  readonly data?: string;
  readonly step?: string;
  readonly last?: string;
  readonly train?: string;
  readonly expect?: string;
}

function fileOf({ data = "", step = "", last = "dense(1)", train = "", expect = "" }: Parts): string {
  const own = (key: string, line: string) => (data.startsWith(key) ? "" : `${line}\n`);
  return [
    "netwright 1",
    `data d {\n${own("source", 'source: "a.csv"')}${own("target", "target: Price")}${data}\n}`,
    `model {\n${step}\n${last}\n}`,
    `train {\n${train}\n}`,
    `expect {\n${expect}\n}`,
  ].join("\n");
}

/** Wide enough for the loss. */
function lastFor(loss: string): string {
  return catalog.definitions.loss.get(loss)?.spread === true ? "dense(2)" : "dense(1)";
}

/** Without data, whose target would be one number. */
function ofClasses(train: string, expect: string): string {
  const loss = train === "" ? "loss: cross_entropy" : train;
  return `netwright 1\nmodel {\n input(8)\n dense(3)\n}\ntrain {\n${loss}\n}\nexpect {\n${expect}\n}\n`;
}

function inModel(step: string): string {
  return fileOf({ step });
}
function inTrain(train: string): string {
  return fileOf({ train });
}
/** A window is several rows. */
function inData(data: string): string {
  return fileOf({ data, ...(data.startsWith("window") ? { step: "flatten" } : {}) });
}

describe.each(pages)("$kind $name", (page) => {
  test("tells all that it should", () => {
    expect(page.doc).toMatch(/\.$/);
    expect(page.example).not.toBe("");
    for (const param of page.params) expect(param.doc).toMatch(/\.$/);
    const defined = !["setting", "word"].includes(page.kind);
    if (defined) expect([page.formula, page.source]).toEqual([expect.any(String), expect.any(String)]);
  });

  test("its example holds the name and has no errors", () => {
    const short = page.name.split(".").at(-1) ?? "";
    expect(page.example).toContain(short);
    const { diagnostics } = analyze(
      { file: "model.net", text: FILES[page.kind](page.example, page) },
      {
        catalog,
        host: {
          readFile: () => ({ file: "blocks.net", text: "netwright 1\n" }),
          columns: () => ["Area", "Rooms", "Age", "Price", ...(TAUGHT.has(page.name) ? ["prob_low"] : [])],
        },
      },
    );
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  });
});

test("as Markdown", () => {
  const [elu] = helpFor("elu");
  if (elu === undefined) throw new Error("elu has no page");
  expect(pageMarkdown(elu)).toMatchInlineSnapshot(`
"# elu: activation

\`elu(alpha = 1)\`

Exponential linear unit: smooth below 0, saturating at -alpha. Also a layer: \`elu\` on a line of its own.

## Formula

\`x where x > 0, alpha * (exp(x) - 1) elsewhere\`

## Parameters

- \`alpha\`: Scale of the negative part. A number of at least 0; by default \`1\`.

## Example

\`\`\`net
dense(64, elu(alpha: 0.5))
\`\`\`

## Source

Clevert, Unterthiner, Hochreiter 2016, "Fast and Accurate Deep Network Learning by Exponential Linear Units"
"
`);
});

test("codes have titles without a full stop", () => {
  expect(Object.keys(codeTitles).length).toBeGreaterThan(120);
  for (const title of Object.values(codeTitles)) expect(title).toMatch(/[^.]$/);
});
