// Studies that are ended, by Ctrl-C or by the system, at any moment, and gone on with, perhaps more than once.

import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Harness } from "../harness.ts";
import type { Random } from "../random.ts";
import { start } from "../support/command.ts";
import { press } from "../support/press.ts";
import { workplace, writeSmallModel } from "../support/workplace.ts";
import { tryCases } from "../try-cases.ts";

const FOLDS = 4;
const MOST_ENDS = 3;

export const studies: Harness = {
  name: "studies",
  about: {
    promised:
      "Whatever ends a study, the results of the runs that are done are on the disk, and going on ends in the results of one that nothing has ended; nothing stays beside them.",
    tried:
      "SIGKILL, SIGINT or SIGTERM to the process up to 200 ms after one of its runs has begun; then `--resume`, which is ended in the same way up to twice more.",
  },
  run: async (task) => {
    const { path, remove } = workplace();
    try {
      writeSmallModel(path, { epochs: 60, rows: 400, width: 8 });
      const { code, stderr } = await start(STUDY, path).ended;
      if (code !== 0) throw new Error(stderr);
      const [name] = readdirSync(join(path, "runs"));
      const whole = resultsIn(join(path, "runs", name ?? ""));
      return await tryCases(task, (random) => end(path, whole, random));
    } finally {
      remove();
    }
  },
};

const STUDY = ["train", "model.net", "--folds", String(FOLDS), "--threads", "1", "--format", "json"];

async function end(path: string, whole: Results, random: Random): Promise<string> {
  const runs = join(path, "runs");
  rmSync(runs, { recursive: true, force: true });
  const how: string[] = [];
  let done = 0;
  for (let ends = 0; ; ends++) {
    const names = existsSync(runs) ? readdirSync(runs) : [];
    if (names.length > 1) throw new Error(`more than one study: ${names.join(", ")}`);
    const place = names[0] === undefined ? null : join("runs", names[0]);
    const isBegun = place !== null && existsSync(join(path, place, "study.json"));
    const argv = isBegun ? ["train", "--resume", place, "--threads", "1", "--format", "json"] : STUDY;
    const started = start(argv, path);
    const signal = random.pick<NodeJS.Signals>(["SIGKILL", "SIGKILL", "SIGINT", "SIGTERM"]);
    const [at, later] = [done + 1 + random.below(FOLDS - done), random.below(200)];
    const isPressed = ends < MOST_ENDS && done < FOLDS;
    const pressed = press(started, new RegExp(`Run ${at} of`), { signal, after: isPressed ? [later] : [] });
    const { code, stderr } = await started.ended;
    if (code === 0 && isPressed && !pressed.isSaid())
      throw new Error(`run ${at} was never said to begin, so that nothing was ended: ${stderr}`);
    if (pressed.sent() > 0) how.push(signal);
    const found = resultsIn(join(runs, readdirSync(runs)[0] ?? ""));
    const begun = [...stderr.matchAll(/^Run (\d+) of/gm)].reduce(
      (most, [, run]) => Math.max(most, Number(run)),
      1,
    );
    if (found.length < Math.max(done, begun - 1))
      throw new Error(`${how.join(", ")}: run ${begun} had begun, and ${found.length} are found`);
    done = found.length;
    if (JSON.stringify(found) !== JSON.stringify(whole.slice(0, done)))
      throw new Error(`${how.join(", ")}: other results`);
    if (code !== 0) {
      if (code === null || code === 130) continue;
      throw new Error(`${how.join(", ")}: ended with ${code}: ${stderr}`);
    }
    if (done !== FOLDS) throw new Error(`${how.join(", ")}: a study of ${done} runs is done`);
    const left = readdirSync(join(runs, readdirSync(runs)[0] ?? "")).filter((name) => name !== "study.json");
    if (left.length > 0) throw new Error(`${how.join(", ")}: left behind: ${left.join(", ")}`);
    return how.includes("SIGKILL")
      ? "killed, gone on"
      : how.length > 0
        ? "interrupted, gone on"
        : "undisturbed";
  }
}

type Results = readonly unknown[];

/** Of the runs that are done, without their times. */
function resultsIn(folder: string): Results {
  const place = join(folder, "study.json");
  if (!existsSync(place)) return [];
  const record: unknown = JSON.parse(readFileSync(place, "utf8"));
  const runs = typeof record === "object" && record !== null && "runs" in record ? record.runs : null;
  if (!Array.isArray(runs)) throw new Error(`${place} has no runs`);
  return runs.map((run) => ({ ...run, seconds: null }));
}
