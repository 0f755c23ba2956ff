// The resolved model that a run keeps is a shortcut: it is used as it is where it is sound, and where it is anything else
// the texts beside it are read, whoever wrote it.

import { describe, expect, jest, test } from "@jest/globals";
import { lower } from "@netwright/compiler";
import type { Diagnostic, Model } from "@netwright/lang";
import { savedModel, train } from "netwright";

// On a machine with other things to do.
jest.setTimeout(60_000);

const days = ["mo", "tu", "we"];
const rows = Array.from({ length: 60 }, (_, i) => ({
  a: i % 7,
  b: (i * i) % 11,
  day: days[i % 3] ?? "",
  y: i % 5,
  kind: i % 2 === 0 ? "odd" : "even",
}));

const file = (data: string, flow: string, settings: string) => `netwright 1
param width = 3 in 1..8
data goods {
  source: "goods.csv"
  ${data}
  columns { day: category(encoder: ordinal(unknown: other)), a: number(unit: "m", min: 0, max: 9) }
}
block tower(units) { dense(units, relu) -> dropout(10%) -> dense(units) }
model { ${flow} }
train { ${settings}, epochs: 1 }
expect { test.${settings.includes("cross_entropy") ? "accuracy(top: 2)" : "mae"} < 1e9 }
`;

const NUMBERS = 'target: y, features: [a, b, day], missing: median, separator: ","';
const FLOW = `parallel {
    numbers { input(features) -> dense(width) -> shared(tower(width)) -> batch_norm -> residual { shared(tower(width)) } }
    day { input(day) -> embedding(2) }
  } -> concat -> dense(outputs, kernel_regularizer: l2(1e-3))`;

const sources: Readonly<Record<string, string>> = {
  "numbers in and out": file("target: y, features: [a, b]", "dense(width, tanh) -> dense(1)", "loss: mae"),
  "a graph with shared weights": file(
    NUMBERS,
    FLOW,
    "loss: huber, optimizer: adam(learning_rate: cosine(1e-2, warmup_steps: 2)), weight_average: 0.9, freeze: embedding_1, stop: early(patience: 3)",
  ),
  "members that draw": file(
    "target: y, features: [a, b]",
    "members(3, choose: best, draw: [width]) -> member_dense(4, tanh) -> dropout(width / 20) -> member_dense(outputs)",
    "loss: mse, optimizer: adamw(weight_decay: cosine(width))",
  ),
  "several quantiles": file(
    "target: y, features: [a, b]",
    "members(2) -> dropout(10%) -> member_dense(outputs)",
    "loss: quantile(levels: [0.1, 0.5, 0.9])",
  ),
  classes: file(
    "target: kind, features: [a, b]",
    "dense(4, elu(alpha: 0.5)) -> dense(outputs)",
    "loss: cross_entropy",
  ),
};

async function keptBy(source: string) {
  const { bundle } = await train(source, { backend: "reference", data: rows });
  const { model } = bundle;
  const kept: { from: string; model: Model } = JSON.parse(model.model ?? "null");
  const readBack = (changed: unknown) =>
    savedModel({ ...model, model: JSON.stringify({ from: kept.from, model: changed }) });
  return { file: model, kept: kept.model, readBack };
}

describe.each(Object.keys(sources))("%s", (name) => {
  test("is used as it was kept", async () => {
    const { kept, readBack } = await keptBy(sources[name] ?? "");
    // The texts do not say so.
    const saved = await readBack({ ...kept, train: { ...kept.train, seed: 77 } });
    expect(saved).toMatchObject({ ok: true, value: { model: { train: { seed: 77 } } } });
  });

  test("anything else in any of its places ends in the model of the texts, one as sound, or a diagnostic", async () => {
    const { kept, readBack } = await keptBy(sources[name] ?? "");
    let changes = 0;
    for (const [i, [path, value]] of placesOf(kept).entries()) {
      // All in all places take a minute; `npm run torture` tries them.
      for (const odd of oddValues(value).filter((_, j) => (i + j) % 13 === 0)) {
        const saved = await readBack(changedAt(kept, path, odd));
        if (saved.ok) lower(saved.value.model, { predict: [1], evaluate: [2] });
        // Another setting may want other weights, and another name may stand for nothing here.
        else expect(["NW0841", "NW0844"]).toContain(saved.diagnostics.find(isError)?.code);
        changes++;
      }
    }
    expect(changes).toBeGreaterThan(60);
  });
});

test("what does not fit together is not used, part by part as right as it is", async () => {
  const { kept, readBack } = await keptBy(sources["a graph with shared weights"] ?? "");
  const [first, second, ...others] = kept.nodes;
  if (first === undefined || second === undefined) throw new Error("no nodes");
  const strange: readonly Partial<Model>[] = [
    { nodes: [second, first, ...others] },
    { nodes: [first, second] },
    { nodes: [...kept.nodes, first] },
    { nodes: kept.nodes.map((node) => ({ ...node, weights: first.name })) },
    { nodes: kept.nodes.map((node) => ({ ...node, name: first.name })) },
    { inputs: [] },
    { inputs: [...kept.inputs, ...kept.inputs] },
    { outputs: [] },
    { outputs: kept.outputs.map((output) => ({ ...output, from: "x" })) },
    { nodes: kept.nodes.map((node) => ({ ...node, args: {} })) },
    { nodes: kept.nodes.map((node) => ({ ...node, args: { ...node.args, toString: 1 } })) },
    { nodes: kept.nodes.map((node) => ({ ...node, closes: null, path: [], inputs: [] })) },
    {
      nodes: kept.nodes.map((node) => ({
        ...node,
        args: { ...node.args, activation: { family: "loss", name: "mse", args: {}, span: node.span } },
      })),
    },
  ];
  for (const changes of strange) {
    const saved = await readBack({ ...kept, ...changes });
    expect(saved.ok ? saved.value.model : saved.diagnostics).toEqual(kept);
  }
});

