// Floats of 16 bits, as several formats have them.

/** The number that 16 bits stand for: 1 of sign, 5 of exponent, 10 of fraction. */
export function halfOf(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The upper half of an f32. */
export function brainOf(bits: number): number {
  word.setUint32(0, (bits & 0xffff) * 65_536);
  return word.getFloat32(0);
}

const word = new DataView(new ArrayBuffer(4));
