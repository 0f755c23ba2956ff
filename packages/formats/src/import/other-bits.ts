// What is said of a file that computes in other numbers than those of 32 bits.

/** `what` computes so there; `type` is what the file calls it. */
export function otherBits(what: "layers" | "nodes", type: string, bits: 16 | 64): string {
  return `Its ${what} compute in ${bits} bits there (\`${type}\`), and in 32 here: predictions differ by the rounding of ${Math.min(bits, 32)} bits.`;
}
