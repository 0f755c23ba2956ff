// A name without case and signs: `leaky_relu` and `LeakyReLU` have the same letters.

export function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
