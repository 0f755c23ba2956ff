// Keras loads what is exported, on JAX and on PyTorch, in an environment that this judge makes: the file of `keras` and the code of
// `keras-code`. Predictions are held to Netwright's, and rows that it refuses are to be refused.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { formats, type PortableModel } from "@netwright/formats";
import { type Answer, predictionsApart } from "../formats/apart.ts";
import { judgedModels, MODEL_NAMES } from "../formats/models.ts";
import type { Judge, Verdict } from "../judge.ts";
import type { ResultRow } from "../results/result.ts";
import { rowOf } from "../results/row-of.ts";
import { venvWith } from "../venv.ts";

const SCRIPT = fileURLToPath(new URL("../../python/keras_models.py", import.meta.url));
export const KERAS_PACKAGES = ["keras==3.15.1", "jax==0.10.2", "torch==2.15.0", "safetensors==0.8.0"];
const READERS = { jax: "Keras 3.15.1 on JAX 0.10.2", torch: "Keras 3.15.1 on PyTorch 2.15.0" } as const;
const BACKENDS = ["jax", "torch"] as const;

/** What Keras 3.15.1 does otherwise on one backend alone; `findings/` shows both without us. */
const FAULTS: readonly {
  readonly backend: "jax" | "torch";
  readonly layer: string;
  readonly fault: string;
}[] = [
  { backend: "jax", layer: "value_dim: 3", fault: "Keras on JAX takes no `value_dim` other than `key_dim`" },
  {
    backend: "torch",
    layer: "average_pooling1d(3, strides: 2, padding: same)",
    fault: "Keras on PyTorch averages the border of `padding: same` with itself",
  },
];

export const keras: Judge = {
  name: "keras",
  about: "Keras 3, on JAX and on PyTorch, predicts 1,000 rows of each model as Netwright does",
  judge,
};

interface Case {
  readonly name: string;
  readonly format: "keras" | "keras-code";
  readonly model: PortableModel;
}

async function judge(): Promise<Verdict> {
  const environment = venvWith("keras", KERAS_PACKAGES);
  if ("reason" in environment) return { kind: "skipped", reason: environment.reason };
  const folder = mkdtempSync(join(tmpdir(), "netwright-keras-"));
  try {
    const cases: Case[] = [];
    const told: unknown[] = [];
    const wrong: string[] = [];
    for await (const { name, model } of judgedModels({ withLayers: true })) {
      for (const format of ["keras", "keras-code"] as const) {
        const written = await (await formats[format].load())(model, {});
        if ("refused" in written) {
          wrong.push(`${name}: ${written.refused.map(({ what, why }) => `${what} ${why}`).join("; ")}`);
          continue;
        }
        const own = `${cases.length}`;
        mkdirSync(join(folder, own));
        for (const file of written.files) writeFileSync(join(folder, own, file.name), file.content);
        const names = written.files.map((file) => file.name);
        const beside = names.find((file) => file.endsWith("_preprocess.py"));
        told.push({
          folder: own,
          beside,
          model: names.find((file) => file !== beside && /\.(keras|py)$/.test(file)),
          rows: model.samples.rows.map(({ values }) => values),
          refused: model.samples.refused.map(({ values }) => values),
        });
        cases.push({ name, format, model });
      }
    }
    writeFileSync(join(folder, "cases.json"), JSON.stringify(told));
    let right = 0;
    const rows: ResultRow[] = [];
    const skipped: string[] = [];
    for (const backend of BACKENDS) {
      const env = { ...process.env, KERAS_BACKEND: backend };
      const run = spawnSync(environment.python, [SCRIPT, folder], {
        encoding: "utf8",
        env,
        maxBuffer: 2 ** 28,
      });
      if (run.status !== 0) {
        wrong.push(`${backend}: ${run.stderr.slice(-2000)}`);
        continue;
      }
      const answers: readonly Answer[] = JSON.parse(readFileSync(join(folder, "answers.json"), "utf8"));
      for (const [i, { name, format, model }] of cases.entries()) {
        const answer = answers[i] ?? { given: [], predictions: [], taken: 0 };
        const apart = predictionsApart(`${name}, ${format} on ${backend}`, model, answer);
        const fault = FAULTS.find((one) => one.backend === backend && name.includes(one.layer));
        if (fault !== undefined) {
          skipped.push(`${name}, ${format}: ${fault.fault}`);
          continue;
        }
        if (apart.wrong === null) right++;
        else wrong.push(apart.wrong);
        if (MODEL_NAMES.includes(name)) rows.push(rowOf(name, format, READERS[backend], apart.difference));
      }
    }
    return { kind: "judged", right, wrong, skipped, rows };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
