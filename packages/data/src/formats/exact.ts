// Whole numbers and decimals of other types as numbers of 64 bits, and whether these are exact.

const MOST_EXACT = 2n ** 53n;

export function isExact(value: unknown): boolean {
  return typeof value !== "bigint" || (value >= -MOST_EXACT && value <= MOST_EXACT);
}

/**
 * Of a decimal with `scale` places, by its digits without the point: zeros at the end of these count for nothing, as programs write
 * 1.5 with eighteen places behind it.
 */
export function isExactDecimal(unscaled: unknown, scale: number): boolean {
  let digits = unscaled;
  while (scale > 0 && !isExact(digits) && typeof digits === "bigint" && digits % 10n === 0n) digits /= 10n;
  return isExact(digits);
}

/** `unscaled` / 10^`scale`. Divided, as 3 * 0.1 is not 0.3; beyond 10^22 a power of ten is not exact, and the text is. */
export function decimalNumber(unscaled: unknown, scale: number): number {
  return isExact(unscaled) && scale <= 22 ? Number(unscaled) / 10 ** scale : Number(`${unscaled}e-${scale}`);
}
