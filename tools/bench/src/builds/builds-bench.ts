// `npm run bench -- builds FOLDER`: this build and another one, a checkout that is built, in turn in one run.

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Output, print } from "../output.ts";
import { inTurn, type Measured, type Pairs, pairsHead, pairsRow } from "../pairs.ts";
import { stageOf } from "./tasks.ts";

export interface BuildsOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly output: Output;
}

const HERE = fileURLToPath(new URL("../../../../", import.meta.url));

export async function buildsBench(other: string, { rounds, seconds, output }: BuildsOptions): Promise<void> {
  await print("builds", output, async () => {
    const there = resolve(other);
    const { tasks, dispose } = stageOf([HERE, there], seconds);
    try {
      const found: (Measured & Pairs)[] = [];
      for (const { measure, ...task } of tasks) {
        const pairs = await inTurn(
          task.name,
          rounds,
          () => measure(HERE),
          () => measure(there),
        );
        found.push({ ...task, ...pairs });
      }
      return {
        text: (draw) =>
          draw(
            pairsHead("here", "there"),
            found.map((each) => pairsRow(each, each)),
          ),
        json: found,
      };
    } finally {
      dispose();
    }
  });
}
