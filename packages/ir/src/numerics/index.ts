// Deterministic numerics, the subpath `@netwright/ir/numerics`: random bits and elementary functions
// that give the same bits on every machine, engine and backend.

export { fillPhilox, type PhiloxCounter, type PhiloxKey, philox4x32 } from "./philox.ts";
