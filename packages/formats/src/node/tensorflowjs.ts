// TensorFlow.js as it is asked here, with its kernels in JavaScript.

import { isObject } from "@netwright/definitions";
import type { ImportReader } from "../check.ts";

/** As much of it as is used. */
export interface Tfjs {
  /** Its name and version. */
  readonly by: string;
  readonly core: {
    readonly tensor: (data: Float32Array | Int32Array, shape: readonly number[], dtype: string) => Tensor;
    readonly env: () => Flags;
  };
  readonly layers: { readonly loadLayersModel: (handler: Handler) => Promise<LayersModel> };
}

export interface Tensor {
  readonly data: () => Promise<ArrayLike<number>>;
  readonly dispose: () => void;
}

interface Flags {
  readonly getBool: (name: string) => boolean;
  readonly set: (name: string, value: boolean) => void;
}

interface Handler {
  readonly load: () => Promise<Readonly<Record<string, unknown>>>;
}

export interface LayersModel {
  readonly inputs: readonly { readonly name: string }[];
  readonly predict: (inputs: readonly Tensor[]) => Tensor | readonly Tensor[];
  readonly dispose: () => unknown;
}

const PACKAGES = ["@tensorflow/tfjs-core", "@tensorflow/tfjs-layers", "@tensorflow/tfjs-backend-cpu"];

/** What is said where it is not installed. */
export const NO_TFJS = {
  kind: "not installed",
  reader: "TensorFlow.js",
  install: `npm install ${PACKAGES.join(" ")}`,
} as const;

export async function tensorflowJs(importing: ImportReader): Promise<Tfjs | null> {
  try {
    const [core, layers] = await Promise.all(PACKAGES.map(importing));
    const found = { by: `TensorFlow.js${versionIn(core)}`, core, layers };
    return isTfjs(found) ? found : null;
  } catch {
    return null;
  }
}

function versionIn(core: unknown): string {
  const version = isObject(core) ? core["version_core"] : undefined;
  return version === undefined ? "" : ` ${version}`;
}

function isTfjs(value: {
  readonly by: string;
  readonly core: unknown;
  readonly layers: unknown;
}): value is Tfjs {
  const { core, layers } = value;
  return (
    isObject(core) && "tensor" in core && "env" in core && isObject(layers) && "loadLayersModel" in layers
  );
}

/** Else it says that it would be faster otherwise. */
export async function quietly<T>({ core }: Pick<Tfjs, "core">, work: () => Promise<T>): Promise<T> {
  const flags = core.env();
  const isQuiet = flags.getBool("PROD");
  flags.set("PROD", true);
  try {
    return await work();
  } finally {
    flags.set("PROD", isQuiet);
  }
}
