// Tests that need a plugin. Where there is none they are skipped, and the reason is printed.

import { describe } from "@jest/globals";
import { createXlaBackend } from "@netwright/backend-xla";
import { BackendError } from "@netwright/runtime";

/** Why XLA cannot be used here. */
export const missing: string | undefined = await createXlaBackend({ keep: false })
  .describe()
  .then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof BackendError) return `${error.message}. ${error.remedy}`;
      throw error;
    },
  );

export function describeWithPlugin(name: string, define: () => void): void {
  if (missing === undefined) describe(name, define);
  else {
    process.stderr.write(`skipped: ${name}: ${missing}\n`);
    describe.skip(name, define);
  }
}
