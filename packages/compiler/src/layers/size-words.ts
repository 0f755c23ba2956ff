// How messages of layers call the sizes that a row has.

import type { Shape } from "@netwright/definitions";

/** "a single number", "one size", "3 sizes". */
export function sizeWords({ length }: Shape): string {
  return ["a single number", "one size"][length] ?? `${length} sizes`;
}
