// A process that tries tables, one after the other, as the pool sends them.

import { attempt, type TableFile, type Trial } from "./attempt.ts";

export interface Task {
  readonly table: TableFile;
  readonly trial: Trial;
}

// With the pool gone, nobody waits for the table in hand.
process.on("disconnect", () => process.exit());
process.on("message", ({ table, trial }: Task) => {
  attempt(table, trial).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
  );
});
