// The identity of a run: one hash over everything that decides its result. Equal hashes mean that the same
// weights must come out; it names the run's directory and binds a checkpoint to its run.

import { hashText } from "../hash/hash.ts";

export interface RunIdentity {
  readonly ir: string;
  /** `splitsHash`: the file, the columns, the encoders and the split. */
  readonly data: string;
  /** Of what is asked of each column, and made of what the training rows do not have: rows to predict may have it. */
  readonly columns: string;
  readonly seed: number;
  readonly batch: number;
  /** Batches of one update; the functions of the program are the same for any number beyond 1. */
  readonly accumulate: number;
  readonly evaluateBatch: number;
  readonly epochs: number;
  readonly stop: { readonly patience: number; readonly minDelta: number } | null;
  /** The schedule that goes by the validation loss: the program does not hold it. */
  readonly watched?: { readonly name: string; readonly args: Readonly<Record<string, unknown>> };
  /** Of the weights that training begins with, where it does not draw them all: the hash of all of that run's. */
  readonly initial?: string;
  /** What is done to predictions, or found out about them, when training is done: the program does not hold it. Absent for nothing. */
  readonly told?: {
    /** The targets whose predictions are held within the range of the training rows. */
    readonly clamps?: readonly string[];
    readonly threshold?: number | { readonly name: string; readonly args: Readonly<Record<string, unknown>> };
    readonly report?: Readonly<Record<string, unknown>>;
  };
  readonly backend: {
    readonly name: string;
    readonly versions: Readonly<Record<string, string>>;
    /** How many train together: sums between them are rounded otherwise. Absent for one. */
    readonly devices?: number;
  };
  /** Of Netwright's packages; not of Node, on which the result must not depend. */
  readonly versions: Readonly<Record<string, string>>;
}

export function runHash(identity: RunIdentity): string {
  return hashOfJson(identity);
}

/** SHA-256 of a value of JSON, whatever the order of its keys. */
export function hashOfJson(value: unknown): string {
  return hashText(canonicalJson(value));
}

/** JSON with the keys of every object sorted, so that equal data gives equal text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
