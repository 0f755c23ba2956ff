// Whether what was thrown is a BackendError. A backend may hold its own copy of this package, as the package of a
// third party does beside the bundled command: its errors are of another class of the same name.

import { BackendError } from "./backend.ts";

export function isBackendError(error: unknown): error is BackendError {
  if (error instanceof BackendError) return true;
  return (
    typeof error === "object" &&
    error !== null &&
    "name" in error &&
    error.name === "BackendError" &&
    "message" in error &&
    typeof error.message === "string" &&
    "remedy" in error &&
    typeof error.remedy === "string"
  );
}
