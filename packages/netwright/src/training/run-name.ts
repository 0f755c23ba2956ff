// The name of a run's directory: the model and the beginning of the hash over all that decides its result.

import type { RunRecord } from "@netwright/runtime";

export function runName({
  name,
  hash,
}: {
  readonly name: RunRecord["name"];
  readonly hash: Pick<RunRecord["hash"], "run">;
}): string {
  return `${name}-${hash.run.slice(0, 12)}`;
}
