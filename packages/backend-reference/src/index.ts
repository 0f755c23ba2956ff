// Public face of the reference backend.

export { interpret } from "./interpret.ts";
export { referenceBackend } from "./reference-backend.ts";
export { type Tensor, type TensorArray, tensorOf, zeros } from "./tensor.ts";
