// What a judge is: another program that reads or runs what Netwright writes, and says whether it is right.

import type { JudgeResults, ResultRow } from "./results/result.ts";

export interface JudgeOptions {
  /** The Python that has what a judge needs. */
  readonly python: string;
}

export type Verdict =
  /** It is not here. */
  | { readonly kind: "skipped"; readonly reason: string }
  | {
      readonly kind: "judged";
      readonly right: number;
      readonly wrong: readonly string[];
      /** What was not here of several, each with the reason. */
      readonly skipped?: readonly string[];
      /** What is kept for the docs, where nothing is wrong. */
      readonly rows?: readonly ResultRow[];
      /** What the rows are of: exports, where nothing is said. */
      readonly direction?: JudgeResults["direction"];
    };

export interface Judge {
  readonly name: string;
  /** Who judges what. */
  readonly about: string;
  readonly judge: (options: JudgeOptions) => Promise<Verdict>;
}
