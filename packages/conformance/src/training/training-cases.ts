// Whole runs of training: loss and weights follow the reference for 50 steps, through several batch sizes, and a
// run that is stopped and continued elsewhere gives what an uninterrupted one gives.

import type { Program } from "@netwright/ir";
import type { Batch, Executable } from "@netwright/runtime";
import type { Case, ConformanceOptions } from "../kit/case.ts";
import { closenessFor } from "../kit/closeness.ts";
import { requireClose } from "../kit/compare.ts";
import { denseNetwork, type NetworkOptions } from "../programs/dense-network.ts";
import { adam, sgd } from "../programs/optimizer-update.ts";
import { BATCHES, batchAt, samples } from "./samples.ts";
import { requireSameState, vector, withExecutable, withReference } from "./session.ts";

const STEPS = 50;
const SEED = 11;
const batches = [...new Set(BATCHES)];

const networks: Readonly<Record<string, NetworkOptions>> = {
  sgd: { optimizer: sgd(0.05), batches, dropout: false },
  "sgd with momentum": { optimizer: sgd(0.02, 0.9), batches, dropout: false },
  adam: { optimizer: adam(0.01), batches, dropout: false },
  "adam and gradients of two batches": { optimizer: adam(0.01), batches, dropout: true, accumulates: true },
  "adam with dropout": { optimizer: adam(0.01), batches, dropout: true },
};

/** The network with the most kinds of state. */
export function fullNetwork(): Program {
  return denseNetwork({ optimizer: adam(0.01), batches, dropout: true });
}

/** Steps `from` up to `to` of the run; gives their losses. */
export function trainSteps(executable: Executable, from: number, to: number): Float32Array {
  const data = samples();
  return Float32Array.from({ length: to - from }, (_, i) => executable.step(batchAt(data, from + i)).loss);
}

/** The same with an update after every second batch. */
function trainInPairs(executable: Executable, from: number, to: number): Float32Array {
  const data = samples();
  return Float32Array.from({ length: to - from }, (_, i) => {
    const { rows, feeds } = batchAt(data, from + i);
    const invocation = executable.invocation((from + i) % 2 === 0 ? "accumulate" : "step", rows);
    for (const [name, input] of invocation.inputs) input.set(feeds[name] ?? []);
    invocation.run();
    return invocation.outputs.get("loss")?.[0] ?? Number.NaN;
  });
}

function followsReference(name: string, network: NetworkOptions, options: ConformanceOptions): Case {
  const label = `training with ${name}`;
  const program = denseNetwork(network);
  return {
    name: `training/${name} follows the reference`,
    run: async (backend) => {
      const closeness = await closenessFor(backend, "training", options);
      await withReference(backend, label, program, (executable, reference) => {
        executable.init(SEED);
        reference.init(SEED);
        const run = network.accumulates ? trainInPairs : trainSteps;
        const expected = run(reference, 0, STEPS);
        requireClose("loss by step", run(executable, 0, STEPS), vector(expected), {
          label,
          closeness,
        });
        requireSameState(program, executable.readState(), reference.readState(), { label, closeness });
      });
    },
  };
}

function continuation(): Case {
  const label = "training continued from the state half-way";
  const program = fullNetwork();
  const half = STEPS / 2;
  return {
    name: "training/continues from its state with the same bits",
    run: async (backend) => {
      await withExecutable(backend, label, program, async (whole) => {
        whole.init(SEED);
        const losses = trainSteps(whole, 0, half);
        const state = whole.readState();
        const rest = trainSteps(whole, half, STEPS);
        await withExecutable(backend, label, program, (continued) => {
          // What init leaves must all be replaced.
          continued.init(SEED + 1);
          continued.writeState(state);
          const comparison = { label, closeness: "bits" as const };
          requireClose("loss by step", trainSteps(continued, half, STEPS), vector(rest), comparison);
          requireSameState(program, continued.readState(), whole.readState(), comparison);
        });
        whole.init(SEED);
        requireClose("loss by step of a second run", trainSteps(whole, 0, half), vector(losses), {
          label: "training repeated with the same seed",
          closeness: "bits",
        });
      });
    },
  };
}

/** predict, evaluate and trace, for every batch size, on trained weights. */
function outputs(options: ConformanceOptions): Case {
  const label = "outputs after training";
  const program = fullNetwork();
  return {
    name: "training/predict, evaluate and trace follow the reference",
    run: async (backend) => {
      const closeness = await closenessFor(backend, "composed", options);
      await withReference(backend, label, program, (executable, reference) => {
        reference.init(SEED);
        trainSteps(reference, 0, 5);
        executable.writeState(reference.readState());
        for (const batch of samples()) {
          const comparison = { label: `${label}, ${batch.rows} rows`, closeness };
          const predicted = reference.predict(batch);
          requireClose("predict", executable.predict(batch), vector(predicted), comparison);
          const [found, wanted] = [executable.evaluate(batch), reference.evaluate(batch)];
          requireClose("evaluate loss", [found.loss], vector(Float32Array.of(wanted.loss)), comparison);
          requireClose("evaluate weight", [found.weight], vector(Float32Array.of(wanted.weight)), comparison);
          requireClose("evaluate prediction", found.prediction, vector(predicted), comparison);
          const trace = executable.trace(batch);
          const names = [...trace.keys()].join(", ");
          requireClose(
            "trace of hidden",
            trace.get("hidden") ?? [],
            vectorOf(reference, batch, "hidden"),
            comparison,
          );
          requireClose("trace of output", trace.get("output") ?? [], vector(predicted), comparison);
          requireClose(
            `number of traced layers (${names})`,
            [trace.size],
            vector(Float32Array.of(2)),
            comparison,
          );
        }
        requireSameState(program, executable.readState(), reference.readState(), {
          label: "state after predict, evaluate and trace, which must not change it",
          closeness: "bits",
        });
      });
    },
  };
}

function vectorOf(reference: Executable, batch: Batch, layer: string) {
  return vector(Float32Array.from(reference.trace(batch).get(layer) ?? []));
}

export function trainingCases(options: ConformanceOptions): Case[] {
  return [
    ...Object.entries(networks).map(([name, network]) => followsReference(name, network, options)),
    outputs(options),
    continuation(),
  ];
}
