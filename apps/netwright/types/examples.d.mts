// Types of `examples.mjs`, which has none of its own: the bundling reads it before anything is built.

export interface Example {
  readonly name: string;
  /** The file to train, and what it needs. */
  readonly files: readonly [string, ...string[]];
  /** Whose the data are, and their licence. */
  readonly data: string;
  /** What has to be run in its folder first, as its table is too large to come along. */
  readonly prepare?: string;
}

export const examples: readonly Example[];
