// What TensorFlow does otherwise than the IR means it, by cases of the conformance kit.

const FLUSHES = "TensorFlow's threads flush subnormal numbers to zero, as operands and as results";

const subnormal = [
  "sign",
  "log",
  "sqrt",
  "rsqrt",
  "floor",
  "ceil",
  "add",
  "subtract",
  "multiply",
  "divide",
  "maximum",
  "minimum",
  "power",
  "compare",
].map((op) => [`op/${op}/f32 subnormals`, FLUSHES] as const);

export const declaredGaps: Readonly<Record<string, string>> = {
  ...Object.fromEntries(subnormal),
  "op/reduce/f32 max subnormals": FLUSHES,
  "op/reduce/f32 min subnormals": FLUSHES,
};
