// SHA-256 by Node: the bundler puts it in the place of that of `@netwright/runtime`. Like all parts of Node that few commands
// need, it is loaded when something is hashed, and quickly (`optimizer-budget.ts`).

import { createHash } from "node:crypto";

export const createSha256 = () => createHash("sha256");
