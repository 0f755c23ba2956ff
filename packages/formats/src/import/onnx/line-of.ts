// Lines of all numbers alike, as far as a pattern asks for them: constants of exporters are rounded.

import type { Term } from "./terms.ts";

/** Nearly: constants of exporters are rounded, some of them twice. */
export function near(a: number | undefined, b: number): boolean {
  return a !== undefined && Math.abs(a - b) <= 2e-6 * Math.max(1, Math.abs(b));
}

/** Whether it is a x + b of two numbers. */
export function isAffine({ meaning }: Term, a: number, b: number): boolean {
  const line = lineOf(meaning);
  return line !== null && near(line.a, a) && near(line.b, b);
}

/** a x + b, where all numbers are treated alike. */
export function lineOf(meaning: Term["meaning"]): { readonly a: number; readonly b: number } | null {
  if (meaning.kind !== "affine" || meaning.centre.length + meaning.scale.length + meaning.offset.length !== 3)
    return null;
  const [centre = 0, a = 1, offset = 0] = [meaning.centre[0], meaning.scale[0], meaning.offset[0]];
  return { a, b: offset - centre * a };
}
