// Tests that need TensorFlow's library. Where it cannot be used they are skipped, and the reason is printed.

import { describe } from "@jest/globals";
import { nativeBackend } from "@netwright/backend-native";
import { BackendError } from "@netwright/runtime";

/** Why the library cannot be used here. */
export const missing: string | undefined = await nativeBackend.describe().then(
  () => undefined,
  (error: unknown) => {
    if (error instanceof BackendError) return `${error.message}. ${error.remedy}`;
    throw error;
  },
);

export function describeWithLibrary(name: string, define: () => void): void {
  if (missing === undefined) describe(name, define);
  else {
    process.stderr.write(`skipped: ${name}: ${missing}\n`);
    describe.skip(name, define);
  }
}
