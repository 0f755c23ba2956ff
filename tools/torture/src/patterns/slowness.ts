// How long a pattern works on a text that is made longer and longer.

import type { Pump } from "./pattern-texts.ts";

/** Of the processor, for one text: a pattern that is linear takes a thousandth. */
const SECONDS = 0.3;
const LENGTH = 20_000;
/** Of what doubles with each, and more than doubles, this many are seen: in single steps, as one too many may take for ever. */
const FEW = 26;

/** How often the part stood there when the pattern became slow; `null` for one that stays quick. */
export function slowAt(pattern: RegExp, { before, part, behind }: Pump): number | null {
  if (part === "") return null;
  const many = Math.ceil(LENGTH / part.length);
  for (const times of [...Array.from({ length: FEW }, (_, i) => i + 1), many]) {
    const text = before + part.repeat(times) + behind;
    const begin = performance.now();
    text.search(pattern);
    if (performance.now() - begin < SECONDS * 1000) continue;
    // Once more, and of the processor alone, as a busy machine makes anything slow.
    const start = process.cpuUsage();
    text.search(pattern);
    const { user, system } = process.cpuUsage(start);
    if ((user + system) / 1e6 > SECONDS) return times;
  }
  return null;
}
