// How long a pattern works on a text that is made longer and longer. What a machine is fast at does not count: a pattern is
// slow where a text twice as long takes more than twice as long.

import type { Pump } from "./pattern-texts.ts";

/** Of the processor, for one text: far more than any pattern takes that looks at each character once. */
const SECONDS = 0.02;
const LENGTH = 40_000;
/** Of what doubles with each, and more than doubles, this many are seen: in single steps, as one too many may take for ever. */
const FEW = 26;
/** Twice the time for twice the text is 2, and for what grows with the square 4. */
const GROWTH = 3;

/** How often the part stood there when the pattern became slow; `null` for one that stays quick. */
export function slowAt(pattern: RegExp, { before, part, behind }: Pump): number | null {
  if (part === "") return null;
  const textOf = (times: number) => before + part.repeat(times) + behind;
  for (let times = 1; times <= FEW; times++) {
    if (isLong(pattern, textOf(times))) return times;
  }
  for (let times = 2 * FEW; times * part.length <= LENGTH; times *= 2) {
    const text = textOf(times);
    if (isLong(pattern, text) && secondsOf(pattern, text) > GROWTH * secondsOf(pattern, textOf(times / 2)))
      return times;
  }
  return null;
}

function isLong(pattern: RegExp, text: string): boolean {
  const begin = performance.now();
  text.search(pattern);
  // Once more, and of the processor alone, as a busy machine makes anything slow.
  return performance.now() - begin > SECONDS * 1000 && secondsOf(pattern, text) > SECONDS;
}

/** Of the processor: the best of three, as the first time compiles. */
function secondsOf(pattern: RegExp, text: string): number {
  const all = Array.from({ length: 3 }, () => {
    const start = process.cpuUsage();
    text.search(pattern);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  });
  return Math.min(...all);
}
