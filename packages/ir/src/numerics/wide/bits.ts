// The exponent of an f64 taken apart and put on again, exactly.

const view = new DataView(new ArrayBuffer(8));

/** High half of sqrt(1/2) as f64. */
const SQRT_HALF_HIGH = 0x3fe6a09e;
const FRACTION_MASK = 0x000fffff;
const SMALLEST_NORMAL = 2 ** -1022;

/** What fractions begin with: sqrt(1/2) cut off behind its high half. For who prints the function instead of calling it. */
export const LEAST_FRACTION_WIDE = (FRACTION_MASK + 1 + (SQRT_HALF_HIGH & FRACTION_MASK)) * 2 ** -21;

/** x = 2^exponent * fraction with fraction in about [sqrt(1/2), sqrt(2)), for finite x > 0. */
export function splitWide(x: number): { readonly exponent: number; readonly fraction: number } {
  const isSubnormal = x < SMALLEST_NORMAL;
  view.setFloat64(0, isSubnormal ? x * 2 ** 54 : x);
  const offset = view.getInt32(0) - SQRT_HALF_HIGH;
  view.setInt32(0, (offset & FRACTION_MASK) + SQRT_HALF_HIGH);
  return { exponent: (offset >> 20) - (isSubnormal ? 54 : 0), fraction: view.getFloat64(0) };
}

/** 2^n, for -1022 <= n <= 1023. */
export function powerOfTwoWide(n: number): number {
  view.setInt32(0, (n + 1023) << 20);
  view.setInt32(4, 0);
  return view.getFloat64(0);
}
