// Decimal numbers from the bytes of a text: the very numbers that `Number` makes of it, mostly without making the text.

const [ZERO, NINE, PLUS, MINUS] = [48, 57, 43, 45];
/** Powers of ten that are exact in f64. */
const MOST_POWER = 22;
const POWERS = Float64Array.from({ length: MOST_POWER + 1 }, (_, i) => Number(`1e${i}`));

/** Where the number ended that `plainDecimal` read last. */
export let decimalEnd = 0;

/**
 * The number of digits, with a point among them or at an end and with a minus or without, that begins at `at`: what most
 * numbers are, read without knowing where their value ends. NaN where there is none, more digits than are exact, or a zero
 * in front of others.
 */
export function plainDecimal(bytes: Uint8Array, start: number, point: number): number {
  let at = start;
  const negative = bytes[at] === MINUS;
  if (negative) at++;
  const first = at;
  let whole = 0;
  let digit = (bytes[at] ?? 0) - ZERO;
  // What is below 0 is very large without a sign: one comparison for both bounds.
  while (digit >>> 0 <= 9) {
    whole = whole * 10 + digit;
    digit = (bytes[++at] ?? 0) - ZERO;
  }
  const wholeEnd = at;
  let behind = at;
  if (bytes[at] === point) {
    behind = ++at;
    digit = (bytes[at] ?? 0) - ZERO;
    while (digit >>> 0 <= 9) {
      whole = whole * 10 + digit;
      digit = (bytes[++at] ?? 0) - ZERO;
    }
  }
  decimalEnd = at;
  if (whole >= MOST_EXACT || at - behind > MOST_POWER) return Number.NaN;
  if (wholeEnd === first && at <= first + 1) return Number.NaN;
  // A code, about which whoever has the whole value decides.
  if (bytes[first] === ZERO && at === wholeEnd && at > first + 1) return Number.NaN;
  // Both are exact, so that their quotient is rounded once.
  const value = whole / (POWERS[at - behind] ?? 1);
  return negative ? -value : value;
}

/**
 * The number that the bytes from `start` to `end` spell: digits with `point` among them or at an end, a sign before and
 * an exponent behind. NaN where they spell none.
 */
export function decimalOf(bytes: Uint8Array, start: number, end: number, point: number): number {
  // Behind a value there is mostly no digit.
  const value = plainDecimal(bytes, start, point);
  return decimalEnd === end && !Number.isNaN(value) ? value : anyDecimal(bytes, start, end, point);
}

function anyDecimal(bytes: Uint8Array, start: number, end: number, point: number): number {
  const sign = start < end ? bytes[start] : 0;
  const first = sign === MINUS || sign === PLUS ? start + 1 : start;
  let pointAt = -1;
  let at = first;
  for (; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= ZERO && byte <= NINE) continue;
    if (byte !== point || pointAt >= 0) break;
    pointAt = at;
  }
  if (at - first === (pointAt < 0 ? 0 : 1)) return Number.NaN;
  let exponent = pointAt < 0 ? 0 : pointAt + 1 - at;
  if (at < end) {
    const stated = exponentOf(bytes, at, end);
    if (Number.isNaN(stated)) return Number.NaN;
    exponent += stated;
  }
  const value = longDecimal(bytes, first, at, exponent);
  if (!Number.isNaN(value)) return sign === MINUS ? -value : value;
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
 * Up to 30 digits that count, as programs write all bits of a number: in two halves, times a power of ten that is known
 * to 106 bits. What remains of the product tells whether rounding was safe; NaN where it was not, which is very rare.
 */
function longDecimal(bytes: Uint8Array, start: number, end: number, exponent: number): number {
  if (exponent < -LEAST || exponent > MOST_POWER) return Number.NaN;
  let [high, low, taken] = [0, 0, 0];
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] ?? 0) - 48;
    // The decimal sign is no digit.
    if (digit < 0 || digit > 9) continue;
    if (taken < 15) high = high * 10 + digit;
    else low = low * 10 + digit;
    if (high > 0) taken++;
  }
  if (taken > 30) return Number.NaN;
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

/** Whole numbers below are exact, and so is each step on the way to them. */
const MOST_EXACT = 2 ** 53;
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
