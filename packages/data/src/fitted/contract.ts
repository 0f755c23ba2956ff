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
  /** How many numbers each cell is a list of; absent where it is none. */
  readonly numbers?: number;
}

export type Contract = NumberContract | WordContract;
