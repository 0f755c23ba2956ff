// One backend as it is here: what it says of itself, or why it cannot be used.

import { type BackendInfo, type BackendPart, type FusedBy, isBackendError } from "@netwright/runtime";
import { findBackend } from "netwright";
import { called } from "../usage/called.ts";

export interface Found {
  readonly name: string;
  readonly info: BackendInfo | null;
  /** Why it cannot be used. */
  readonly reason: readonly string[];
  /** What it consists of here, where it tells that. */
  readonly parts: readonly BackendPart[];
  /** Where it has fused product-sums: by what. */
  readonly fused?: FusedBy;
}

export interface LookOptions {
  /** How netwright is called here, for what there is to do. */
  readonly command: string;
  /** Whether its speed is measured after it, in this process: then nothing is switched off that it computes with. */
  readonly isMeasured: boolean;
}

export async function look(name: string, { command, isMeasured }: LookOptions): Promise<Found> {
  // Here TensorFlow is loaded only to be looked at: its log has no place in a list, whatever the shell asks of it.
  process.env["TF_CPP_MIN_LOG_LEVEL"] = "3";
  // On processors with the vector instructions of neural networks it tells of its own kernels at every level.
  if (!isMeasured) process.env["TF_ENABLE_ONEDNN_OPTS"] = "0";
  const backend = await findBackend(name);
  if (!backend.ok) {
    return {
      name,
      info: null,
      parts: [],
      reason: backend.problems.flatMap(({ message, notes }) =>
        [message, ...notes].map((text) => called(text, command)),
      ),
    };
  }
  const parts = ((await backend.value.parts?.()) ?? []).map((part) =>
    "remedy" in part ? { ...part, remedy: called(part.remedy, command) } : part,
  );
  try {
    const info = await backend.value.describe();
    const fused = backend.value.fused?.();
    return { name, info, reason: [], parts, ...(fused === undefined ? {} : { fused }) };
  } catch (error) {
    if (!isBackendError(error)) throw error;
    return { name, info: null, reason: [`${error.message}.`, called(error.remedy, command)], parts };
  }
}
