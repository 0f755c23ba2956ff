// Places in one memory. State and constants have places of their own; the arrays that live only within a call
// share the rest, and a place is given again once the last kernel has read what was there.

/** A cache line, and the farthest that a vector loop reads or writes behind the end of an array. */
const ALIGNMENT = 64;

export function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

interface Hole {
  readonly start: number;
  readonly end: number;
}

/** First fit over a list of holes, in order of place; `top` is how far it has ever reached. */
export class Arena {
  private readonly holes: Hole[];
  private highest: number;

  constructor(start: number) {
    this.highest = aligned(start);
    this.holes = [{ start: this.highest, end: Number.POSITIVE_INFINITY }];
  }

  get top(): number {
    return this.highest;
  }

  take(bytes: number): number {
    const size = aligned(Math.max(bytes, 1));
    const index = this.holes.findIndex(({ start, end }) => end - start >= size);
    const hole = this.holes[index];
    if (hole === undefined) throw new Error("the last hole is endless");
    const start = hole.start + size;
    if (start < hole.end) this.holes[index] = { start, end: hole.end };
    else this.holes.splice(index, 1);
    this.highest = Math.max(this.highest, start);
    return hole.start;
  }

  give(start: number, bytes: number): void {
    const end = start + aligned(Math.max(bytes, 1));
    const index = this.holes.findIndex((hole) => hole.start > start);
    const before = this.holes[index - 1];
    const after = this.holes[index];
    if (after === undefined) throw new Error("the last hole is endless");
    const joinsBefore = before?.end === start;
    const hole = {
      start: joinsBefore ? before.start : start,
      end: after.start === end ? after.end : end,
    };
    const first = joinsBefore ? index - 1 : index;
    this.holes.splice(first, (after.start === end ? index + 1 : index) - first, hole);
  }
}
