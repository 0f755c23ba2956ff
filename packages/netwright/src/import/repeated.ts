// Lines of a flow of which some stand several times in a row.

/** What stands several times in a row. */
export function repeated(chunks: readonly string[]): string[] {
  const lines: string[] = [];
  for (let i = 0; i < chunks.length; ) {
    const best = bestPeriod(chunks, i);
    const body = chunks.slice(i, i + best.period);
    if (best.times === 1) lines.push(...body);
    else lines.push([`repeat ${best.times} {`, ...body, "}"].join("\n"));
    i += best.period * best.times;
  }
  return lines;
}

function bestPeriod(
  chunks: readonly string[],
  from: number,
): { readonly period: number; readonly times: number } {
  let best = { period: 1, times: 1 };
  let most = 1;
  for (let period = 1; from + 2 * period <= chunks.length && period <= LONGEST_PERIOD; period++) {
    const body = chunks.slice(from, from + period);
    let times = 1;
    while (body.every((chunk, j) => chunks[from + times * period + j] === chunk)) times++;
    const saved = (times - 1) * body.join("\n").split("\n").length;
    if (saved > most) [best, most] = [{ period, times }, saved];
  }
  return best;
}

const LONGEST_PERIOD = 32;
