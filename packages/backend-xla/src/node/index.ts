// Public face of the xla backend in Node.

export { ACCELERATORS, type Accelerator } from "./setup/accelerators.ts";
export { removeXla, setupXla, type XlaSetupOptions, type XlaSetupResult } from "./setup/setup.ts";
export { createXlaBackend, type XlaOptions, xlaBackend } from "./xla-backend.ts";
