// Goes through the bytes of a table, record by record. It keeps its place in the file; the bytes are handed in, as many
// as there are.

import { decimalEnd, plainDecimal } from "./decimal.ts";
import { type Fields, type Marks, NO_NUMBERS, type NumberColumns, type TakeRecord } from "./fields.ts";
import { isBlankText } from "./text-of-bytes.ts";

const [LINE_FEED, RETURN, END_OF_FILE] = [10, 13, 26];

/** What a byte outside of quotation marks is; 0 is one of a value. */
const [SEPARATOR, LINE_END, ZERO] = [1, 2, 3];

export class RecordScanner {
  ended = false;
  binary = false;
  above = 0;
  readonly #kinds = new Uint8Array(256);
  /** The same between quotation marks. */
  readonly #quotedKinds = new Uint8Array(256);
  readonly #quote: number;
  readonly #numeric: Uint8Array;
  readonly #point: number;
  readonly #blanks: boolean;
  readonly #take: TakeRecord;
  #toSkip: number;
  #first = true;
  readonly #fields: Fields = {
    bytes: new Uint8Array(0),
    from: 0,
    count: 0,
    starts: new Int32Array(64),
    ends: new Int32Array(64),
    numbers: new Float64Array(64),
    line: 1,
    fault: null,
  };

  constructor({ separator, quote }: Marks, skip: number, take: TakeRecord, numbers: NumberColumns) {
    // A sign that also ends values is none within a number, unless they are quoted.
    this.#numeric = numbers.point === separator ? NO_NUMBERS.columns : numbers.columns;
    this.#point = numbers.point.charCodeAt(0);
    this.#quote = quote.charCodeAt(0);
    this.#blanks = separator === " ";
    this.#take = take;
    this.#toSkip = skip;
    this.#kinds[separator.charCodeAt(0)] = SEPARATOR;
    if (this.#blanks) this.#kinds[9] = SEPARATOR;
    for (const kinds of [this.#kinds, this.#quotedKinds]) {
      kinds[LINE_FEED] = LINE_END;
      kinds[RETURN] = LINE_END;
      kinds[0] = ZERO;
    }
    this.#quotedKinds[this.#quote] = SEPARATOR;
  }

  /** Gives how many of the first `length` bytes it is done with; with the `last` ones, that is all. */
  scan(bytes: Uint8Array, length: number, last: boolean): number {
    let end = length;
    if (last && bytes[end - 1] === END_OF_FILE) end--;
    let start = 0;
    if (this.#first) {
      if (end < 3 && !last) return 0;
      this.#first = false;
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) start = 3;
    }
    // Ends the last value without a look at where the bytes end.
    bytes[length] = LINE_FEED;
    if (end < length) bytes[end] = LINE_FEED;
    while (this.#toSkip > 0) {
      const next = this.#skipLine(bytes, start, end, last);
      if (next < 0) return start;
      start = next;
    }
    this.#fields.bytes = bytes;
    while (!this.ended) {
      const next = this.#record(bytes, start, end, last);
      if (next < 0) return start;
      start = next;
      // What is behind the last line end is a record too, mostly an empty one, but it is the last.
      if (last && start > end) this.ended = true;
      else if (!last && start >= end) return start;
    }
    if (start < end) this.binary ||= bytes.subarray(start, end).includes(0);
    return length;
  }

  #skipLine(bytes: Uint8Array, start: number, end: number, last: boolean): number {
    let at = start;
    while (at < end && bytes[at] !== LINE_FEED && bytes[at] !== RETURN) at++;
    if (!last && at + 1 >= end) return -1;
    if (at > start && !isBlankText(bytes, start, at)) this.above++;
    this.binary ||= bytes.subarray(start, at).includes(0);
    if (at >= end) {
      this.#toSkip = 0;
      return end;
    }
    this.#toSkip--;
    this.#fields.line++;
    return at + (bytes[at] === RETURN && bytes[at + 1] === LINE_FEED && at + 1 < end ? 2 : 1);
  }

  /** The place behind the record and its line end: behind the end of all for the last; -1 where it is not all there. */
  #record(bytes: Uint8Array, start: number, end: number, last: boolean): number {
    const kinds = this.#kinds;
    const blanks = this.#blanks;
    const quote = this.#quote;
    const fields = this.#fields;
    const numeric = this.#numeric;
    const point = this.#point;
    const { from } = fields;
    let { starts, ends, numbers } = fields;
    let at = start;
    let field = from;
    let lines = 1;
    fields.fault = null;
    if (this.#uneven.length > 0) this.#uneven.length = 0;
    if (blanks) while (at < end && kinds[bytes[at] ?? 0] === SEPARATOR) at++;
    for (;;) {
      if (field === starts.length) ({ starts, ends, numbers } = this.#moreFields());
      let number = Number.NaN;
      let kind = kinds[bytes[at] ?? 0] ?? 0;
      if (bytes[at] === quote && at < end) {
        const closed = this.#quoted(bytes, at, end, last, field);
        if (closed < 0) return -1;
        lines += this.#lineEnds;
        at = closed;
        kind = kinds[bytes[at] ?? 0] ?? 0;
      } else {
        starts[field] = at;
        const column = field - from;
        if (column < numeric.length && numeric[column] === 1) {
          const read = plainDecimal(bytes, at, point);
          at = decimalEnd;
          kind = kinds[bytes[at] ?? 0] ?? 0;
          if (kind !== 0) number = read;
        }
        while (kind === 0) kind = kinds[bytes[++at] ?? 0] ?? 0;
        if (kind === ZERO) {
          at = this.#behindZeros(bytes, at);
          kind = kinds[bytes[at] ?? 0] ?? 0;
        }
        ends[field] = at;
      }
      numbers[field] = number;
      field++;
      if (kind === LINE_END) break;
      at++;
      if (!blanks) continue;
      while (at < end && kinds[bytes[at] ?? 0] === SEPARATOR) at++;
      if (kinds[bytes[at] ?? 0] === LINE_END) break;
    }
    // A line end may be one of two characters, of which the second is not there yet.
    if (!last && at + 1 >= end && (at >= end || bytes[at] === RETURN)) return -1;
    fields.count = field - from;
    if (this.#uneven.length > 0) for (const one of this.#uneven) this.#makePlain(one);
    const go = this.#take(fields);
    if (!go) this.ended = true;
    fields.line += lines;
    if (at >= end) return end + 1;
    return at + (bytes[at] === RETURN && bytes[at + 1] === LINE_FEED && at + 1 < end ? 2 : 1);
  }

  /** The end of a value with a byte 0 in it. */
  #behindZeros(bytes: Uint8Array, start: number): number {
    this.binary = true;
    let at = start;
    while ((this.#kinds[bytes[at] ?? 0] ?? 0) % ZERO === 0) at++;
    return at;
  }

  /** Line ends within the value that `#quoted` went through last. */
  #lineEnds = 0;
  /** Values of the record with quotation marks in them, or line ends of other systems. */
  readonly #uneven: number[] = [];
  /** The value that is never closed, in which quotation marks stay as they are. */
  #open = -1;

  /** A value that begins with a quotation mark: gives the place of the separator or the line end behind it. */
  #quoted(bytes: Uint8Array, open: number, end: number, last: boolean, field: number): number {
    const kinds = this.#quotedKinds;
    const fields = this.#fields;
    let at = open + 1;
    let plain = true;
    let stop = -1;
    let closed = -1;
    fields.starts[field] = at;
    this.#lineEnds = 0;
    while (closed < 0) {
      while (kinds[bytes[at] ?? 0] === 0) at++;
      if (at >= end) {
        if (!last) return -1;
        fields.fault ??= "unclosed";
        break;
      }
      const kind = kinds[bytes[at] ?? 0];
      if (kind === ZERO) {
        this.binary = true;
        at++;
      } else if (kind === LINE_END) {
        if (bytes[at] === LINE_FEED || bytes[at + 1] !== LINE_FEED) this.#lineEnds++;
        if (bytes[at] === RETURN) plain = false;
        at++;
      } else if (at + 1 < end && bytes[at + 1] === this.#quote) {
        plain = false;
        at += 2;
      } else {
        // What has been gone through once in search of what stands behind a mark is not gone through again.
        if (stop <= at) stop = this.#stop(bytes, at + 1, end);
        if (stop >= end && !last) return -1;
        if (stop === at + 1 || (stop < end && isBlankText(bytes, at + 1, stop))) closed = at;
        else {
          fields.fault ??= "trailing";
          at += 2;
        }
      }
    }
    fields.ends[field] = closed < 0 ? end : closed;
    if (!plain) this.#uneven.push(field);
    if (closed < 0) this.#open = field;
    return closed < 0 ? end : stop;
  }

  /** The next separator or line end. */
  #stop(bytes: Uint8Array, start: number, end: number): number {
    const kinds = this.#kinds;
    let at = start;
    for (; at < end; at++) {
      const kind = kinds[bytes[at] ?? 0];
      if (kind === ZERO) this.binary = true;
      else if (kind !== 0) break;
    }
    return at;
  }

  /** Of two quotation marks one is left, and of the ways to end a line, one. */
  #makePlain(field: number): void {
    const { bytes, starts, ends } = this.#fields;
    const start = starts[field] ?? 0;
    const end = ends[field] ?? 0;
    const quote = field === this.#open ? -1 : this.#quote;
    let to = start;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === RETURN) {
        if (at + 1 >= end || bytes[at + 1] !== LINE_FEED) bytes[to++] = LINE_FEED;
      } else {
        bytes[to++] = byte;
        if (byte === quote && bytes[at + 1] === quote && at + 1 < end) at++;
      }
    }
    ends[field] = to;
  }

  #moreFields(): Fields {
    const fields = this.#fields;
    const { numbers } = fields;
    const more = (places: Int32Array) => {
      const larger = new Int32Array(2 * places.length);
      larger.set(places);
      return larger;
    };
    fields.starts = more(fields.starts);
    fields.ends = more(fields.ends);
    fields.numbers = new Float64Array(fields.starts.length);
    fields.numbers.set(numbers);
    return fields;
  }
}
