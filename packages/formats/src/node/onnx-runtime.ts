// ONNX Runtime as it is asked here: that of Node, else that of browsers, which runs in Node as well.

import { isObject } from "@netwright/definitions";
import type { ImportReader } from "../check.ts";

/** As much of it as is used. */
export interface OnnxRuntime {
  readonly InferenceSession: { readonly create: (bytes: Uint8Array) => Promise<OnnxSession> };
  readonly Tensor: new (
    type: "string" | "float64" | "float32" | "int64",
    data: readonly string[] | Float64Array | Float32Array | BigInt64Array,
    sizes: readonly number[],
  ) => unknown;
  readonly env?: { readonly versions?: Readonly<Record<string, string>> };
}

export interface OnnxSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly run: (
    feeds: Readonly<Record<string, unknown>>,
  ) => Promise<Readonly<Record<string, { readonly data: ArrayLike<unknown> }>>>;
}

const READERS = ["onnxruntime-node", "onnxruntime-web"] as const;

/** What is said where there is none. */
export const NO_ONNX_RUNTIME = {
  kind: "not installed",
  reader: "ONNX Runtime",
  install: "npm install onnxruntime-node",
} as const;

/** With its name and version; null where there is none. */
export async function onnxRuntime(
  importing: ImportReader,
): Promise<{ readonly runtime: OnnxRuntime; readonly by: string } | null> {
  for (const name of READERS) {
    try {
      const loaded = await importing(name);
      const candidates = [loaded, isObject(loaded) ? loaded["default"] : undefined];
      const runtime = candidates.find(isRuntime);
      if (runtime === undefined) continue;
      const version = runtime.env?.versions?.["common"];
      return { runtime, by: version === undefined ? name : `${name} ${version}` };
    } catch {
      // Another one may be there.
    }
  }
  return null;
}

function isRuntime(value: unknown): value is OnnxRuntime {
  return isObject(value) && "InferenceSession" in value && "Tensor" in value;
}
