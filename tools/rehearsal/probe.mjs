// Beside an installed package: trains 54 steps of the concrete model, saves, loads and predicts, and prints what must
// be the same everywhere. Arguments: a folder for the runs, then the numbers of threads.

import { join } from "node:path";
import process from "node:process";
import { load, train } from "netwright";
import { recipe } from "./recipe.mjs";

const [runs, ...threads] = process.argv.slice(2);
for (const asked of threads.map(Number)) {
  // 6 steps of 128 rows an epoch.
  const model = await train("examples/concrete/concrete.net", { epochs: 9, threads: asked });
  const directory = await model.save(join(runs, String(asked)));
  const { hash, backend } = model.record;
  const prediction = await load(directory).predict(recipe);
  console.log(JSON.stringify({ asked, threads: backend.threads, weights: hash.weights, prediction }));
}
