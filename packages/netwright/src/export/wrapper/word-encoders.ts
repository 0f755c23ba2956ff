// The encoders of words that a wrapper computes: what it needs of what each has learned, and the JavaScript that does with
// it what the encoder does. `knows` tells whether there is something to write for a word, `write` writes it into `x`.

/** The name of the encoder, and what it has learned. */
export interface LearnedWords {
  readonly name: string;
  readonly [key: string]: unknown;
}

export interface CarriedEncoder {
  /** The keys of what it has learned. */
  readonly learned: readonly string[];
  /** A method of an object, under the name of the encoder. */
  readonly source: string;
  /** The functions that it calls. */
  readonly needs: readonly string[];
}

const VOCABULARY = ["words", "unknown", "rare"];

export const wordEncoders: ReadonlyMap<string, CarriedEncoder> = new Map<string, CarriedEncoder>([
  [
    "one_hot",
    {
      learned: VOCABULARY,
      needs: ["vocabulary"],
      source: `  one_hot(learned) {
    const { knows, codeOf } = vocabulary(learned);
    const count = learned.words.length;
    const write = (word, x, at) => x.fill(0, at, at + count).fill(1, at + codeOf(word), at + Math.min(codeOf(word) + 1, count));
    return { knows, write };
  },
`,
    },
  ],
  [
    "ordinal",
    {
      learned: VOCABULARY,
      needs: ["vocabulary"],
      source: `  ordinal(learned) {
    const { knows, codeOf } = vocabulary(learned);
    return { knows, write: (word, x, at) => x.fill(codeOf(word), at, at + 1) };
  },
`,
    },
  ],
  [
    "thermometer",
    {
      learned: VOCABULARY,
      needs: ["vocabulary"],
      source: `  thermometer(learned) {
    const { knows, codeOf } = vocabulary(learned);
    const { words } = learned;
    const gap = words.indexOf("");
    const steps = Math.max(words.length - (gap === -1 ? 0 : 1) - 1, 1);
    const write = (word, x, at) => {
      const code = codeOf(word);
      const level = gap !== -1 && code > gap ? code - 1 : code;
      for (let i = 0; i < steps; i++) x[at + i] = code === gap ? 0 : code === words.length ? 0.5 : level > i ? 1 : 0;
      if (gap !== -1) x[at + steps] = code === gap ? 1 : 0;
    };
    return { knows, write };
  },
`,
    },
  ],
  [
    "multi_hot",
    {
      learned: ["labels", "separator", "unknown"],
      needs: [],
      source: `  multi_hot({ labels, separator, unknown }) {
    const places = new Map(labels.map((label, i) => [label, i]));
    const labelsOf = (cell) => {
      const parts = separator === "" ? [cell] : cell.split(separator);
      const own = parts.map((label) => label.trim()).filter((label) => label !== "");
      return own.length === 0 && cell !== "" ? [cell] : own;
    };
    const write = (cell, x, at) => {
      x.fill(0, at, at + labels.length);
      for (const label of labelsOf(cell)) if (places.has(label)) x[at + places.get(label)] = 1;
    };
    return { knows: (cell) => unknown === "other" || labelsOf(cell).every((label) => places.has(label)), write };
  },
`,
    },
  ],
  [
    "target_mean",
    {
      learned: ["words", "means", "overall"],
      needs: [],
      source: `  target_mean({ words, means, overall }) {
    const known = new Map(words.map((word, i) => [word, means[i]]));
    const write = (word, x, at) => (known.get(word) ?? overall).forEach((mean, i) => { x[at + i] = mean; });
    return { knows: () => true, write };
  },
`,
    },
  ],
  [
    "hashing",
    {
      learned: ["buckets", "seed", "output"],
      needs: ["murmurHash"],
      source: `  hashing({ buckets, seed, output }) {
    const write = (word, x, at) => {
      const bucket = murmurHash(word, seed) % buckets;
      if (output === "ordinal") x[at] = bucket;
      else x.fill(0, at, at + buckets)[at + bucket] = 1;
    };
    return { knows: () => true, write };
  },
`,
    },
  ],
]);

/** What several of them call. */
export const encoderFunctions: ReadonlyMap<string, string> = new Map([
  [
    "vocabulary",
    `
/** The words that are told apart, by their numbers: any other has the number behind them. */
function vocabulary({ words, rare = [], unknown }) {
  const codes = new Map(words.map((word, code) => [word, code]));
  const rarely = new Set(rare);
  return {
    knows: (word) => unknown === "other" || codes.has(word) || rarely.has(word),
    codeOf: (word) => codes.get(word) ?? words.length,
  };
}
`,
  ],
  [
    "murmurHash",
    `
/** MurmurHash3 of the UTF-8 of a text, 32 bits. */
function murmurHash(text, seed) {
  const bytes = new TextEncoder().encode(text);
  const rotated = (word, by) => (word << by) | (word >>> (32 - by));
  const mixed = (word) => Math.imul(rotated(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
  let hash = seed | 0;
  const whole = bytes.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    hash ^= mixed(bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24));
    hash = (Math.imul(rotated(hash, 13), 5) + 0xe6546b64) | 0;
  }
  let rest = 0;
  for (let i = bytes.length - 1; i >= whole; i--) rest = (rest << 8) | bytes[i];
  if (bytes.length > whole) hash ^= mixed(rest);
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
`,
  ],
]);
