// The same in a page, built by Vite: what it finds goes to the server that it came from.

import { load, train } from "netwright";
import csv from "./examples/concrete/concrete.csv?raw";
import source from "./examples/concrete/concrete.net?raw";
import { recipe } from "./recipe.mjs";

const results = [];
let failure = null;
try {
  for (const asked of [1, 2]) {
    const model = await train(source, { data: csv, epochs: 9, threads: asked });
    const { hash, backend } = model.record;
    const prediction = await load(model.files()).predict(recipe);
    results.push({ asked, threads: backend.threads, weights: hash.weights, prediction });
  }
} catch (error) {
  failure = `${error}\n${error.stack}`;
}
await fetch("/result", { method: "POST", body: JSON.stringify({ results, failure }) });
