// What XLA's CPU plugin does otherwise than the IR means it, by cases of the conformance kit.

const FLUSHES = "XLA's code for processors takes subnormal numbers as zero, as operands and as results";

const ofOperations = [
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
  "remainder",
  "compare",
].map((op) => [`op/${op}/f32 subnormals`, FLUSHES] as const);

export const declaredGaps: Readonly<Record<string, string>> = {
  ...Object.fromEntries(ofOperations),
  "op/convert/f32 to pred subnormals": FLUSHES,
  "op/reduce/f32 max subnormals": FLUSHES,
  "op/reduce/f32 min subnormals": FLUSHES,
};
