// The JavaScript module, run in Node: its predictions are Netwright's to the bit in 32 bits.

import { describe, expect, test } from "@jest/globals";
import { type FormatFile, formats, type PortableModel, type SampleAnswer } from "@netwright/formats";
import { float64Given } from "@netwright/formats/node";
import { writeC, writeGo, writeJs, writeRust } from "../../src/source/write.ts";
import { portable } from "../portable.ts";
import { cases } from "./models.ts";

interface Exported {
  readonly predict: (row: unknown) => SampleAnswer;
  readonly selfTest: () => number;
}

function filesOf(written: ReturnType<typeof writeJs>): readonly FormatFile[] {
  if ("refused" in written) throw new Error(JSON.stringify(written.refused));
  return written.files;
}

async function loaded(files: readonly FormatFile[]): Promise<Exported> {
  const text = new TextDecoder().decode(files[0]?.content);
  return import(`data:text/javascript,${encodeURIComponent(text)}`);
}

const isCalibrated = ({ outputs }: PortableModel) =>
  outputs.kind === "classes" && outputs.temperature !== null;

describe.each(cases)("$name", ({ source, data }) => {
  let model: PortableModel;
  test("is predicted by the module with Netwright's bits, and refused where that refuses", async () => {
    model = await portable(source, data);
    const own = await loaded(filesOf(writeJs(model, { samples: 40 })));
    // A power is what the library of the language makes of it.
    expect(own.selfTest()).toBeLessThanOrEqual(isCalibrated(model) ? 1e-15 : 0);
    const { samples } = model;
    const { length } = samples;
    const answers = samples.answers.map((_, i) => {
      const rows = samples.rows.slice(i * length, (i + 1) * length).map(({ values }) => values);
      return own.predict(length === 1 && model.window === null ? rows[0] : rows);
    });
    answers.forEach((answer, i) => {
      expect(answer).toMatchObject(samples.answers[i] ?? {});
    });
  });

  test("in 64 bits it is as near as 32 bits are", async () => {
    const written = writeJs(model, { precision: "double", samples: 40 });
    if ("refused" in written) expect(written.refused[0]?.what).toBe("The function `erf` in 64 bits");
    else expect((await loaded(written.files)).selfTest()).toBeLessThan(1e-5);
  });
});

test("a layer of more weights than a call has arguments", async () => {
  const source = `netwright 1
data t { source: "t.csv", target: y }
model { dense(300) -> dense(300, relu) -> dense(1) }
train { loss: mse, optimizer: adam(0.001), epochs: 1, batch: 16 }
`;
  const data = Array.from({ length: 40 }, (_, i) => ({ x: i % 7, y: i % 5 }));
  const own = await loaded(filesOf(writeJs(await portable(source, data))));
  expect(own.selfTest()).toBe(0);
}, 30_000);

/** Whose layers and columns are run in f64. */
const wide = ["relu", "tanh", "swish", "elu", "sigmoid", "softplus"].map((name) => `numbers through ${name}`);

test.each([...wide, "quantiles", "classes", "an LSTM"])("%s: in 64 bits it is a run in f64", async (name) => {
  const { source = "", data = [] } = cases.find((one) => one.name === name) ?? {};
  const model = await portable(source, data);
  const samples = { ...model.samples, given: float64Given(model) };
  const own = await loaded(filesOf(writeJs({ ...model, samples }, { precision: "double", samples: 40 })));
  expect(own.selfTest()).toBeLessThan(1e-13);
});

test("formats are loaded by their names", async () => {
  expect(await formats.c.load()).toBe(writeC);
  expect(await formats.js.load()).toBe(writeJs);
});

test("what no language is told is refused by the name of its column", async () => {
  const source = cases[0]?.source.replace("wide: number(scale: log1p)", "wide: number(scale: power)") ?? "";
  const model = await portable(source, cases[0]?.data ?? []);
  const refused = [
    { of: "column", what: "Column `wide`", why: "is encoded by `power`, which the format cannot compute" },
  ];
  for (const write of [writeC, writeJs, writeRust, writeGo]) expect(write(model)).toEqual({ refused });
});

test("the module names the column and what is wrong with its cell", async () => {
  const model = await portable(cases[0]?.source ?? "", cases[0]?.data ?? []);
  const { predict } = await loaded(filesOf(writeJs(model)));
  const row = { ...model.samples.rows[0]?.values };
  expect(() => predict({ ...row, cement: 501 })).toThrow("column cement: above the range");
  expect(() => predict({ ...row, size: "huge" })).toThrow("column size: an unknown word");
  expect(() => predict({ ...row, "Age in days": null })).toThrow("column Age in days: empty");
});

test("what strangers have written stays in comments and texts", async () => {
  const source = `netwright 1
data t { source: "t.csv", target: y, features: [n, w]
  columns { n: number(unit: "kg*/\\nint evil;"), w: category, y: category }
}
model { dense(2) }
train { loss: cross_entropy, optimizer: adam(0.01), epochs: 1, batch: 16 }
`;
  const words = ["MISSING", "b\\"];
  const data = Array.from({ length: 40 }, (_, i) => ({ n: i % 7, w: words[i % 2], y: words[(i >> 1) % 2] }));
  const model = await portable(source, data);
  const text = (write: typeof writeC) => new TextDecoder().decode(filesOf(write(model)).at(-1)?.content);
  for (const write of [writeC, writeRust, writeGo, writeJs]) {
    expect(text(write).split("\n")).not.toContainEqual(expect.stringMatching(/^\s*int evil/));
    expect(text(write)).toContain("kg* / int evil;");
  }
  expect(text(writeC).split("\n")).not.toContainEqual(expect.stringMatching(/\\$/));
  expect(text(writeC)).toContain('"MISSING"},');
  expect(text(writeGo)).toMatch(/^\/\/ Code generated .* DO NOT EDIT\.$/m);
});

test("of hundreds of columns the self-test has some rows, and not one for each way to be refused", async () => {
  const pixels = Array.from({ length: 256 }, (_, i) => `p${i}`);
  const data = Array.from({ length: 40 }, (_, row) => ({
    ...Object.fromEntries(pixels.map((name, i) => [name, (row * 7 + i * 3) % 256])),
    kind: row % 2 === 0 ? "even" : "odd",
  }));
  const model = await portable(
    `netwright 1
data pictures { source: "table.csv", target: kind, columns { image: image(16, 16, columns: "p*") } }
model { flatten -> dense(4, relu) -> dense(outputs) }
train { loss: cross_entropy, epochs: 1 }
`,
    data,
  );
  expect(model.samples.refused.length).toBeGreaterThan(256);
  for (const write of [writeJs, writeC, writeRust, writeGo]) {
    const files = filesOf(write(model, {}));
    expect(files[0]?.content.length).toBeLessThan(700_000);
  }
  expect((await loaded(filesOf(writeJs(model, {})))).selfTest()).toBe(0);
});
