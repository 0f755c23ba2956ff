// What goes into the page and what comes out.

export interface PageRequest {
  readonly source: string;
  readonly csv: string;
  readonly record: Readonly<Record<string, number>>;
  /** A backend by name, or "wasm at /wasm/" for one that is told where its files are. */
  readonly backend: string;
}

export interface PageResult {
  readonly losses: readonly number[];
  readonly weights: string;
  readonly prediction: Readonly<Record<string, number>>;
  /** By a model loaded from the files of the run. */
  readonly again: Readonly<Record<string, number>>;
}
