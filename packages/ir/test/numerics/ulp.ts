// The error of an f32 result in units in the last place of f32, against a double precision reference.

// Taken once: each look-up of a global is slow inside Jest.
const { abs, floor, log2, min, sign } = Math;
const INFINITY = Infinity;

const FLOAT32_MAX = 2 ** 128 - 2 ** 104;

/** The distance of neighbouring f32 at the size of x. */
function spacing(x: number): number {
  const size = abs(x);
  if (size < 2 ** -126) return 2 ** -149;
  let exponent = min(floor(log2(size)), 127);
  // Math.log2 may round up to an integer just below a power of two.
  if (2 ** exponent > size) exponent -= 1;
  return 2 ** (exponent - 23);
}

/** Infinity where one is NaN and the other is not, or one is infinite and the other far from it. */
export function ulpError(actual: number, reference: number): number {
  // biome-ignore lint/suspicious/noSelfCompare: faster here than Number.isNaN, a look-up of a global.
  if (actual === reference || (actual !== actual && reference !== reference)) return 0;
  // An infinite result stands for the next f32 after the largest.
  const overflowed = abs(actual) === INFINITY ? sign(actual) * 2 ** 128 : actual;
  const bounded = abs(reference) > FLOAT32_MAX ? sign(reference) * 2 ** 128 : reference;
  const error = abs(overflowed - bounded) / spacing(bounded);
  // biome-ignore lint/suspicious/noSelfCompare: as above.
  return error !== error ? INFINITY : error;
}

export interface WorstError {
  readonly ulp: number;
  readonly at: number;
}

/** The largest error of `run` over `samples`, and where it is. */
export function worstError(
  run: (x: number) => number,
  reference: (x: number) => number,
  samples: Float32Array,
): WorstError {
  let ulp = 0;
  let at = NaN;
  for (const x of samples) {
    const error = ulpError(run(x), reference(x));
    if (error > ulp) {
      ulp = error;
      at = x;
    }
  }
  return { ulp, at };
}
