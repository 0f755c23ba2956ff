// What can be begun, and what a person is told of it.

import type { Names, Scaffold } from "../edit.ts";

export interface Kind {
  readonly what: string;
  readonly scaffold: (names: Names) => Scaffold;
}

/** What every definition of the language needs once it has words. */
export const DOCUMENTS: readonly string[] = [
  "Give `doc`, `formula`, `example` and `source` their words; name it in docs/language.md.",
  "Add its line to CHANGELOG.md.",
];
