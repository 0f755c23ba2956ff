// Instructions whose results the specification leaves open within limits: used only where a probe has found what they give.
// Source of the numbers: the relaxed SIMD instructions of the WebAssembly core specification, "Index of Instructions".

import { family, prefix } from "./instruction.ts";

export const relaxedInstructions = {
  // a * b + c, with a, b, c on the stack in this order; rounded once or twice.
  ...family(["v128", "v128", "v128"], ["v128"], { "f32x4.relaxed_madd": 261 }, prefix.simd),
};
