// Several trainings of one model at a time, into one folder: each saves the same run in the same place.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readRun } from "@netwright/runtime/node";
import type { Attempt, Harness } from "../harness.ts";
import { start } from "../support/command.ts";
import { workplace, writeSmallModel } from "../support/workplace.ts";
import { tryCases } from "../try-cases.ts";

export const trainings: Harness = {
  name: "trainings",
  about: {
    promised: "Trainings that save the same run into the same folder all end well, and the run is whole.",
    tried:
      "Two to four processes are started within 100 ms; afterwards the run is read, and nothing lies beside it.",
  },
  run: (task) => tryCases(task, attempt),
};

const attempt: Attempt = async (random) => {
  const { path, remove } = workplace();
  try {
    writeSmallModel(path, { epochs: 1 + random.below(20), rows: 40, width: 4 });
    const started = [];
    for (let i = 2 + random.below(3); i > 0; i--) {
      started.push(start(["train", "model.net", "--quiet", "--threads", "1"], path));
      await new Promise((resolve) => setTimeout(resolve, random.below(100)));
    }
    const ended = await Promise.all(started.map((each) => each.ended));
    const bad = ended.find(({ code }) => code !== 0);
    if (bad !== undefined) throw new Error(`a training ended with ${bad.code ?? bad.signal}: ${bad.stderr}`);
    const places = new Set(ended.map(({ stdout }) => stdout.trim()));
    for (const place of places) {
      const run = await readRun(join(path, place));
      if (!run.ok) throw new Error(run.problems.map(({ message }) => message).join(" "));
    }
    const [, ...others] = readdirSync(join(path, "runs"));
    if (others.length > 0) throw new Error(`beside the run lies ${others.join(", ")}`);
    return `${ended.length} at a time, ${places.size} run`;
  } finally {
    remove();
  }
};
