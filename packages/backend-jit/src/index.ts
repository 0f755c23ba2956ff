// Public face of the jit backend.

export type { ConversionStep } from "./export/conversion.ts";
export {
  type InputColumn,
  type OutputColumn,
  type StandaloneModel,
  sealIn,
  standaloneModule,
} from "./export/standalone.ts";
export { jitBackend } from "./jit-backend.ts";
