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

/** First fit over a list of holes; `top` is how far it has ever reached. */
export class Arena {
  #holes: Hole[];
  #top: number;

  constructor(start: number) {
    this.#top = aligned(start);
    this.#holes = [{ start: this.#top, end: Number.POSITIVE_INFINITY }];
  }

  get top(): number {
    return this.#top;
  }

  take(bytes: number): number {
    const size = aligned(Math.max(bytes, 1));
    const index = this.#holes.findIndex(({ start, end }) => end - start >= size);
    const hole = this.#holes[index];
    if (hole === undefined) throw new Error("the last hole is endless");
    const rest = { start: hole.start + size, end: hole.end };
    this.#holes.splice(index, 1, ...(rest.start < rest.end ? [rest] : []));
    this.#top = Math.max(this.#top, rest.start);
    return hole.start;
  }

  give(start: number, bytes: number): void {
    const end = start + aligned(Math.max(bytes, 1));
    const holes = [...this.#holes, { start, end }].sort((a, b) => a.start - b.start);
    this.#holes = [];
    for (const hole of holes) {
      const last = this.#holes.at(-1);
      if (last !== undefined && last.end === hole.start) {
        this.#holes[this.#holes.length - 1] = { start: last.start, end: hole.end };
      } else {
        this.#holes.push(hole);
      }
    }
  }
}
