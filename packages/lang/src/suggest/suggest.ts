// What was probably meant by a name that is unknown at its place: a word to put there, or why there is none.

import { closest, lettersOf } from "@netwright/definitions";
import { lacking, type Place } from "./lacking.ts";

export interface Suggestion {
  readonly meant: string | undefined;
  readonly notes: readonly string[];
}

export function suggest(place: Place, name: string, candidates: Iterable<string>): Suggestion {
  const all = [...candidates];
  const letters = lettersOf(name);
  const known = all.some((candidate) => candidate !== name && lettersOf(candidate) === letters);
  const note = known ? undefined : lacking(place, name);
  return note === undefined ? { meant: closest(name, all), notes: [] } : { meant: undefined, notes: [note] };
}
