// Decimal numbers from the bytes of a text: the very numbers that `Number` makes of it, mostly without making the text.

/** Powers of ten that are exact in f64. */
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

/**
 * The number that the bytes from `start` to `end` spell: digits with `point` among them or at an end, a sign before and
 * an exponent behind. NaN where they spell none.
 */
export function decimalOf(bytes: Uint8Array, start: number, end: number, point: number): number {
  let at = start;
  let byte = at < end ? (bytes[at] ?? 0) : 0;
  const negative = byte === 45;
  if (negative || byte === 43) at++;
  let whole = 0;
  let significant = 0;
  const first = at;
  for (; at < end; at++) {
    byte = (bytes[at] ?? 0) - 48;
    if (byte < 0 || byte > 9) break;
    whole = whole * 10 + byte;
    if (whole > 0) significant++;
  }
  let digits = at - first;
  let exponent = 0;
  if (at < end && bytes[at] === point) {
    at++;
    const behind = at;
    for (; at < end; at++) {
      byte = (bytes[at] ?? 0) - 48;
      if (byte < 0 || byte > 9) break;
      whole = whole * 10 + byte;
      if (whole > 0) significant++;
    }
    exponent = behind - at;
    digits += at - behind;
  }
  if (digits === 0) return Number.NaN;
  const mantissaEnd = at;
  if (at < end) {
    const stated = exponentOf(bytes, at, end);
    if (Number.isNaN(stated)) return Number.NaN;
    exponent += stated;
  }
  // Both are exact, so that their product or quotient is rounded once.
  if (significant <= 15 && exponent >= -22 && exponent <= 22) {
    const value = exponent < 0 ? whole / (POWERS[-exponent] ?? 1) : whole * (POWERS[exponent] ?? 1);
    return negative ? -value : value;
  }
  const value = longDecimal(bytes, first, mantissaEnd, significant, exponent);
  if (!Number.isNaN(value)) return negative ? -value : value;
  return Number(textOf(bytes, start, end, point));
}

/** Of `e-12`; NaN where it is none. */
function exponentOf(bytes: Uint8Array, start: number, end: number): number {
  if (((bytes[start] ?? 0) | 32) !== 101) return Number.NaN;
  let at = start + 1;
  const negative = bytes[at] === 45;
  if (negative || bytes[at] === 43) at++;
  if (at >= end) return Number.NaN;
  let value = 0;
  for (; at < end; at++) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    // More than this is infinite or 0 anyway, unless as many digits stand in front.
    value = Math.min(value * 10 + digit, 1e9);
  }
  return negative ? -value : value;
}

/**
 * 16 to 30 digits, as programs write all bits of a number: in two halves, times a power of ten that is known to 106
 * bits. What remains of the product tells whether rounding was safe; NaN where it was not, one time in 2^40 or so.
 */
function longDecimal(
  bytes: Uint8Array,
  start: number,
  end: number,
  significant: number,
  exponent: number,
): number {
  if (significant > 30 || exponent < -LEAST || exponent > 22) return Number.NaN;
  let [high, low, taken] = [0, 0, 0];
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] ?? 0) - 48;
    // The decimal sign is no digit.
    if (digit < 0 || digit > 9) continue;
    if (taken < 15) high = high * 10 + digit;
    else low = low * 10 + digit;
    if (high > 0) taken++;
  }
  const scale = POWERS[Math.max(taken - 15, 0)] ?? 1;
  const big = high * scale;
  const bigRest = productRest(high, scale, big);
  const mantissa = big + low;
  const mantissaRest = bigRest + (low - (mantissa - big));
  const tenHigh = exponent < 0 ? (TENTHS[-exponent] ?? 1) : (POWERS[exponent] ?? 1);
  const tenLow = exponent < 0 ? (TENTHS_REST[-exponent] ?? 0) : 0;
  const product = mantissa * tenHigh;
  const rest = productRest(mantissa, tenHigh, product) + (mantissa * tenLow + mantissaRest * tenHigh);
  const value = product + rest;
  const left = rest - (value - product);
  const doubt = value * 2 ** -90;
  return value + (left + doubt) === value && value + (left - doubt) === value ? value : Number.NaN;
}

/** a * b - product, exactly (Dekker's product with Veltkamp's split). */
function productRest(a: number, b: number, product: number): number {
  const aSplit = 134_217_729 * a;
  const aHigh = aSplit - (aSplit - a);
  const aLow = a - aHigh;
  const bSplit = 134_217_729 * b;
  const bHigh = bSplit - (bSplit - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** Negative powers of ten up to this. */
const LEAST = 60;
const TENTHS = Float64Array.from({ length: LEAST + 1 }, (_, i) => Number(`1e-${i}`));
const TENTHS_REST = Float64Array.from({ length: LEAST + 1 }, (_, i) => restOfTenth(i, TENTHS[i] ?? 1));

/** 10^-n less `near`, its nearest f64: both as multiples of 2^-600, which `near` is exactly. */
function restOfTenth(n: number, near: number): number {
  const unit = 600n;
  const exact = (1n << unit) / 10n ** BigInt(n);
  // `near` has 53 bits, so that shifted by 250 it is whole.
  const nearest = BigInt(near * 2 ** 253) << (unit - 253n);
  return Number(exact - nearest) / 2 ** 600;
}

/** All bytes are ASCII. */
function textOf(bytes: Uint8Array, start: number, end: number, point: number): string {
  let text = "";
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    text += byte === point ? "." : String.fromCharCode(byte);
  }
  return text;
}
