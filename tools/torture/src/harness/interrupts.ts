// Ctrl-C, once or twice within a moment, as package managers pass it on, at any time of a training and of its save.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readRun } from "@netwright/runtime/node";
import type { Attempt, Harness } from "../harness.ts";
import { start } from "../support/command.ts";
import { press } from "../support/press.ts";
import { workplace, writeSmallModel } from "../support/workplace.ts";
import { tryCases } from "../try-cases.ts";

const TENTHS = 10;
const EPOCHS = 120;

export const interrupts: Harness = {
  name: "interrupts",
  about: {
    promised:
      "Ctrl-C, once or twice within 60 ms, loses no training: its run is saved, whole or interrupted.",
    tried:
      "SIGINT, SIGTERM or SIGHUP, once or twice up to 60 ms apart, to a process after one of the tenths of its epochs and up to 40 ms later; half of them after the last, while the run is saved.",
  },
  run: (task) => tryCases(task, attempt),
};

const attempt: Attempt = async (random) => {
  const { path, remove } = workplace();
  try {
    writeSmallModel(path, { epochs: EPOCHS, rows: 2000, width: 16 });
    const tenth = random.chance(0.5) ? TENTHS : 1 + random.below(TENTHS);
    const [later, apart, isTwice] = [random.below(40), random.below(60), random.chance(0.7)];
    const signal = random.pick<NodeJS.Signals>(["SIGINT", "SIGTERM", "SIGHUP"]);
    const started = start(["train", "model.net", "--threads", "1"], path);
    const after = isTwice ? [later, later + apart] : [later];
    const said = new RegExp(`epoch +${(tenth * EPOCHS) / TENTHS}/`);
    const pressed = press(started, said, { signal, after });
    const { code, signal: endedBy, stderr } = await started.ended;
    if (!pressed.isSaid()) throw new Error(`${said} was never said, so that nothing was pressed: ${stderr}`);
    const [name, ...others] = readdirSync(join(path, "runs"));
    if (name === undefined || others.length > 0) {
      throw new Error(`${signal}: runs holds ${[name, ...others].join(", ") || "nothing"}: ${stderr}`);
    }
    const run = await readRun(join(path, "runs", name));
    if (!run.ok) throw new Error(run.problems.map(({ message }) => message).join(" "));
    const { status } = run.value.record;
    const isWhole = status === "completed";
    if (!isWhole && (status !== "interrupted" || run.value.checkpoint === null || code !== 130)) {
      throw new Error(`${signal}: ${status}, and the process ended with ${code ?? endedBy}: ${stderr}`);
    }
    const times = ["no press came in time", "one press", "two presses"][pressed.sent()] ?? "more";
    if (!isWhole) return `interrupted, saved: ${times}`;
    return `${code === 0 ? "completed, saved" : "completed, saved, then ended"}: ${times}`;
  } finally {
    remove();
  }
};
