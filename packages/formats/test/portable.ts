// A model trained, and told to formats.

import type { PortableModel } from "@netwright/formats";
import { portableModel, train } from "netwright";

export type Rows = readonly Readonly<Record<string, unknown>>[];

/** From 0 to 1, the same in every run. */
export const noise = (i: number, by: number) => ((i * 7919 * by) % 1009) / 1009;

export async function portable(source: string, data: Rows | string, samples = 40): Promise<PortableModel> {
  const model = await train(source, { data, backend: "jit" });
  const outcome = await portableModel(model.bundle, { samples, seed: 7 });
  await model.dispose();
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.diagnostics));
  return outcome.value;
}
