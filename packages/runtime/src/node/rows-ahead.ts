// The next rows of an order, taken from a file in one go through it: a call of the system for each row of a few numbers
// takes longer than all else that is done to it. Who asks once for some rows gets these alone.

/** Rows that lie side by side: from `first` on `count` of them, [count x words], until the next call. */
export type ReadRun = (first: number, count: number) => Uint32Array;

export interface RowsAhead {
  /** The words of the rows at `start` to `start + count - 1` of the order, [count x words]; `null` where they are not worth a go. */
  readonly take: (order: Uint32Array, start: number, count: number) => Uint32Array | null;
}

/** Bytes that are read in a row in the time of one call. */
const CALL = 8192;

/** `rows` lie in the file, of `width` words each; as many bytes as `most` are held, and 4 more for each row of the file. */
export function rowsAhead(
  { rows, width, run }: { readonly rows: number; readonly width: number; readonly run: number },
  read: ReadRun,
  most: number,
): RowsAhead {
  const held = Math.min(rows, Math.floor(most / (4 * width)));
  const isWorth = 4 * width * rows <= CALL * held;
  // Which rows are held, in the order in which they were asked for: an order may have been changed since.
  let known = new Uint32Array(0);
  let words = new Uint32Array(0);
  // For each row of the file its place among those that are taken, counted from 1; 0 of others.
  let places = new Uint32Array(0);
  let last: { readonly order: Uint32Array; readonly end: number } | null = null;
  let from = 0;

  const has = (order: Uint32Array, start: number, count: number): boolean => {
    const at = start - from;
    if (at < 0 || at + count > known.length) return false;
    for (let i = 0; i < count; i++) if (known[at + i] !== order[start + i]) return false;
    return true;
  };

  const fill = (order: Uint32Array, start: number): void => {
    if (words.length === 0) {
      words = new Uint32Array(held * width);
      places = new Uint32Array(rows);
    }
    known = new Uint32Array(0);
    places.fill(0);
    const wanted = order.slice(start, start + held);
    let count = 0;
    // What has the same row twice, or one that is not there, is taken row by row.
    for (; count < wanted.length; count++) {
      const row = wanted[count] ?? rows;
      if (places[row] !== 0) break;
      places[row] = count + 1;
    }
    for (let first = 0; first < rows; first += run) {
      const length = Math.min(run, rows - first);
      takeRows(read(first, length), places.subarray(first, first + length), words, width);
    }
    known = wanted.subarray(0, count);
    from = start;
  };

  return {
    take(order, start, count) {
      const goesOn = last !== null && last.order === order && last.end === start;
      last = { order, end: start + count };
      if (!isWorth || count > held) return null;
      if (!has(order, start, count)) {
        if (!goesOn) return null;
        fill(order, start);
        if (!has(order, start, count)) return null;
      }
      return words.subarray((start - from) * width, (start - from + count) * width);
    },
  };
}

/** Rows of a piece to their places in `into`, counted from 1; those whose place is 0 are not wanted. */
function takeRows(piece: Uint32Array, places: Uint32Array, into: Uint32Array, width: number): void {
  for (let row = 0; row < places.length; row++) {
    const place = places[row] ?? 0;
    if (place > 0) copyWords(piece, row * width, into, (place - 1) * width, width);
  }
}

/** Word by word where they are few: a copy of these by `set` costs more than they do. */
export function copyWords(
  from: Uint32Array,
  at: number,
  to: Uint32Array,
  place: number,
  count: number,
): void {
  if (count > FEW) to.set(from.subarray(at, at + count), place);
  else for (let i = 0; i < count; i++) to[place + i] = from[at + i] ?? 0;
}

const FEW = 64;
