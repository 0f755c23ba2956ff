// MurmurHash3 of a text, 32 bits: the same for the same text everywhere. Source: Austin Appleby, `MurmurHash3_x86_32`, public
// domain; scikit-learn's `murmurhash3_32` gives the same.

const { imul } = Math;

/** Of the UTF-8 of the text; a whole number below 2^32. `seed` is one, too. */
export function murmurHash(text: string, seed: number): number {
  const bytes = new TextEncoder().encode(text);
  let hash = seed | 0;
  const whole = bytes.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    hash ^= mixed(
      byteAt(bytes, i) |
        (byteAt(bytes, i + 1) << 8) |
        (byteAt(bytes, i + 2) << 16) |
        (byteAt(bytes, i + 3) << 24),
    );
    hash = (imul(rotated(hash, 13), 5) + 0xe6546b64) | 0;
  }
  let rest = 0;
  for (let i = bytes.length - 1; i >= whole; i--) rest = (rest << 8) | byteAt(bytes, i);
  if (bytes.length > whole) hash ^= mixed(rest);
  hash ^= bytes.length;
  hash = imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function mixed(word: number): number {
  return imul(rotated(imul(word, 0xcc9e2d51), 15), 0x1b873593);
}

function rotated(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

function byteAt(bytes: Uint8Array, i: number): number {
  return bytes[i] ?? 0;
}
