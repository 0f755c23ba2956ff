// `portableModel`, which is loaded when it is used: few programs export.

import type { PortableModel } from "@netwright/formats";
import type { RunBundle } from "@netwright/runtime";
import type { Checked } from "../project/result.ts";
import type { PortableSettings } from "./portable/portable-model.ts";

export type { PortableSettings } from "./portable/portable-model.ts";

/** What formats are told of a run: columns, network, outputs and sample rows with their answers, as plain data. */
export async function portableModel(
  bundle: RunBundle,
  settings: PortableSettings = {},
): Promise<Checked<PortableModel>> {
  const { portableModel: make } = await import("./portable/portable-model.ts");
  return make(bundle, settings);
}
