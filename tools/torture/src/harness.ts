// What a harness is: something that is promised, tried case after case. A case is known by the seed and its number alone,
// so that one that fails can be tried again by itself.

import type { Random } from "./random.ts";

export interface Harness {
  readonly name: string;
  readonly about: {
    /** What users may rely on. */
    readonly promised: string;
    /** What is done to it. */
    readonly tried: string;
  };
  readonly run: (task: Task) => Promise<Findings>;
}

export interface Task {
  readonly seed: number;
  /** The number of the first case. */
  readonly first: number;
  /** No more cases than this. */
  readonly count: number;
  /** No case begins later than this; one is tried at least. */
  readonly seconds: number;
  /** Called after every case. */
  readonly report: (tried: number) => void;
}

export interface Findings {
  readonly tried: number;
  /** How often each outcome came; with the failures, their sum is `tried`. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly number: number;
  /** What was promised and did not hold, or the text of an exception. */
  readonly what: string;
}

/** Tries one case and names its outcome. @throws whatever is wrong: that is a failure */
export type Attempt = (random: Random, number: number) => Promise<string>;
