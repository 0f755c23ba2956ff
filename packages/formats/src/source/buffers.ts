// Buffers under marks while code is printed, and under names when all of it is there: two of them share one where the last use of
// one comes before the first of the other.

export interface Mark {
  readonly id: number;
  readonly type: "real" | "int";
  readonly size: number;
}

/** Lines that belong together: one operation, or a loop that is gone through several times. */
export interface Range {
  readonly kind: "operation" | "repeated";
  readonly start: number;
  readonly end: number;
}

export interface Slot {
  readonly name: string;
  readonly type: "real" | "int";
  readonly size: number;
}

export function markText(id: number): string {
  return `\u27e8${id}\u27e9`;
}

const MARK = /\u27e8(\d+)\u27e9/g;

interface Life {
  first: number;
  last: number;
}

/** The lines with names in place of marks, and the buffers behind the names. */
export function namedBuffers(
  lines: readonly string[],
  marks: readonly Mark[],
  ranges: readonly Range[],
): { readonly lines: readonly string[]; readonly slots: readonly Slot[] } {
  const lives = livesIn(lines, ranges);
  const slots: { name: string; type: "real" | "int"; size: number; free: number }[] = [];
  const names = new Map<number, string>();
  for (const [id, { first, last }] of [...lives].sort((a, b) => a[1].first - b[1].first)) {
    const mark = marks[id];
    if (mark === undefined) throw new Error(`there is no buffer ${id}`);
    const { type, size } = mark;
    const fit = slots.find((slot) => slot.type === type && slot.free < first);
    const slot = fit ?? { name: `b${slots.length}`, type, size, free: last };
    if (fit === undefined) slots.push(slot);
    slot.size = Math.max(slot.size, size);
    slot.free = last;
    names.set(id, slot.name);
  }
  return {
    lines: lines.map((line) => line.replace(MARK, (_, id: string) => names.get(Number(id)) ?? "")),
    slots,
  };
}

function livesIn(lines: readonly string[], ranges: readonly Range[]): ReadonlyMap<number, Life> {
  const lives = new Map<number, Life>();
  lines.forEach((line, i) => {
    for (const [, id] of line.matchAll(MARK)) {
      const life = lives.get(Number(id));
      if (life === undefined) lives.set(Number(id), { first: i, last: i });
      else life.last = i;
    }
  });
  const within = ({ start, end }: Range, i: number) => i >= start && i <= end;
  // Inner loops come before those around them.
  for (const range of ranges)
    for (const life of lives.values()) {
      const [begins, ends] = [within(range, life.first), within(range, life.last)];
      const isWhole = range.kind === "operation";
      if (begins && (isWhole || !ends)) life.first = range.start;
      if (ends && (isWhole || !begins)) life.last = range.end;
    }
  return lives;
}
