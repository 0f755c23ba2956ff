// PyTorch takes the weights by their names: modules of its own, or of ours where it has none, called as the layers are, load the file
// strictly and predict 1,000 rows.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { differenceTo, formats, originalNumbers, type PortableModel } from "@netwright/formats";
import { judgedModels } from "../formats/models.ts";
import type { Judge, Verdict } from "../judge.ts";
import type { ResultRow } from "../results/result.ts";
import { rowOf } from "../results/row-of.ts";
import { venvWith } from "../venv.ts";
import { KERAS_PACKAGES } from "./keras.ts";

const SCRIPT = fileURLToPath(new URL("../../python/torch_models.py", import.meta.url));
const READER = "PyTorch 2.15.0, safetensors 0.8.0";
const TOLERANCE = 1e-5;

export const safetensors: Judge = {
  name: "safetensors",
  about:
    "PyTorch loads the weights of each model by their names, strictly, and predicts 1,000 rows as Netwright does",
  judge,
};

interface Case {
  readonly name: string;
  readonly model: PortableModel;
}

interface Answer {
  /** What the last layer gives behind the link, row-major. */
  readonly given: readonly number[];
  /** What PyTorch says of the file. */
  readonly problem: string | null;
}

async function judge(): Promise<Verdict> {
  const environment = venvWith("keras", KERAS_PACKAGES);
  if ("reason" in environment) return { kind: "skipped", reason: environment.reason };
  const folder = mkdtempSync(join(tmpdir(), "netwright-torch-"));
  try {
    const cases: Case[] = [];
    const told: unknown[] = [];
    const write = await formats.safetensors.load();
    for await (const { name, model } of judgedModels()) {
      const written = await write(model);
      if ("refused" in written) throw new Error(`${name} is refused`);
      const file = `${cases.length}.safetensors`;
      for (const { content } of written.files) writeFileSync(join(folder, file), content);
      told.push({ file, ...toldOf(model) });
      cases.push({ name, model });
    }
    writeFileSync(join(folder, "cases.json"), JSON.stringify(told));
    const run = spawnSync(environment.python, [SCRIPT, folder], { encoding: "utf8", maxBuffer: 2 ** 28 });
    if (run.status !== 0) return { kind: "judged", right: 0, wrong: [run.stderr.slice(-2000)] };
    const answers: readonly Answer[] = JSON.parse(readFileSync(join(folder, "answers.json"), "utf8"));
    return { kind: "judged", ...judged(cases, answers) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The flow of the network, and what it is fed. */
function toldOf({ network, samples }: PortableModel) {
  return {
    nodes: network.nodes.map(({ name, layer, args, inputs, type }) => ({
      name,
      layer,
      args,
      inputs: inputs.map(({ from }) => from),
      shape: type.shape,
    })),
    output: network.output.from,
    link: network.link.kind,
    inputs: network.inputs.map(({ name, type }) => ({
      name,
      shape: [samples.answers.length, ...type.shape],
      data: Array.from(samples.inputs.get(name) ?? []),
    })),
  };
}

function judged(cases: readonly Case[], answers: readonly Answer[]) {
  const wrong: string[] = [];
  const rows: ResultRow[] = [];
  cases.forEach(({ name, model }, i) => {
    const { given, problem } = answers[i] ?? { given: [], problem: "it gives no answer" };
    const found = differenceTo(model, originalNumbers(model.outputs, given), { uncalibrated: true });
    const { difference, otherClasses } = found;
    console.error(`  ${name}: ${difference.toExponential(1)} of a deviation, ${otherClasses} other classes`);
    if (problem !== null) wrong.push(`${name}: ${problem}`);
    else if (difference > TOLERANCE || otherClasses > 0)
      wrong.push(`${name}: ${difference} of a deviation away, ${otherClasses} other classes`);
    else rows.push(rowOf(name, "safetensors", READER, difference));
  });
  return { right: rows.length, wrong, rows };
}
