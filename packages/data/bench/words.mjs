// Why the table of words (`scan/word-list.ts`) has the bytes of a short word beside its number: numbers of the words of ten
// columns, by that list and by one whose table has a hash, which leads to the bytes of the word in an array of all words.
// In turn, the least of all rounds, as other work on the machine shares its caches. After `npx tsc -b`:
//   node packages/data/bench/words.mjs [rows] [rounds]

import { WordList } from "../dist/scan/word-list.js";

const [rows = "100000", rounds = "7"] = process.argv.slice(2);
const COLUMNS = 10;

/** With room for all words from the start, of up to 16 bytes each. */
class ListByHash {
  size = 0;
  #bytes = new Uint8Array(16 * 20_000);
  #view = new DataView(this.#bytes.buffer);
  #ends = new Int32Array(20_001);
  #table = new Int32Array(1 << 16);

  codesOf(bytes, starts, ends, first, step, codes) {
    for (let i = 0, at = first; i < codes.length; i++, at += step)
      codes[i] = this.#codeOf(bytes, starts[at], ends[at]);
  }

  #codeOf(bytes, start, end) {
    const view = viewOf(bytes);
    const length = end - start;
    const fours = end - 3;
    let hash = length;
    let at = start;
    for (; at < fours; at += 4) {
      hash = Math.imul(hash ^ view.getInt32(at), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    for (; at < end; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193);
    hash ^= hash >>> 13;
    const table = this.#table;
    const mask = table.length - 2;
    for (let place = (hash << 1) & mask; ; place = (place + 2) & mask) {
      const code = table[place] - 1;
      if (code < 0) return this.#add(bytes, start, end, hash, place);
      let from = this.#ends[code];
      if (table[place + 1] !== hash || this.#ends[code + 1] - from !== length) continue;
      for (at = start; at < fours && this.#view.getInt32(from) === view.getInt32(at); at += 4) from += 4;
      while (at < end && this.#bytes[from] === bytes[at]) {
        from++;
        at++;
      }
      if (at === end) return code;
    }
  }

  #add(bytes, start, end, hash, place) {
    const code = this.size++;
    this.#bytes.set(bytes.subarray(start, end), this.#ends[code]);
    this.#ends[code + 1] = this.#ends[code] + end - start;
    this.#table.set([code + 1, hash], place);
    return code;
  }
}

let seen = { bytes: null, view: null };
function viewOf(bytes) {
  if (seen.bytes !== bytes) seen = { bytes, view: new DataView(bytes.buffer) };
  return seen.view;
}

/** Words of one row side by side, as a scanner finds them. */
function written(distinct) {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const words = Array.from(
    { length: rows * COLUMNS },
    (_, i) => `word-${i % COLUMNS}-${Math.floor(random() * distinct)}`,
  );
  const bytes = new TextEncoder().encode(`${words.join(",")},`);
  const ends = new Int32Array(words.length);
  for (let i = 0, end = -1; i < words.length; i++) {
    end += words[i].length + 1;
    ends[i] = end;
  }
  return { bytes, starts: ends.map((end, i) => end - words[i].length), ends };
}

/** Nanoseconds a word: some hundred rows at a time, column by column. */
function time(Kind, { bytes, starts, ends }) {
  const lists = Array.from({ length: COLUMNS }, () => new Kind());
  const codes = new Int32Array(200);
  const start = performance.now();
  for (let at = 0; at + codes.length * COLUMNS <= starts.length; at += codes.length * COLUMNS)
    for (const [column, list] of lists.entries())
      list.codesOf(bytes, starts, ends, at + column, COLUMNS, codes);
  return ((performance.now() - start) * 1e6) / starts.length;
}

for (const distinct of [10, 100, 10_000]) {
  const given = written(distinct);
  const found = { beside: [], byHash: [] };
  for (let round = 0; round < Number(rounds); round++) {
    found.beside.push(time(WordList, given));
    found.byHash.push(time(ListByHash, given));
  }
  const least = (all) => `${Math.min(...all).toFixed(1)} ns`;
  console.log(
    `${distinct} words: ${least(found.beside)} each with their bytes beside, ${least(found.byHash)} by hash`,
  );
}
