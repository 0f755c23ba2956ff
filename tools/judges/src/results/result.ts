// What a judge has found, as it is kept: one committed file for each judge, of which a page of the docs is made.

/** An export of a model, or a file of another program that was imported. */
export interface ResultRow {
  /** Of an export: the model, as `judgedModels` calls it. Of an import: what the file holds. */
  readonly model: string;
  /** As `--format` has it, with options that change it: `c --precision double`. Of an import: the kind of file. */
  readonly format: string;
  /** The other program with its version: `onnxruntime 1.32.0, Python`. Of an import: what wrote the file. */
  readonly reader: string;
  /** How many were compared. */
  readonly predictions: number;
  /**
   * The largest to Netwright's own predictions, of an import to those of the source: in deviations of the target, of classes of a
   * share. 0 says the same bits. Null where it is refused.
   */
  readonly difference: number | null;
  /** The same to a run of the same weights in f64, where the reader computes in f64; else null. */
  readonly float64: number | null;
  /** Why there is no file, in a few words; null where there is one. */
  readonly refused: string | null;
}

export interface JudgeResults {
  readonly judge: string;
  /** The day on which it was judged: 2026-11-30. */
  readonly date: string;
  readonly direction: "export" | "import";
  readonly rows: readonly ResultRow[];
}
