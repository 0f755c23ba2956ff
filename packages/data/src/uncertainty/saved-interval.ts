// What was measured of how sure a model is, as it is saved with its target.

/** Of a target of numbers. */
export interface SavedInterval {
  /** Of rows whose target is to lie in the interval. */
  readonly share: number;
  /**
   * How far the ends lie outside of what is predicted, in original units: of the one number, or of the least and the greatest
   * quantile, inside of which they lie where it is below 0. Where it is `scaled`, in spreads of the row.
   */
  readonly radius: number;
  /** Absent where the interval is as wide for each row. */
  readonly scaled?: true;
  /** What the target is never below and never above; null where that is not known. */
  readonly min: number | null;
  readonly max: number | null;
}

/** Of a target of classes. */
export interface SavedSet {
  /** Of rows whose class is to be in the set. */
  readonly share: number;
  /** The least probability of a class in it. */
  readonly least: number;
}
