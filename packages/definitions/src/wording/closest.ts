// The closest known name to one that is unknown, for "did you mean". Distance: Damerau-Levenshtein in its
// optimal string alignment form (insert, delete, replace, swap neighbours), case counted as half a change; or that of
// the letters and digits alone, where all case and signs together count as half a change.

import { lettersOf } from "./letters.ts";
import { synonyms } from "./synonyms.ts";

/**
 * The candidate with the same letters and digits, as `leaky_relu` for `LeakyReLU`; what other libraries mean by the
 * name; the nearest one within a third of the name's length (at least 1, at most 3), the first of several; or the one
 * candidate that contains the name or is contained in it, as `learning_rate` for `rate`.
 */
export function closest(name: string, candidates: Iterable<string>): string | undefined {
  return suggester(candidates)(name);
}

/** Names are compared so often for one list of unknown ones: a file may name thousands, of a table with as many columns. */
const MOST_COMPARED = 30_000;

/** `closest` for several names; after many comparisons nothing is suggested any more, as nobody reads so far. */
export function suggester(candidates: Iterable<string>): (name: string) => string | undefined {
  const known = [...candidates];
  let compared = 0;
  return (name) => {
    if (compared > MOST_COMPARED) return undefined;
    compared += known.length;
    const all = known.filter((candidate) => candidate !== name);
    return called(name, all) ?? nearest(name, all) ?? contained(name, all);
  };
}

/** The candidate itself, of the same letters, or what other libraries mean: nothing that is merely spelt alike. */
export function sameThing(name: string, candidates: readonly string[]): string | undefined {
  return candidates.includes(name) ? name : called(name, candidates);
}

function called(name: string, all: readonly string[]): string | undefined {
  const letters = lettersOf(name);
  const same = all.find((candidate) => lettersOf(candidate) === letters);
  const synonym = synonyms.get(letters)?.find((meant) => all.includes(meant));
  // A capital names a class of another library: `Linear` is a layer there, and `linear` an activation here.
  return /^[A-Z][a-z]/.test(name) ? (synonym ?? same) : (same ?? synonym);
}

const SHORTEST_PART = 3;

function contained(name: string, candidates: readonly string[]): string | undefined {
  if (name.length < SHORTEST_PART) return undefined;
  const found = new Set(
    candidates.filter(
      (candidate) =>
        candidate.length >= SHORTEST_PART && (candidate.includes(name) || name.includes(candidate)),
    ),
  );
  const [only] = found;
  return found.size === 1 ? only : undefined;
}

function nearest(name: string, candidates: readonly string[]): string | undefined {
  const limit = Math.min(3, Math.max(1, Math.round(name.length / 3)));
  const letters = lettersOf(name);
  let best: string | undefined;
  let bestDistance = limit + 0.25;
  for (const candidate of candidates) {
    const inLetters = distanceWithin(limit, letters, lettersOf(candidate)) + 0.5;
    const distance = Math.min(distanceWithin(limit, name, candidate), inLetters);
    // A name of which every letter is another is no near one: `Z` is not `A`.
    if (distance < bestDistance && distance < Math.max(name.length, candidate.length)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Infinite where the lengths alone say that it is beyond the limit. */
function distanceWithin(limit: number, a: string, b: string): number {
  return Math.abs(a.length - b.length) > limit ? Number.POSITIVE_INFINITY : alignmentDistance(a, b);
}

function alignmentDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      let cost = Math.min(
        at(last, j) + 1,
        at(row, j - 1) + 1,
        at(last, j - 1) + replaceCost(a.charAt(i - 1), b.charAt(j - 1)),
      );
      if (i > 1 && j > 1 && a.charAt(i - 1) === b.charAt(j - 2) && a.charAt(i - 2) === b.charAt(j - 1)) {
        cost = Math.min(cost, at(beforeLast, j - 2) + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function replaceCost(a: string, b: string): number {
  if (a === b) return 0;
  return a.toLowerCase() === b.toLowerCase() ? 0.5 : 1;
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
