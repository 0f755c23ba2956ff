// Deterministic numerics, the subpath `@netwright/ir/numerics`: random bits and elementary functions
// that give the same bits on every machine, engine and backend.
// The functions take and return f32 values; their formulas run on any `Lanes`, so a backend can emit them. Those called
// wide are of f64, for what is learned of a table outside of the network.

export { erf, erfFormula } from "./erf.ts";
export { exponential, exponentialFormula } from "./exponential.ts";
export { exponentialMinusOne, exponentialMinusOneFormula } from "./exponential-minus-one.ts";
export { LARGEST_FLOAT32, SMALLEST_NORMAL_FLOAT32 } from "./float32.ts";
export { fusedMultiplyAdd } from "./fused-multiply-add.ts";
export type { Lanes } from "./lanes.ts";
export { log, logFormula } from "./log.ts";
export { logPlusOne, logPlusOneFormula } from "./log-plus-one.ts";
export { logistic, logisticFormula } from "./logistic.ts";
export { numberLanes } from "./number-lanes.ts";
export { fillPhilox, PHILOX, type PhiloxCounter, type PhiloxKey, philox4x32 } from "./philox.ts";
export { power, powerFormula } from "./power.ts";
export { rsqrt, rsqrtFormula } from "./rsqrt.ts";
export { cosine, cosineFormula, sine, sineFormula } from "./sine-cosine.ts";
export { tanh, tanhFormula } from "./tanh.ts";
export { LEAST_FRACTION_WIDE } from "./wide/bits.ts";
export { exponentialWide } from "./wide/exponential.ts";
export { exponentialMinusOneWide } from "./wide/exponential-minus-one.ts";
export { LN2_HIGH_WIDE, LN2_LOW_WIDE, LOG_WIDE_SERIES, logPlusOneWide, logWide } from "./wide/log.ts";
export { NORMAL_QUANTILE, normalQuantile, normalShare, type Rational } from "./wide/normal-quantile.ts";
export { clipSmoothly, FARTHEST_CLIPPED, NEAREST_LIMIT, unclipSmoothly } from "./wide/smooth-clip.ts";
export { cosineOfTurns, sineOfTurns, TURNS_SERIES } from "./wide/turns.ts";
