// What staging a package gives beside its files.

import type { FileContents } from "./contents.ts";

export interface Staged {
  /** Those that the published package has. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly contents: readonly FileContents[];
}
