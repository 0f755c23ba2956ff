// What a column promises; checked when training and when predicting. `null` promises nothing.

export interface NumberContract {
  readonly unit: string | null;
  /** Least value allowed. */
  readonly min: number | null;
  /** Greatest value allowed. */
  readonly max: number | null;
  /** Whether a value with a fraction is refused; absent where none is. */
  readonly whole?: true;
}

export interface WordContract {
  /** The words that may occur. */
  readonly values: readonly string[] | null;
}

export type Contract = NumberContract | WordContract;
