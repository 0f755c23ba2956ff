// Rows for an imported model by a seed: numbers as its inputs may have them.

import { randomStream } from "@netwright/data";
import type { ForeignSamples } from "@netwright/formats";
import type { ModelInput } from "@netwright/lang";
import type { ModelFile } from "@netwright/runtime";

const ROWS = 16;

/** Around what the columns are centred by, and within what they may be. */
export function importSamples(
  inputs: readonly ModelInput[],
  { encoders }: ModelFile,
  seed = 0,
): ForeignSamples {
  const below = randomStream(seed, "sample");
  const columns = encoders?.features ?? [];
  const unit = () => below(2 ** 20) / 2 ** 20;
  const number = (place: number): number => {
    const column = columns[place];
    if (column?.kind !== "number") return Math.fround(4 * unit() - 2);
    const { by, centre } = column.params;
    const { min, max } = column.contract;
    if (min !== null && max !== null) return Math.floor(min + (max - min) * unit());
    const isScaled = typeof by === "number" && typeof centre === "number";
    return Math.fround(isScaled ? centre + by * (4 * unit() - 2) : 4 * unit() - 2);
  };
  const rows = Array.from({ length: ROWS }, () => {
    let place = 0;
    return inputs.flatMap(({ type }) => {
      const size = type.shape.reduce((product, one) => product * one, 1);
      return Array.from({ length: size }, () => (type.kind === "index" ? below(type.of) : number(place++)));
    });
  });
  return { inputs, rows };
}
