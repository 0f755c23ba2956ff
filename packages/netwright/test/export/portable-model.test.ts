// What formats are told of a model is enough: a host that knows nothing else makes the numbers of the package, and turns back
// what the network gives to the package's predictions.

import { describe, expect, test } from "@jest/globals";
import { originalNumbers, type PortableModel, refusalsOf } from "@netwright/formats";
import { defineElementwiseLoss, extendCatalog, portableModel, type SavableModel, train } from "netwright";
import { numbersFor } from "./host.ts";

const noise = (i: number, by: number) => ((i * 7919 * by) % 1009) / 1009;
const data = Array.from({ length: 120 }, (_, i) => ({
  n: noise(i, 3) < 0.1 ? null : Math.round(noise(i, 5) * 1000) / 10,
  count: Math.round(noise(i, 7) * 20),
  wide: noise(i, 11) ** 3 * 1000,
  wave: noise(i, 13) * 10,
  rank: Math.round(noise(i, 17) * 30) / 3,
  day: `2024-0${1 + (i % 9)}-1${i % 10}`,
  flag: noise(i, 19) < 0.5 ? "yes" : "no",
  word: noise(i, 23) < 0.1 ? "" : ["red", "blue", "green"][i % 3],
  size: ["small", "middle", "large"][(i * 7) % 3],
  place: ["A", "B", "C", "D"][(i * 5) % 4],
  y: noise(i, 5) * 10 + (i % 3) + noise(i, 13),
}));

const columns = `
    n: number(unit: "kg", min: 0, max: 200, missing: mean(indicator: true))
    count: integer(min: 0, max: 30, scale: minmax)
    wide: number(scale: piecewise_linear(bins: 6))
    wave: number(scale: periodic(frequencies: 3, sigma: 0.5))
    rank: number(scale: quantile(n_quantiles: 12, output_distribution: normal))
    flag: boolean
    word: category(encoder: one_hot(unknown: other), missing: own_class)
    size: ordinal(values: ["small", "middle", "large"])
    place: category(encoder: target_mean)
    y: number(unit: "m", scale: log1p)`;

const file = (train: string, model = "dense(5, tanh) -> dense(outputs)", more = "") => `netwright 1
data table { source: "table.csv", target: y
  features: [n, count, wide, wave, rank, flag, word, size, place${more === "" ? "" : ", day"}]
  columns {${columns}
${more}
  }
}
model { ${model} }
train { ${train}, optimizer: adam(0.01), epochs: 2, batch: 32 }
`;

async function told(source: string): Promise<{ model: SavableModel; portable: PortableModel }> {
  const model = await train(source, { data, backend: "reference" });
  const outcome = await portableModel(model.bundle, { samples: 40, seed: 3 });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.diagnostics));
  return { model, portable: outcome.value };
}

/** The inputs of the network as the host makes them, and as the package has. */
function inputsBothWays({ columns: all, network, samples }: PortableModel) {
  return network.inputs.map(({ name, type }) => {
    const width = type.shape.reduce((product, size) => product * size, 1);
    const own = new Float32Array(samples.rows.length * width);
    for (const [i, { values }] of samples.rows.entries()) {
      for (const column of all.filter(({ place }) => place.input === name)) {
        const numbers = numbersFor(column, values[column.name] ?? null);
        expect(numbers).toHaveLength(column.place.size);
        own.set(numbers, i * width + column.place.at);
      }
    }
    return { own, theirs: Float32Array.from(samples.inputs.get(name) ?? []) };
  });
}

