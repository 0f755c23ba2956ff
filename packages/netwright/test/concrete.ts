// The table of the concrete example, without reading it.

import type { Host } from "@netwright/lang";

/** The first recipe of the table. */
export const recipe = {
  Cement: 540,
  BlastFurnaceSlag: 0,
  FlyAsh: 0,
  Water: 162,
  Superplasticizer: 2.5,
  CoarseAggregate: 1040,
  FineAggregate: 676,
  Age: 28,
};

export const columns = [...Object.keys(recipe), "CompressiveStrength"];

/** For `analyze`: a file that uses no other and reads this table. */
export const host: Host = { readFile: () => undefined, columns: () => columns };
