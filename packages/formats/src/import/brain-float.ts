// Floats of 16 bits with the exponent of f32, as several formats have them.

/** The upper half of an f32. */
export function brainOf(bits: number): number {
  word.setUint32(0, (bits & 0xffff) * 65_536);
  return word.getFloat32(0);
}

const word = new DataView(new ArrayBuffer(4));
