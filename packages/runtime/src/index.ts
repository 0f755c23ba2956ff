// Public face of the runtime package.

export type {
  Backend,
  BackendInfo,
  Batch,
  CompileOptions,
  Executable,
  NamedTensors,
  StepResult,
  Sums,
  TensorData,
} from "./backend/backend.ts";
export { BACKEND_CONTRACT, BackendError } from "./backend/backend.ts";
