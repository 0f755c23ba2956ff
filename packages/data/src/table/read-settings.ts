// What a `data` section may say of how its table is written. What it leaves open is found out.

export interface ReadSettings {
  /** Words and numbers that stand for missing values, beside those that everyone knows. */
  readonly missingWords?: readonly string[] | undefined;
}
