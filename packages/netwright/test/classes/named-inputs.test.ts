// Columns that become an index are inputs of their own: taken by name, embedded, fed as whole numbers.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { lower } from "@netwright/compiler";
import { print } from "@netwright/ir";
import { load, memoryFiles, openProject, resolvedText, train } from "netwright";

const folder = mkdtempSync(join(tmpdir(), "netwright-inputs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MAKERS = ["anna", "bert", "carl", "dora"];
const rows = Array.from({ length: 120 }, (_, i) => {
  const maker = MAKERS[i % 4] ?? "";
  const day = ["mo", "tu", "we"][i % 3] ?? "";
  const size = (i % 17) / 4;
  return { maker, "week day": day, size, weight: size * 2, price: size + (i % 4) * 3 + (i % 3) };
});

/** One of the columns has the name under which programs are fed the weights of rows. */
const source = (flow: string) => `netwright 1
data goods {
  source: "goods.csv"
  target: price
  columns {
    maker: category(encoder: ordinal(unknown: other))
    "week day": category(encoder: ordinal)
    weight: category(encoder: ordinal(unknown: other))
  }
}
model {
  ${flow}
}
train {
  loss: mse
  optimizer: adam(learning_rate: 0.05)
  batch: 16
  epochs: 30
}
`;

const FLOW = `parallel {
    numbers { input(features) -> dense(4, tanh) }
    makers { input(maker) -> embedding(3) }
    days { input("week day") -> embedding(2) }
    weights { input(weight_) -> embedding(2) }
  } -> concat
  dense(outputs)`;

test("a network takes them by name, on all backends to the same bits", async () => {
  const jit = await train(source(FLOW), { backend: "jit", data: rows });
  const reference = await train(source(FLOW), { backend: "reference", data: rows });
  expect(reference.record.hash.weights).toBe(jit.record.hash.weights);
  expect(jit.metrics.test?.["r2"]).toBeGreaterThan(0.9);

  const again = load(await jit.save(folder), { backend: "reference" });
  const inputs = rows.slice(0, 50).map(({ price: _, ...row }) => row);
  expect(await again.predict(inputs)).toEqual(await jit.predict(inputs));
  expect(await again.evaluate(rows)).toEqual(await jit.evaluate(rows));
  // A maker that training has not seen has a place of its own.
  const [known, unknown] = await again.predict([
    { maker: "anna", "week day": "mo", size: 1, weight: 2 },
    { maker: "emil", "week day": "mo", size: 1, weight: 2 },
  ]);
  expect(unknown?.["price"]).not.toBe(known?.["price"]);
}, 30_000);

test("the only feature may be one", async () => {
  const text = source("embedding(8) -> dense(outputs)").replace(
    "target: price",
    "target: price\n  features: [maker]",
  );
  const model = await train(text, { backend: "jit", data: rows, epochs: 2 });
  const one = await model.predict({ maker: "bert" });
  expect(Number.isFinite(one["price"])).toBe(true);
});

test("a name that there is not leads to those that there are", () => {
  const { diagnostics } = openProject(
    { file: "goods.net", text: source(FLOW.replace("input(maker)", "input(size)")) },
    { files: memoryFiles(new Map()), data: rows },
  );
  const [first] = diagnostics;
  expect([first?.code, ...(first?.notes ?? [])]).toEqual([
    "NW0228",
    'Inputs: `features`, `maker`, `"week day"` and `weight_`.',
  ]);
});

test.each([
  ["branches", FLOW],
  [
    "a residual",
    `parallel {
    numbers { input(features) -> residual(project: dense) { dense(4, tanh) } }
    makers { input(maker) -> embedding(2) -> residual { dense(2) } }
  } -> concat
  dense(outputs)`,
  ],
  [
    "a branch without layers",
    `parallel { a { input(features) } b { input(maker) -> embedding(2) } } -> concat
  dense(outputs)`,
  ],
  ["one of several", "input(maker) -> embedding(2) -> dense(outputs)"],
])("the resolved text takes the same inputs, whatever they are called: %s", (_, flow) => {
  const options = { files: memoryFiles(new Map()), data: rows };
  const { model } = openProject({ file: "goods.net", text: source(flow) }, options);
  if (model === undefined) throw new Error("no model");
  const text = resolvedText(model);
  const again = openProject({ file: "goods.net", text }, options);
  expect(again.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(again.model?.inputs).toEqual(model.inputs);
  expect(again.model && resolvedText(again.model)).toBe(text);
});

test("the resolved text of a block that is shared by inputs means the same program", () => {
  const towns = ["ulm", "bonn", "kiel"];
  const trips = Array.from({ length: 60 }, (_, i) => ({
    from: towns[i % 3],
    to: towns[(i * 7 + 1) % 3],
    price: i % 5,
  }));
  const modelOf = (text: string) => {
    const options = { files: memoryFiles(new Map()), data: trips };
    const { model, diagnostics } = openProject({ file: "trips.net", text }, options);
    if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
    return model;
  };
  const model = modelOf(`netwright 1
data {
  source: "trips.csv"
  target: price
  columns { from: category(encoder: ordinal), to: category(encoder: ordinal) }
}
block town { embedding(2) -> dense(3, tanh) }
model {
  parallel {
    a { input(from) -> shared(town) }
    b { input(to) -> shared(town) -> residual(project: dense) { dense(3) } }
  } -> concat
  dense(outputs)
}
train { loss: mse }
`);
  const full = modelOf(resolvedText(model));
  expect(print(lower(full, { predict: [2] }))).toBe(print(lower(model, { predict: [2] })));
});

test("a mistake elsewhere does not make `input(features)` another", () => {
  const text = source(FLOW).replace("batch: 16", "batch: 0");
  const { diagnostics } = openProject(
    { file: "goods.net", text },
    { files: memoryFiles(new Map()), data: rows },
  );
  expect(diagnostics.map(({ code }) => code)).toEqual(["NW0304"]);
});
