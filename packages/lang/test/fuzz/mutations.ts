// Texts near to what people write, and far from it: samples with pieces deleted, doubled, swapped and moved.

import fc from "fast-check";
import { golden, specs, versionOne } from "../samples.ts";

const sample = fc.constantFrom(...[...specs, ...versionOne, ...golden].map(({ text }) => text));

const place = fc.double({ min: 0, max: 1, noNaN: true });
const char = fc.oneof(
  fc.constantFrom(..."{}()[],:=-><.+*/\"#%&\\' \t\n\r0e_a", "\u2028", "\u00a0", "\ufeff", "\ud800", "é"),
  fc.string({ unit: "binary", minLength: 1, maxLength: 2 }),
);
const word = fc.constantFrom(
  ..."netwright param use data block model train expect in repeat if else residual parallel none true".split(
    " ",
  ),
  ..."{ } ( ) [ ] , : = -> .. . + - * / < >= == # // ; 70% 1 1e-4 .5 12ab dense relu \n".split(/ /),
  '"s"',
  '"open',
  "'s'",
);

type Change = (pieces: readonly string[], from: number, to: number) => readonly string[];

const shared: readonly Change[] = [
  (pieces, from, to) => [...pieces.slice(0, from), ...pieces.slice(to)],
  (pieces, from, to) => [...pieces.slice(0, to), ...pieces.slice(from)],
  (pieces, from, to) => [...pieces.slice(0, from), ...pieces.slice(to), ...pieces.slice(from, to)],
  (pieces, from, to) => [...pieces.slice(0, from), ...pieces.slice(from, to).reverse(), ...pieces.slice(to)],
];

function mutated(split: (text: string) => string[], put: fc.Arbitrary<string>, longest: number) {
  const change = fc.oneof(
    fc.constantFrom(...shared),
    put.map(
      (text): Change =>
        (pieces, from) => [...pieces.slice(0, from), text, ...pieces.slice(from)],
    ),
    put.map(
      (text): Change =>
        (pieces, from) => [...pieces.slice(0, from), text, ...pieces.slice(from + 1)],
    ),
  );
  return fc
    .tuple(sample, fc.array(fc.tuple(change, place, fc.nat(longest)), { minLength: 1, maxLength: 5 }))
    .map(([text, changes]) => {
      let pieces: readonly string[] = split(text);
      for (const [apply, where, length] of changes) {
        const from = Math.floor(where * pieces.length);
        pieces = apply(pieces, from, Math.min(from + 1 + length, pieces.length));
      }
      return pieces.join("");
    });
}

/** By characters: words break. */
export const byCharacters = mutated((text) => text.split(""), char, 12);

/** By words: the lexer has nothing to say. */
export const byWords = mutated(
  (text) => text.match(/[ \t]+|\r\n|[\r\n]|#[^\r\n]*|"[^"\r\n]*"|->|\.\.|[\w.%]+|[\s\S]/g) ?? [],
  word.map((text) => ` ${text} `),
  6,
);

/** By lines. */
export const byLines = mutated((text) => text.split(/(?<=\n)/), word, 3);

/** The first part of one file and the last part of another. */
export const spliced = fc
  .tuple(sample, place, sample, place)
  .map(([a, i, b, j]) => a.slice(0, Math.floor(i * a.length)) + b.slice(Math.floor(j * b.length)));
