// Rows for an imported model by a seed: numbers as its inputs may have them.

import { randomStream } from "@netwright/data";
import type { ForeignSamples } from "@netwright/formats";
import { sizeOf } from "@netwright/ir";
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
  // A list in one cell is one column.
  const columnOf = (place: number) => (columns.length === 1 ? columns[0] : columns[place]);
  const number = (place: number): number => {
    const column = columnOf(place);
    const plain = Math.fround(4 * unit() - 2);
    if (column?.kind === "words") {
      const { max } = column.params;
      return column.encoder === "picture" && typeof max === "number" ? Math.floor(max * unit()) : plain;
    }
    if (column === undefined) return plain;
    const { by, centre } = column.params;
    const { min, max } = column.contract;
    if (min !== null && max !== null) return Math.floor(min + (max - min) * unit());
    const isScaled = typeof by === "number" && typeof centre === "number";
    return isScaled ? Math.fround(centre + by * plain) : plain;
  };
  const rows = Array.from({ length: ROWS }, () => {
    let place = 0;
    return inputs.flatMap(({ type }) =>
      Array.from({ length: sizeOf(type.shape) }, () => {
        const at = place++;
        return type.kind === "index" ? below(type.of) : number(at);
      }),
    );
  });
  return { inputs, rows };
}
