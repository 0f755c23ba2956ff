// `npm run bench -- checkpoints`: what writing checkpoints costs a training of concrete.net, as its own time with
// `checkpoint: every(1)` beside its time without any.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { train } from "netwright";
import { type Output, print } from "../output.ts";
import { inTurn, pairsHead, pairsRow } from "../pairs.ts";

export interface CheckpointsOptions {
  readonly rounds: number;
  readonly epochs: number;
  readonly output: Output;
}

const EXAMPLE = fileURLToPath(new URL("../../../../examples/concrete/concrete.net", import.meta.url));

export async function checkpointsBench({ rounds, epochs, output }: CheckpointsOptions): Promise<void> {
  await print("checkpoints", output, async () => {
    const folder = mkdtempSync(join(tmpdir(), "netwright-bench-"));
    const seconds = async (keeps: boolean): Promise<number> => {
      const kept = keeps ? { set: { "train.checkpoint": "every(1)" }, checkpoints: folder } : {};
      const start = performance.now();
      const trained = await train(EXAMPLE, { epochs, backend: "jit", ...kept });
      const taken = (performance.now() - start) / 1000;
      trained.dispose();
      return taken;
    };
    try {
      await seconds(true);
      const pairs = await inTurn(
        `${epochs} epochs`,
        rounds,
        () => seconds(true),
        () => seconds(false),
      );
      const task = { name: `train, ${epochs} epochs`, unit: "s", better: "less" } as const;
      return {
        text: (draw) => draw(pairsHead("with", "without"), [pairsRow(task, pairs)]),
        json: pairs,
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
