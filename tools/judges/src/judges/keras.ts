// Keras loads what is exported, on JAX and on PyTorch, in an environment that this judge makes: the file of `keras` and the code of
// `keras-code`. Predictions are held to Netwright's, and rows that it refuses are to be refused.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { formats, type PortableModel } from "@netwright/formats";
import { type Answer, predictionsApart } from "../formats/apart.ts";
import { judgedModels } from "../formats/models.ts";
import type { Judge, Verdict } from "../judge.ts";
import { venvWith } from "../venv.ts";

const SCRIPT = fileURLToPath(new URL("../../python/keras_models.py", import.meta.url));
const PACKAGES = ["keras==3.15.1", "jax==0.10.2", "torch==2.15.0"];
const BACKENDS = ["jax", "torch"] as const;

export const keras: Judge = {
  name: "keras",
  about: "Keras 3, on JAX and on PyTorch, predicts 1,000 rows of each model as Netwright does",
  judge,
};

interface Case {
  readonly name: string;
  readonly model: PortableModel;
}

async function judge(): Promise<Verdict> {
  const environment = venvWith("keras", PACKAGES);
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
        cases.push({ name: `${name}, ${format}`, model });
      }
    }
    writeFileSync(join(folder, "cases.json"), JSON.stringify(told));
    let right = 0;
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
      for (const [i, { name, model }] of cases.entries()) {
        const answer = answers[i] ?? { given: [], predictions: [], taken: 0 };
        const line = predictionsApart(`${name} on ${backend}`, model, answer);
        if (line === null) right++;
        else wrong.push(line);
      }
    }
    return { kind: "judged", right, wrong };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
