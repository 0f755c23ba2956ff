// JAX reads and runs what `printStablehlo` writes, for every program of the catalog's examples and for the concrete
// example, and its results are held to those of the reference backend; then the models of the formats, whose answers are Netwright's.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { referenceBackend } from "@netwright/backend-reference";
import { type Func, feedsOf, outputsOf, type Program, type TensorType } from "@netwright/ir";
import type { Batch, Machine, NamedTensors, TensorData } from "@netwright/runtime";
import { printStablehlo } from "@netwright/stablehlo";
import { examplePrograms } from "netwright";
import { pythonWithJax } from "../jax/python.ts";
import type { Judge, JudgeOptions, Verdict } from "../judge.ts";
import { judgedModel, modelCases } from "./stablehlo-models.ts";

const SCRIPT = fileURLToPath(new URL("../../python/stablehlo.py", import.meta.url));

export const stablehlo: Judge = {
  name: "stablehlo",
  about:
    "JAX runs the StableHLO of every example of the catalog as the reference backend does, and reads it for two devices",
  judge,
};

async function judge({ python }: JudgeOptions): Promise<Verdict> {
  const found = pythonWithJax(python);
  if ("reason" in found) return { kind: "skipped", reason: found.reason };
  console.error(`  JAX ${found.version}`);
  const folder = mkdtempSync(join(tmpdir(), "netwright-stablehlo-"));
  try {
    const cases: Case[] = [];
    for (const { name, program, batch } of examplePrograms()) {
      cases.push(...(await casesOf(name, program, batch, folder, cases.length)));
    }
    const models = await modelCases(folder);
    const told = models.map(({ model: _, ...one }) => one);
    writeFileSync(join(folder, "cases.json"), JSON.stringify([...cases, ...told]));
    const run = spawnSync(found.python, [SCRIPT, folder], { encoding: "utf8", maxBuffer: 2 ** 28 });
    if (run.status !== 0) return { kind: "judged", right: 0, wrong: [run.stderr.slice(-2000)] };
    const wrong: unknown = JSON.parse(readFileSync(join(folder, "wrong.json"), "utf8"));
    const lines = Array.isArray(wrong) ? wrong.map(String) : ["the script wrote no list"];
    const judged = models.map((one) => judgedModel(one, answerIn(join(folder, one.answer)), found.version));
    const rows = judged.filter((one) => typeof one !== "string");
    const apart = judged.filter((one) => typeof one === "string");
    const right = cases.length + models.length - lines.length - apart.length;
    return { kind: "judged", right, wrong: [...lines, ...apart], rows };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function answerIn(file: string): Float32Array | null {
  return existsSync(file) ? new Float32Array(Uint8Array.from(readFileSync(file)).buffer) : null;
}

/** One function: what it is given and what the reference makes of it, as files of bytes. */
interface Case {
  readonly name: string;
  readonly module: string;
  /** The same for several devices, which is read alone. */
  readonly divided: string;
  readonly arguments: readonly Stored[];
  readonly results: readonly Stored[];
}

interface Stored {
  readonly file: string;
  readonly dtype: string;
  readonly shape: readonly number[];
}

async function casesOf(
  name: string,
  program: Program,
  { feeds }: Batch,
  folder: string,
  first: number,
): Promise<readonly Case[]> {
  const machine = await referenceBackend.load(program);
  const seed: Readonly<Record<string, TensorData>> = { seed: Uint32Array.of(7) };
  const cases: Case[] = [];
  for (const func of program.functions.filter(({ kind }) => kind !== "composite")) {
    const number = first + cases.length;
    const given = [...stateOf(machine.readState(), func.reads), ...fed(func, { ...feeds, ...seed })];
    const results = run(machine, func, given.slice(func.reads.length));
    const store = (data: TensorData, side: string, i: number, { dtype, shape }: TensorType): Stored => {
      const file = `${number}-${side}-${i}`;
      writeFileSync(join(folder, file), new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      return { file, dtype, shape };
    };
    const module = `${number}.mlir`;
    // Half of them with their composites, which XLA then runs by their decompositions.
    const composites = number % 2 === 0 ? "inline" : "keep";
    writeFileSync(join(folder, module), printStablehlo(program, func.name, { composites }));
    const divided = `${number}-divided.mlir`;
    writeFileSync(
      join(folder, divided),
      printStablehlo(program, func.name, { composites, donate: true, devices: 2 }),
    );
    cases.push({
      name: `${name} ${func.name}`,
      module,
      divided,
      arguments: func.parameters.map(({ value }, i) => store(given[i] ?? NOTHING, "a", i, value.type)),
      results: func.results.map(({ value }, i) => store(results[i] ?? NOTHING, "r", i, value.type)),
    });
  }
  machine.dispose();
  return cases;
}

const NOTHING = new Float32Array();

function stateOf(state: NamedTensors, names: readonly string[]): readonly TensorData[] {
  return names.map((name) => state.get(name) ?? NOTHING);
}

function fed(func: Func, feeds: Readonly<Record<string, TensorData>>): readonly TensorData[] {
  return feedsOf(func).map(({ name }) => feeds[name] ?? NOTHING);
}

/** What it writes of the state, then its results, as copies. */
function run(machine: Machine, func: Func, feeds: readonly TensorData[]): readonly TensorData[] {
  const call = machine.call(func.name);
  feeds.forEach((data, i) => {
    call.inputs[i]?.set(data);
  });
  call.run();
  const outputs = outputsOf(func).map((_, i) => (call.outputs[i] ?? NOTHING).slice());
  return [...stateOf(machine.readState(), func.writes), ...outputs];
}
