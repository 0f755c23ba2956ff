// The files of a run, by name.

export type RunFiles = ReadonlyMap<string, Uint8Array>;

export const runFileNames = {
  model: "model.safetensors",
  record: "record.json",
  history: "history.jsonl",
  /** Only of a run that was interrupted. */
  checkpoint: "checkpoint.safetensors",
} as const;

/** No file of a run is larger, in bytes: what is larger is another file, and is not read. */
export const largestRunFile: { readonly [K in keyof typeof runFileNames]: number } = {
  // What Node and browsers can have in one array.
  model: 2 ** 31 - 1,
  checkpoint: 2 ** 31 - 1,
  record: 2 ** 24,
  // The longest text that there can be: some million epochs.
  history: 2 ** 29,
};
