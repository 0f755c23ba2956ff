// What goes into the page and what comes out.

import type { FormatName, Prediction } from "netwright";

export interface PageRequest {
  readonly source: string;
  readonly csv: string;
  readonly record: Readonly<Record<string, number>>;
  /** A backend by name, or "wasm at /wasm/" for one that is told where its files are. */
  readonly backend: string;
  readonly threads?: number;
}

export interface PageResult {
  readonly losses: readonly number[];
  readonly weights: string;
  /** How many computed at the end of training. */
  readonly threads: number;
  /** With `numerics: fused`: what computed it. */
  readonly fusedBy?: "engine" | "emulated";
  readonly prediction: Prediction;
  /** By a model loaded from the files of the run. */
  readonly again: Prediction;
}

export interface KitRequest {
  readonly threads: number;
  /** A regular expression for their names. */
  readonly cases: string;
}

export interface KitOutcome {
  /** The most that took part in a program. */
  readonly threads: number;
  readonly cases: number;
  readonly failures: readonly string[];
}

export interface TableOutcome {
  readonly problems: readonly string[];
  readonly columns: readonly {
    readonly name: string;
    readonly kind: string;
    readonly hash: number;
    readonly gaps: number;
  }[];
}

export interface FormatsRequest {
  readonly source: string;
  readonly csv: string;
  readonly formats: readonly FormatName[];
}

export interface FormatsResult {
  /** Each file with its bytes. */
  readonly files: readonly { readonly name: string; readonly bytes: readonly number[] }[];
  /** What the import of some of them gives: whether it is known for ours, and the hash of the weights. */
  readonly imported: readonly { readonly own: boolean; readonly weights: string }[];
}

/** Those that are imported again. */
export const IMPORTED = ["onnx", "tfjs", "safetensors"] as const;