describe("what `report` asks for", () => {
  const none = { spans: {} };
  const dropout = { spread: "dropout", samples: 3, spans: {} };
  test.each([
    ["classes", dropout],
    ["classes", { spread: "runs", interval: 0.5, spans: {} }],
    ["numbers in and out", dropout],
    ["numbers in and out", { spread: "members", spans: {} }],
    ["numbers in and out", { spread: "runs", spans: {} }],
    ["numbers in and out", { calibration: "temperature", spans: {} }],
    ["several quantiles", dropout],
    ["several quantiles", { spread: "members", spans: {} }],
    ["a graph with shared weights", { ...dropout, samples: 1 }],
    ["a graph with shared weights", { ...dropout, samples: 1001 }],
    ["a graph with shared weights", { spread: "dropout", spans: {} }],
    ["a graph with shared weights", { samples: 3, spans: {} }],
  ])("is not used of %s where nothing can be told of it: %j", async (name, report) => {
    const { kept, readBack } = await keptBy(sources[name] ?? "");
    const saved = await readBack({ ...kept, report });
    expect(saved.ok ? saved.value.model : saved.diagnostics).toEqual(kept);
  });

  test.each([
    ["a graph with shared weights", dropout],
    ["members that draw", { spread: "members", spans: {} }],
    ["several quantiles", { interval: 0.5, spans: {} }],
    ["classes", { interval: 0.5, calibration: "temperature", spans: {} }],
    ["numbers in and out", none],
  ])("is used of %s where it can be told: %j", async (name, report) => {
    const { kept, readBack } = await keptBy(sources[name] ?? "");
    expect(await readBack({ ...kept, report })).toMatchObject({ ok: true, value: { model: { report } } });
  });

  test("an interval that goes by a spread which there is not is damaged, and so is one that goes by none", async () => {
    const { file, kept } = await keptBy(sources["members that draw"] ?? "");
    const { encoders } = file;
    if (encoders === null) throw new Error("no encoders");
    const { from } = JSON.parse(file.model ?? "");
    const read = (scaled: object, report: object) =>
      savedModel({
        ...file,
        model: JSON.stringify({ from, model: { ...kept, report } }),
        encoders: {
          ...encoders,
          target: encoders.target.map((column) =>
            column.kind === "words"
              ? column
              : { ...column, interval: { share: 0.5, radius: 1, min: null, max: null, ...scaled } },
          ),
        },
      });
    const [plain, spread] = [
      { interval: 0.5, spans: {} },
      { interval: 0.5, spread: "members", spans: {} },
    ];
    expect(await read({}, plain)).toMatchObject({ ok: true });
    expect(await read({ scaled: true }, spread)).toMatchObject({ ok: true });
    const damaged = { ok: false, diagnostics: [{ code: "NW0660" }] };
    expect(await read({ scaled: true }, plain)).toMatchObject(damaged);
    expect(await read({}, spread)).toMatchObject(damaged);
  });
});

test("weights of another kind, another shape, too few and too many do not fit", async () => {
  const { file } = await keptBy(sources["numbers in and out"] ?? "");
  const [[name, tensor] = ["", undefined], ...others] = [...file.weights];
  if (tensor === undefined) throw new Error("no weights");
  const { shape, data } = tensor;
  for (const weights of [
    new Map([[name, { shape, data: new Uint32Array(data) }], ...others]),
    new Map([[name, { shape: [...shape].reverse(), data }], ...others]),
    new Map(others),
    new Map([...file.weights, ["step", { shape: [], data: new Int32Array(1) }]]),
    new Map([...file.weights, ["__proto__", { shape: [1], data: new Float32Array(1) }]]),
  ]) {
    const saved = await savedModel({ ...file, weights });
    expect(saved).toMatchObject({ ok: false, diagnostics: [{ code: "NW0841" }] });
  }
});

const isError = ({ severity }: Diagnostic) => severity === "error";

type Path = readonly (string | number)[];

function placesOf(value: unknown, path: Path = []): readonly (readonly [Path, unknown])[] {
  // A place in a text is shown, and decides nothing.
  const inside =
    typeof value !== "object" || value === null
      ? []
      : Object.entries(value).filter(([key]) => key !== "span" && key !== "spans");
  return [
    ...(path.length === 0 ? [] : [[path, value] as const]),
    ...inside.flatMap(([key, entry]) => placesOf(entry, [...path, Array.isArray(value) ? Number(key) : key])),
  ];
}

function oddValues(value: unknown): readonly unknown[] {
  const odd = [undefined, null, true, "", "__proto__", 0, -1, 0.5, 1e308, [], [[]], {}, { __proto__: null }];
  if (typeof value === "number") return [...odd, value + 1, -value];
  return Array.isArray(value) ? [...odd, [...value, ...value], value.slice(1)] : odd;
}

function changedAt(value: unknown, [key, ...rest]: Path, odd: unknown): unknown {
  if (key === undefined) return odd;
  const entry = Object(value)[key];
  if (Array.isArray(value)) {
    return value.map((item, i) => (i === key ? changedAt(entry, rest, odd) : item));
  }
  return { ...Object(value), [key]: changedAt(entry, rest, odd) };
}
