// init: a pure function of the seed, with the reference's random numbers, and these uniform.

import { Builder, type Program, tensor } from "@netwright/ir";
import { type Case, type ConformanceOptions, require } from "../kit/case.ts";
import { closenessFor } from "../kit/closeness.ts";
import { requireClose } from "../kit/compare.ts";
import { streamState, uniformFrom } from "../programs/uniform.ts";
import { requireSameState, vector, withExecutable, withReference } from "../training/session.ts";
import { fullNetwork } from "../training/training-cases.ts";

const SEEDS = [0, 1, 4294967295];
const COUNT = 4096;

/** One variable of uniform numbers from -1 to 1. */
function uniformProgram(): Program {
  const b = new Builder();
  const seed = b.parameter("seed", tensor("u32"));
  const { bits } = b.randomBits(streamState(b, seed, 0), [COUNT]);
  const init = b.finish("init", "init", 0, [], [{ name: "w", value: uniformFrom(b, bits, -1, 1) }]);
  return {
    name: "uniform",
    state: [{ name: "w", role: "weight", type: tensor("f32", [COUNT]) }],
    functions: [init],
  };
}

function followsReference(options: ConformanceOptions): Case {
  const label = "init";
  const program = fullNetwork();
  return {
    name: "init/follows the reference for each seed",
    run: async (backend) => {
      const closeness = await closenessFor(backend, "composed", options);
      await withReference(backend, label, program, (executable, reference) => {
        for (const seed of SEEDS) {
          executable.init(seed);
          reference.init(seed);
          const comparison = { label: `init(${seed})`, closeness };
          requireSameState(program, executable.readState(), reference.readState(), comparison);
        }
      });
    },
  };
}

function reproducible(): Case {
  const program = uniformProgram();
  return {
    name: "init/the same seed gives the same bits, another gives others",
    run: (backend) =>
      withExecutable(backend, "init", program, (executable) => {
        const drawn = (seed: number): Float32Array => {
          executable.init(seed);
          return Float32Array.from(executable.readState().get("w") ?? []);
        };
        const [first, other, again] = [drawn(5), drawn(6), drawn(5)];
        requireClose("w", again, vector(first), { label: "init(5) for the second time", closeness: "bits" });
        const same = first.filter((value, i) => value === other[i]).length;
        require(same < COUNT / 100, `init(5) and init(6) agree in ${same} of ${COUNT} numbers`);
      }),
  };
}

/** The bounds are six standard deviations of what 4096 uniform numbers give: fixed seeds, so no chance is left. */
function distribution(): Case {
  const program = uniformProgram();
  return {
    name: "init/random numbers are uniform",
    run: (backend) =>
      withExecutable(backend, "init", program, (executable) => {
        for (const seed of SEEDS) {
          executable.init(seed);
          const w = Float32Array.from(executable.readState().get("w") ?? []);
          require(w.length === COUNT, `init(${seed}): ${w.length} numbers, expected ${COUNT}`);
          require(w.every((x) => x >= -1 && x < 1), `init(${seed}): a number outside of -1 to 1`);
          const mean = w.reduce((sum, x) => sum + x, 0) / COUNT;
          require(Math.abs(mean) < 0.055, `init(${seed}): the mean is ${mean}, expected 0`);
          const square = w.reduce((sum, x) => sum + x * x, 0) / COUNT;
          require(Math.abs(square - 1 / 3) <
            0.028, `init(${seed}): the mean square is ${square}, expected 1/3`);
          const product = w.reduce((sum, x, i) => sum + x * (w[i + 1] ?? 0), 0) / COUNT;
          require(Math.abs(product) < 0.032, `init(${seed}): neighbours correlate, mean product ${product}`);
          for (let part = -4; part < 4; part++) {
            const within = w.filter((x) => Math.floor(x * 4) === part).length;
            require(Math.abs(within - COUNT / 8) <
              128, `init(${seed}): ${within} numbers from ${part / 4} to ${(part + 1) / 4}, expected ${COUNT / 8}`);
          }
        }
      }),
  };
}

export function initCases(options: ConformanceOptions): Case[] {
  return [followsReference(options), reproducible(), distribution()];
}
