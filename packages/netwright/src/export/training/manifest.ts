// `training.json`: what another engine has to know to train what was exported, and what `netwright import` needs to take the
// weights back. The files that it names lie beside it.

import type { ElementType, FuncKind, StateRole } from "@netwright/ir";
import type { RunRecord, SourceText } from "@netwright/runtime";
import { FORMAT, VERSION } from "./format.ts";

/** An array, as a program takes or gives it. */
export interface ArrayOf {
  readonly name: string;
  readonly dtype: ElementType;
  readonly shape: readonly number[];
}

/** A module with one function, `@main`: it takes what it reads of the state, then its feeds, and gives what it writes, then its results. */
export interface ExportedFunction {
  readonly kind: FuncKind;
  /** Rows of its feeds; 0 of `init`. */
  readonly rows: number;
  readonly file: string;
  readonly reads: readonly string[];
  readonly feeds: readonly ArrayOf[];
  readonly writes: readonly string[];
  readonly results: readonly ArrayOf[];
}

/** Encoded rows: of each feed an array, [rows x shape of a row]. */
export interface ExportedRows {
  readonly rows: number;
  readonly fields: readonly (ArrayOf & { readonly file: string })[];
}

export interface TrainingManifest {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  /** The version of Netwright that wrote it. */
  readonly netwright: string;
  readonly name: string;
  readonly hash: {
    /** Over all that decides the training but for what computes it; a checkpoint names it. */
    readonly run: string;
    readonly ir: string;
    readonly data: string;
  };
  readonly seed: number;
  readonly epochs: number;
  /** Rows of a step; the last one of an epoch may have fewer, and has a function of its own. */
  readonly batch: number;
  /** Batches of an update: all but its last are for `accumulate`, and the last one of an epoch ends one. */
  readonly accumulate: number;
  /** Training ends after so many epochs whose validation loss is not below the best by more than `min_delta`; null: it does not. */
  readonly stop: { readonly patience: number; readonly min_delta: number } | null;
  readonly state: readonly (ArrayOf & {
    readonly role: StateRole;
    /** Whether it is part of the model: what the best epoch keeps. */
    readonly saved: boolean;
  })[];
  readonly functions: readonly ExportedFunction[];
  readonly rows: { readonly train: ExportedRows; readonly validation: ExportedRows | null };
  /** Indices of training rows from 0, u32[epochs x rows]. */
  readonly order: { readonly file: string; readonly shape: readonly number[] };
  /** A checkpoint of the training before its first step. */
  readonly start: string;
  /** SHA-256 of each file that is named above: what was changed since is not what `hash` is over. */
  readonly files: Readonly<Record<string, string>>;
  readonly sources: readonly SourceText[];
  readonly overrides: Readonly<Record<string, string>>;
  readonly initial?: NonNullable<RunRecord["initial"]>;
}

export function manifestText(manifest: Omit<TrainingManifest, "format" | "version">): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, ...manifest }, null, 1)}\n`;
}
