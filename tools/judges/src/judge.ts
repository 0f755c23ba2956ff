// What a judge is: another program that reads or runs what Netwright writes, and says whether it is right.

export interface JudgeOptions {
  /** The Python that has what a judge needs. */
  readonly python: string;
}

export type Verdict =
  /** It is not here. */
  | { readonly kind: "skipped"; readonly reason: string }
  | { readonly kind: "judged"; readonly right: number; readonly wrong: readonly string[] };

export interface Judge {
  readonly name: string;
  /** Who judges what. */
  readonly about: string;
  readonly judge: (options: JudgeOptions) => Promise<Verdict>;
}
