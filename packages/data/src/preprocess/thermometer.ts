// Words in their order as the steps of a thermometer: as many numbers apart as there are steps between them, and each step
// has weights of its own.

import { numbersOf } from "@netwright/definitions";
import type { EncoderParams, WordCoding } from "./encoder.ts";
import { defineWordEncoder, openWords, type WordForm } from "./word-encoder.ts";

const form: WordForm = {
  typeOf: (_, __, words) => numbersOf([stepsOf(words) + (words.includes("") ? 1 : 0)]),
  writeCode(code, count, start, into, words) {
    const steps = stepsOf(words);
    const gap = words.indexOf("");
    const level = gap !== -1 && code > gap ? code - 1 : code;
    for (let i = 0; i < steps; i++) {
      into[start + i] = code === gap ? 0 : code === count ? 0.5 : level > i ? 1 : 0;
    }
    if (gap !== -1) into[start + steps] = code === gap ? 1 : 0;
  },
};

export const thermometer = defineWordEncoder({
  name: "thermometer",
  doc: "One number for each step from a word to the next: 1 where the word of the row is at or above it, else 0. So the order of the words is kept, without saying how far they are apart. That a value is missing, where it may be, is one number more.",
  formula: "z[i] = 1 where x >= word i + 1, else 0",
  example: 'columns { Rooms: ordinal(["one", "two", "many"], encoder: thermometer(unknown: other)) }',
  source: "Cheng, Wang, Pollastri 2008, A neural network approach to ordinal regression",
  params: {},
  other: "one half for every step",
  ...form,
});

export function openThermometer(saved: EncoderParams): WordCoding | null {
  return openWords(form, saved);
}

/** A column of one word is a number all the same. */
function stepsOf(words: readonly string[]): number {
  const levels = words.length - (words.includes("") ? 1 : 0);
  return Math.max(levels - 1, 1);
}
