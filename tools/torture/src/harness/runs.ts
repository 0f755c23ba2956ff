// Runs and checkpoints that were damaged, mixed up or made up.

import { isDeepStrictEqual } from "node:util";
import { filesToBundle, type RunBundle, type RunFiles, runFileNames } from "@netwright/runtime";
import type { Attempt, Harness } from "../harness.ts";
import type { Random } from "../random.ts";
import { damageNames, damages } from "../support/damage.ts";
import { asFormat1, sealed, withOddPlace } from "../support/forge.ts";
import { type Subject, subjects } from "../support/subjects.ts";
import { checkProblems, continuationOf, otherUses, predictionsOf } from "../support/use-run.ts";
import { tryCases } from "../try-cases.ts";

export const runs: Harness = {
  name: "runs",
  about: {
    promised:
      "A run with any bit that is another one than was written is refused, or predicts and goes on to the same bits; one that somebody has made up ends in a diagnostic or is used, and is never an exception.",
    tried:
      "Bits, bytes, blocks and ends of each file of five runs, values and keys of its JSON, files of other runs and other steps; the same with hashes that fit again, and without hashes as format 1 had none.",
  },
  run: (task) => tryCases(task, attempt),
};

const attempt: Attempt = async (random) => {
  const all = await subjects();
  const subject = random.pick(all);
  const kind = random.below(100);
  if (kind < 80) return damaged(subject, changedFiles(subject, all, random), random);
  const base = kind < 96 ? subject.files : asFormat1(subject.files);
  let files = base;
  for (let i = 1 + random.below(3); i > 0; i--) files = withOddPlace(files, fileOf(base, random), random);
  return kind < 96
    ? madeUp("made up", subject, sealed(files), random)
    : madeUp("format 1", subject, files, random);
};

/** What was changed, and the files. */
type Changed = readonly [string, RunFiles];

function changedFiles({ files }: Subject, all: readonly [Subject, ...Subject[]], random: Random): Changed {
  const name = fileOf(files, random);
  const bytes = files.get(name) ?? new Uint8Array();
  const kind = random.below(12);
  if (kind === 0) return ["a place", withOddPlace(files, name, random)];
  if (kind === 1) {
    const other = random.pick(all).files.get(name);
    return other === undefined
      ? ["no file", without(files, name)]
      : ["of another run", new Map(files).set(name, other)];
  }
  if (kind === 2) return ["no file", without(files, name)];
  if (kind === 3 && name.startsWith("record")) {
    const text = new TextDecoder().decode(bytes).replaceAll("\n", "\r\n");
    return ["ends of lines", new Map(files).set(name, new TextEncoder().encode(text))];
  }
  // Bits most of all.
  const what = random.chance(0.5) ? "bits" : random.pick(damageNames);
  return [what, new Map(files).set(name, damages[what](bytes, random))];
}

async function damaged(subject: Subject, [what, files]: Changed, random: Random): Promise<string> {
  const read = filesToBundle(files);
  if (!read.ok) {
    checkProblems(read.problems);
    return `${what}: refused`;
  }
  // What is read is the same, so that nothing can be another: that is tried in some of these cases, and in all others.
  if (isDeepStrictEqual(read.value, subject.bundle) && !random.chance(0.1))
    return `${what}: accepted, the same content`;
  const [now, before] = await Promise.all(
    [read.value, subject.bundle].map((bundle) => resultsOf(subject, bundle)),
  );
  if (now !== before) throw new Error(`${what}: accepted, and gives something else`);
  return `${what}: accepted, the same bits`;
}

const known = new Map<RunBundle, string>();

async function resultsOf(subject: Subject, bundle: RunBundle): Promise<string> {
  const before = known.get(bundle);
  if (before !== undefined) return before;
  const results = `${await predictionsOf(subject, bundle)} ${await continuationOf(subject, bundle)}`;
  if (bundle === subject.bundle) known.set(bundle, results);
  return results;
}

type Use = (subject: Subject, bundle: RunBundle) => Promise<unknown>;

/** One of them a case, as they take a while. */
const uses: readonly [Use, ...Use[]] = [continuationOf, ...otherUses];

/** It may say anything: what matters is how it is refused, or used. */
async function madeUp(what: string, subject: Subject, files: RunFiles, random: Random): Promise<string> {
  const begin = performance.now();
  const read = filesToBundle(files);
  if (!read.ok) {
    checkProblems(read.problems);
    return `${what}: refused on reading`;
  }
  const predicted = await predictionsOf(subject, read.value);
  await random.pick(uses)(subject, read.value);
  if (Object.hasOwn(Object.prototype, "polluted")) throw new Error("an object of the program was changed");
  const seconds = (performance.now() - begin) / 1000;
  if (seconds > MOST_SECONDS) throw new Error(`it took ${seconds.toFixed(1)} seconds`);
  return `${what}: ${predicted.startsWith("[") ? "used" : "refused in use"}`;
}

/** Of machines that do other things too. */
const MOST_SECONDS = 10;

function fileOf(files: RunFiles, random: Random): string {
  const names = Object.values(runFileNames).filter((name) => files.has(name));
  return names[random.below(names.length)] ?? runFileNames.record;
}

function without(files: RunFiles, name: string): RunFiles {
  return new Map([...files].filter(([other]) => other !== name));
}
