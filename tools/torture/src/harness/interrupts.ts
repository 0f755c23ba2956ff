// Ctrl-C twice within a moment, as package managers pass it on, at any time of a training and of its save.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readRun } from "@netwright/runtime/node";
import type { Attempt, Harness } from "../harness.ts";
import { start } from "../support/command.ts";
import { workplace, writeSmallModel } from "../support/workplace.ts";
import { tryCases } from "../try-cases.ts";

const TENTHS = 10;

export const interrupts: Harness = {
  name: "interrupts",
  about: {
    promised:
      "Ctrl-C, once or twice within 60 ms, loses no training: its run is saved, whole or interrupted.",
    tried:
      "SIGINT, SIGTERM or SIGHUP twice, up to 60 ms apart, to a process after one of the tenths of its epochs and up to 40 ms later; half of them after the last, while the run is saved.",
  },
  run: (task) => tryCases(task, attempt),
};

const attempt: Attempt = async (random) => {
  const { path, remove } = workplace();
  try {
    writeSmallModel(path, { epochs: 40, rows: 2000, width: 16 });
    const tenth = random.chance(0.5) ? TENTHS : 1 + random.below(TENTHS);
    const [later, apart] = [random.below(40), random.below(60)];
    const signal = random.pick<NodeJS.Signals>(["SIGINT", "SIGTERM", "SIGHUP"]);
    const { process: child, ended } = start(["train", "model.net", "--threads", "1"], path);
    let told = "";
    let isPressed = false;
    child.stderr?.on("data", (data) => {
      told += String(data);
      if (isPressed || !new RegExp(`epoch +${tenth * 4}/`).test(told)) return;
      isPressed = true;
      setTimeout(() => child.kill(signal), later);
      setTimeout(() => child.kill(signal), later + apart);
    });
    const { code, signal: endedBy, stderr } = await ended;
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
    if (!isWhole) return "interrupted, saved";
    return code === 0 ? "completed, saved" : "completed, saved, then ended";
  } finally {
    remove();
  }
};
