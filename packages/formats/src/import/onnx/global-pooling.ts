// Which layer a mean or a greatest number over some sizes is, where it is one.

import type { Factor } from "./layout.ts";
import type { Flow } from "./terms.ts";

/** How many directions are gone, where all of them are and the channels alone stay; null for others. */
export function partsOfMean({ axes }: Flow, gone: ReadonlySet<Factor>): 1 | 2 | null {
  const spatial = axes.slice(0, -1);
  const own = spatial.flat();
  const channels = axes.at(-1) ?? [];
  const areAll =
    own.length === gone.size && own.every((one) => gone.has(one)) && !channels.some((one) => gone.has(one));
  return areAll && (spatial.length === 1 || spatial.length === 2) ? spatial.length : null;
}
