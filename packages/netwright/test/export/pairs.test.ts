// A wrapper and a module that were not exported together, as a cache of a browser or half a copy makes them: nothing is
// predicted, whatever the two models are.

import { expect, test } from "@jest/globals";
import { exportWasm, train, type WasmExport } from "netwright";

declare const WebAssembly: { readonly Module: new (bytes: Uint8Array) => object };

const csv = [
  "note,n,word,y,kind",
  ...Array.from({ length: 60 }, (_, i) => {
    const note = ["sunny flat", "old house", "a small sunny room"][i % 3];
    return `${note},${i % 9},${["red", "blue"][i % 2]},${100 + ((i * 37) % 90)},${["low", "high"][i % 2]}`;
  }),
].join("\n");

interface Drawn {
  readonly columns: string;
  readonly target?: string;
  readonly loss?: string;
  readonly seed?: number;
}

async function exported({ columns, target = "y", loss = "mse", seed = 1 }: Drawn): Promise<WasmExport> {
  const features = [...columns.matchAll(/^(\w+):/gm)].map(([, name]) => name).filter((name) => name !== "y");
  const text = `netwright 1
data d { source: "d.csv", target: ${target}, features: [${features.join(", ")}], columns {
${columns}
} }
model { dense(4, tanh) -> dense(outputs) }
train { loss: ${loss}, epochs: 2, batch: 8, seed: ${seed} }
`;
  const model = await train(text, { backend: "reference", data: csv });
  return exportWasm(model.bundle);
}

/** Pairs of the same version of the section are among them, which need the same and which do not. */
const MODELS: readonly Drawn[] = [
  { columns: "note: text(bag_of_words)\ny: number(scale: minmax)" },
  { columns: "note: text(bag_of_words)\ny: number(scale: power)" },
  { columns: "note: text(bag_of_words)\ny: number(scale: power)", seed: 2 },
  { columns: "n: number\ny: number" },
  { columns: "n: number\ny: number", seed: 2 },
  { columns: "n: number(scale: minmax)\ny: number" },
  { columns: "n: number(scale: periodic)\ny: number" },
  { columns: "n: number(scale: periodic)\ny: number", loss: "quantile(levels: [0.1, 0.5])" },
  { columns: "word: category", target: "kind", loss: "cross_entropy" },
  { columns: 'word: ordinal(values: ["red", "blue"])', target: "kind", loss: "cross_entropy" },
];

test("a wrapper opens its own module, and of all others none", async () => {
  const all: WasmExport[] = [];
  for (const drawn of MODELS) all.push(await exported(drawn));
  const wrappers = await Promise.all(
    all.map(async ({ js }) => import(`data:text/javascript,${encodeURIComponent(js)}`)),
  );
  for (const [i, { load }] of wrappers.entries()) {
    for (const [j, { wasm }] of all.entries()) {
      for (const source of [wasm, new WebAssembly.Module(wasm)]) {
        const told: unknown = await load(source).then(() => "opened", String);
        expect([i, j, told]).toEqual([i, j, i === j ? "opened" : OTHER]);
      }
    }
  }
}, 60_000);

const OTHER =
  "TypeError: This model is not the one that this file was exported with: take both of one export.";