describe("columns of every kind of coding", () => {
  test("become the package's numbers to the bit, and its predictions", async () => {
    const { model, portable } = await told(file("loss: mse"));
    const kinds = portable.columns.map(({ coding }) => coding.kind);
    expect(new Set(kinds)).toEqual(new Set(["steps", "bins", "waves", "ranks", "one_hot", "numbers"]));
    for (const { own, theirs } of inputsBothWays(portable)) expect(own).toEqual(theirs);
    const { samples, outputs } = portable;
    expect(samples.rows.some(({ values }) => values["n"] === null)).toBe(true);
    expect(samples.rows.some(({ values }) => values["word"] === null)).toBe(true);
    const predicted = await model.predict(samples.rows.map(({ cells }) => cells));
    expect(predicted.map((one) => one["y"])).toEqual(samples.answers.map((one) => one["y"]));
    const original = originalNumbers(outputs, samples.given);
    expect([...original]).toEqual(samples.answers.map((one) => one["y"]));
  });

  test("rows that are to be refused are", async () => {
    const { model, portable } = await told(file("loss: mse"));
    const { refused } = portable.samples;
    expect(refused.map(({ column, because }) => `${column}: ${because}`)).toEqual([
      "n: below the range",
      "n: above the range",
      "count: empty",
      "count: below the range",
      "count: above the range",
      "count: not whole",
      "wide: empty",
      "wave: empty",
      "rank: empty",
      "flag: empty",
      "size: empty",
      "size: unknown word",
      "place: empty",
    ]);
    for (const { cells } of refused) await expect(model.predict(cells)).rejects.toThrow("NW06");
  });

  test("what is no data is named by its encoder, and refused by its name", async () => {
    const { portable } = await told(file("loss: mse", undefined, "    day: date"));
    expect(portable.columns.find(({ name }) => name === "day")).toMatchObject({
      holds: "dates",
      coding: { kind: "other", encoder: "calendar" },
    });
    expect(refusalsOf(portable, {})).toEqual([
      {
        of: "column",
        what: "Column `day`",
        why: "is encoded by `calendar`, which the format cannot compute",
      },
    ]);
    const own = portable.samples.rows[0]?.values["day"];
    expect(typeof own).toBe("number");
  });
});

describe("what the loss makes of the network's numbers", () => {
  test.each([
    ["mse", { kind: "as_is" }],
    ["huber", { kind: "as_is" }],
    ["quantile(levels: [0.1, 0.5, 0.9])", { kind: "sorted" }],
    ["quantile(0.9)", { kind: "as_is" }],
    ["gaussian_nll", { kind: "other", loss: "gaussian_nll" }],
  ])("%s", async (loss, link) => {
    const source = file(`loss: ${loss}`).replace("scale: log1p", "scale: none");
    expect((await told(source)).portable.network.link).toEqual(link);
  });

  test("of members that a loss brings together in a way of its own only the program says it", async () => {
    const cubic = defineElementwiseLoss({
      name: "cubic",
      doc: "As tested.",
      formula: "as tested",
      example: "loss: cubic",
      source: "",
      params: {},
      ofError: (b, e) => b.abs(b.multiply(e, b.multiply(e, e))),
    });
    const catalog = extendCatalog({
      loss: [{ ...cubic, average: (b, outputs) => b.reduce(outputs, "max", [1]) }],
    });
    const linkBehind = async (flow: string) => {
      const model = await train(file("loss: cubic", flow), { data, backend: "reference", catalog });
      const outcome = await portableModel(model.bundle, { samples: 1, catalog });
      await model.dispose();
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.diagnostics));
      return outcome.value.network.link;
    };
    expect(await linkBehind("dense(outputs)")).toEqual({ kind: "as_is" });
    const members = await linkBehind("members(2) -> member_dense(outputs)");
    expect(members).toEqual({ kind: "other", loss: "cubic" });
  });
});

test("the weights that predict are those of the average, and the program reads what the state has", async () => {
  const { model, portable } = await told(file("loss: mse, weight_average: 0.9"));
  const { weights, program, state } = portable.network;
  const average = model.bundle.model.weights.get("dense_1.kernel/average")?.data;
  expect(weights.get("dense_1")?.get("kernel")?.data).toEqual(average);
  for (const { name } of program.state) expect(state.has(name)).toBe(true);
  expect(program.functions.map(({ kind }) => kind)).toContain("predict");
});

test("windows: rows of each sample stand one behind the other", async () => {
  const series = Array.from({ length: 90 }, (_, i) => ({
    t: i,
    a: Math.round(noise(i, 3) * 100),
    y: noise(i, 5),
  }));
  const source = `netwright 1
data table { source: "table.csv", target: y, window: { length: 4, horizon: 1, order: t } }
model { lstm(3) -> dense(1) }
train { loss: mse, optimizer: adam(0.01), epochs: 1, batch: 16 }
`;
  const model = await train(source, { data: series, backend: "reference" });
  const outcome = await portableModel(model.bundle, { samples: 10 });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.diagnostics));
  const { window, samples, columns: all, network } = outcome.value;
  expect(window?.length).toBe(4);
  expect(samples.rows).toHaveLength(40);
  expect(samples.answers).toHaveLength(10);
  const [input] = network.inputs;
  const width = all.reduce((sum, { place }) => sum + place.size, 0);
  expect(input?.type.shape).toEqual([4, width]);
  for (const { own, theirs } of inputsBothWays({
    ...outcome.value,
    network: {
      ...network,
      inputs: network.inputs.map((one) => ({ ...one, type: { kind: "number", shape: [width] } })),
    },
  }))
    expect(own).toEqual(theirs);
});
