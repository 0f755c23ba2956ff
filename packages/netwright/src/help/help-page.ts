// What is known of one name, as plain data: `netwright help`, hover and the documentation show it in their own ways.

import type { Family } from "@netwright/definitions";

export type HelpKind = Family | "metric" | "setting" | "word";

export interface HelpPage {
  readonly kind: HelpKind;
  /** What stands above the page: `elu`, `train.batch`. */
  readonly name: string;
  /** Under which it is found beside its name: `batch`, `seed`. */
  readonly aliases: readonly string[];
  /** `elu(alpha = 1)`; null where that says no more than the name. */
  readonly signature: string | null;
  readonly doc: string;
  /** Sentences of its type, range, default, unit; may be none. */
  readonly facts: readonly string[];
  /** Plain text; several statements are separated by `; `. */
  readonly formula: string | null;
  readonly params: readonly HelpParam[];
  /** As it stands in a file. */
  readonly example: string;
  /** A paper by authors and year, or a library; null where the language itself is the source. */
  readonly source: string | null;
}

export interface HelpParam {
  readonly name: string;
  /** "A number of at least 0; by default `1`." */
  readonly type: string;
  readonly doc: string;
}
