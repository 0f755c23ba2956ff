// Public face of the xla backend in Node.

export { createXlaBackend, type XlaOptions, xlaBackend } from "./xla-backend.ts";
