// Public face of the jit backend.

export { jitBackend } from "./jit-backend.ts";
