// What a step or an evaluation takes.

/** Rows of inputs and, row-major and encoded, of targets: `x` is [rows x inputs], `y` [rows x outputs]. */
export interface Batch {
  readonly rows: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}
