// How it is said what is wrong with a cell; each goes on after the place.

import { quote } from "@netwright/definitions";

export const saysMissing = "has no value";

export function saysText(text: string): string {
  return `has the text ${quote(text)} where a number is expected`;
}

export function saysUnstated(word: string): string {
  return `is ${quote(word)}, which is none of the \`values\` that the model states`;
}

export function saysUnknown(word: string): string {
  return `is ${quote(word)}, a word that none of the training rows has`;
}

/** `cell` is how the value is written. */
export function saysTooLarge(cell: string): string {
  return `is ${cell}, which is too large for the 32-bit numbers of the network once it is scaled`;
}
