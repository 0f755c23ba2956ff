// The concrete example, as the tests in a browser hand it to pages.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../../examples/concrete", import.meta.url));

export function example(name: string): string {
  return readFileSync(join(folder, name), "utf8");
}

export const csv = example("concrete.csv");

/** The first recipe of the table. */
export const record = {
  Cement: 540,
  BlastFurnaceSlag: 0,
  FlyAsh: 0,
  Water: 162,
  Superplasticizer: 2.5,
  CoarseAggregate: 1040,
  FineAggregate: 676,
  Age: 28,
};
