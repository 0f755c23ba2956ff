// Public face of the language server.

export type { Environment } from "./environment.ts";
export { serve } from "./serve.ts";
export { startServer } from "./server.ts";
