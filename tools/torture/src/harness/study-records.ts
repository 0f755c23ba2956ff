// Records of studies that were damaged or made up, and then gone on with.

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openStudy } from "netwright";
import type { Harness } from "../harness.ts";
import type { Random } from "../random.ts";
import { start } from "../support/command.ts";
import { damageNames, damages } from "../support/damage.ts";
import { oddJson } from "../support/odd-json.ts";
import { workplace, writeSmallModel } from "../support/workplace.ts";
import { tryCases } from "../try-cases.ts";

export const studyRecords: Harness = {
  name: "study-records",
  about: {
    promised:
      "Whatever the record of a study holds, it is refused with a reason or gone on with; nothing is written outside of the folder of the study.",
    tried:
      "Bytes of `study.json` damaged, and places of it made up: kinds, numbers, paths, names. All are opened, and some of those that are taken are gone on with by the command.",
  },
  async run(task) {
    const { path, remove } = workplace();
    try {
      writeSmallModel(path, { epochs: 2, rows: 40, width: 2 });
      const { code, stderr } = await start(STUDY, path).ended;
      if (code !== 0) throw new Error(stderr);
      const [name = ""] = readdirSync(join(path, "runs"));
      const sound = readFileSync(join(path, "runs", name, "study.json"));
      return await tryCases(task, (random) => tried(path, join("runs", name), sound, random));
    } finally {
      remove();
    }
  },
};

const STUDY = ["train", "model.net", "--folds", "2", "--threads", "1", "--quiet"];

async function tried(path: string, study: string, sound: Uint8Array, random: Random): Promise<string> {
  const isMadeUp = random.chance(0.6);
  const damage = random.pick(damageNames);
  const how = isMadeUp ? "made up" : damage;
  const place = join(path, study, "study.json");
  const bytes = isMadeUp
    ? Buffer.from(JSON.stringify(oddJson(JSON.parse(Buffer.from(sound).toString()), random)) ?? "")
    : damages[damage](sound, random);
  writeFileSync(place, bytes);
  const before = readdirSync(path).sort().join();
  const opened = await openStudy(join(path, study));
  if (!opened.ok) {
    const [problem] = opened.diagnostics;
    if (problem === undefined || problem.message.length > 2000)
      throw new Error(`${how}: refused without a reason`);
    return `${how}: refused`;
  }
  if (!random.chance(0.1)) return `${how}: taken`;
  const argv = ["train", "--resume", study, "--threads", "1", "--quiet"];
  const { code, signal, stderr } = await start(argv, path).ended;
  if (signal !== null || code === null || code > 2 || /^ +at .*:\d+:\d+\)?$/m.test(stderr))
    throw new Error(`${how}: going on ended with ${code ?? signal}: ${stderr.slice(0, 2000)}`);
  const after = readdirSync(path).sort().join();
  if (after !== before) throw new Error(`${how}: ${after} is there, and it was ${before}`);
  const others = readdirSync(join(path, "runs")).filter((name) => join("runs", name) !== study);
  if (others.length > 0) throw new Error(`${how}: beside the study lies ${others.join(", ")}`);
  for (const name of readdirSync(join(path, study))) {
    if (name !== "study.json" && existsSync(join(path, study, name)))
      rmSync(join(path, study, name), { recursive: true });
  }
  return `${how}: ${code === 0 ? "gone on with" : "refused by the command"}`;
}
