// Transposes 4x4 numbers that are held in four vector registers, by eight shuffles.

import type { FunctionBuilder, Local } from "../../wasm/function-builder.ts";

/** Replaces the four vectors, lines of a 4x4 matrix, by the lines of its transpose. */
export function emitTranspose(fn: FunctionBuilder, lines: readonly Local[]): void {
  const [a, b, c, d] = lines;
  if (a === undefined || b === undefined || c === undefined || d === undefined) {
    throw new Error(`a 4x4 transpose takes four vectors, got ${lines.length}`);
  }
  fn.scope(() => {
    const t = fn.local("v128");
    const u = fn.local("v128");
    fn.get(a).get(b).shuffle(0, 4, 1, 5).set(t); // a0 b0 a1 b1
    fn.get(a).get(b).shuffle(2, 6, 3, 7).set(b); // a2 b2 a3 b3
    fn.get(c).get(d).shuffle(0, 4, 1, 5).set(u); // c0 d0 c1 d1
    fn.get(c).get(d).shuffle(2, 6, 3, 7).set(d); // c2 d2 c3 d3
    fn.get(t).get(u).shuffle(0, 1, 4, 5).set(a);
    fn.get(b).get(d).shuffle(0, 1, 4, 5).set(c);
    fn.get(b).get(d).shuffle(2, 3, 6, 7).set(d);
    fn.get(t).get(u).shuffle(2, 3, 6, 7).set(b);
  });
}
