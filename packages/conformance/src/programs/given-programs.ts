// Cases of whole programs that the kit is given, such as those of a catalog's examples: a few steps of training, then
// what the network predicts, on the backend and on the reference.

import type { Case, ConformanceOptions } from "../kit/case.ts";
import { closenessFor } from "../kit/closeness.ts";
import { requireClose } from "../kit/compare.ts";
import { requireSameState, vector, withReference } from "../training/session.ts";

const STEPS = 4;
const SEED = 5;

export function givenPrograms(options: ConformanceOptions): Case[] {
  return (options.programs ?? []).map((given) => ({
    name: `program/${given.name}`,
    run: async (backend) => {
      const { name: label, program, batch } = given;
      const [training, composed] = [
        await closenessFor(backend, "training", options),
        await closenessFor(backend, "composed", options),
      ];
      await withReference(backend, label, program, (executable, reference) => {
        const [found, wanted] = [executable, reference].map((each) => {
          each.init(SEED);
          return Float32Array.from({ length: STEPS }, () => each.step(batch).loss);
        });
        requireClose("loss by step", found ?? [], vector(wanted ?? new Float32Array()), {
          label,
          closeness: training,
        });
        requireSameState(program, executable.readState(), reference.readState(), {
          label,
          closeness: training,
        });
        const after = { label: `${label} after training`, closeness: composed };
        executable.writeState(reference.readState());
        requireClose("predict", executable.predict(batch), vector(reference.predict(batch)), after);
        const [ours, theirs] = [executable.evaluate(batch), reference.evaluate(batch)];
        requireClose("evaluate loss", [ours.loss], vector(Float32Array.of(theirs.loss)), after);
        requireClose("evaluate prediction", ours.prediction, vector(theirs.prediction), after);
      });
    },
  }));
}
