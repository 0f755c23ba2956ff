// `npm run torture -- [harness ...]`: what Netwright promises, tried by seeded damage, and counted. Two minutes are part of
// the slow checks; by hand it goes on for as long as wanted.

import { Command, InvalidArgumentError } from "commander";
import type { Harness } from "./harness.ts";
import { countsTable, failuresText, type Tried } from "./report.ts";
import { HARNESSES } from "./table.ts";

interface Options {
  readonly seed: number;
  readonly first: number;
  readonly count?: number;
  readonly seconds?: number;
  readonly list?: boolean;
}

/** Of all harnesses together, where neither a count nor a time is asked for. */
const SECONDS = 120;

await new Command("torture")
  .description("Tries what Netwright promises about texts, tables, runs and processes")
  .argument("[harness...]", "only these; --list names all")
  .option("--seed <n>", "of all that is drawn", whole, 1)
  .option("--first <n>", "the number of the first case", whole, 0)
  .option("--count <n>", "cases of each harness", whole)
  .option("--seconds <n>", `for all harnesses together (default: ${SECONDS}, without a count)`, whole)
  .option("--list", "what is promised and how it is tried, and nothing else")
  .action(torture)
  .parseAsync();

async function torture(names: readonly string[], options: Options): Promise<void> {
  const chosen = HARNESSES.filter(({ name }) => names.length === 0 || names.includes(name));
  const unknown = names.filter((name) => !HARNESSES.some((harness) => harness.name === name));
  if (unknown.length > 0) {
    console.error(`no harness is named ${unknown.join(", ")}; there are:\n\n${listText(HARNESSES)}`);
    process.exitCode = 2;
    return;
  }
  if (options.list === true) {
    console.log(listText(chosen));
    return;
  }
  const all: Tried[] = [];
  for (const [i, harness] of chosen.entries()) {
    const left = secondsOf(options) - all.reduce((sum, { seconds }) => sum + seconds, 0);
    all.push(await tryHarness(harness, options, left / (chosen.length - i)));
  }
  console.log(countsTable(all));
  process.stdout.write(failuresText(all, options.seed));
  process.exitCode = all.every(({ findings }) => findings.failures.length === 0) ? 0 : 1;
}

function secondsOf({ count, seconds }: Options): number {
  return seconds ?? (count === undefined ? SECONDS : Number.POSITIVE_INFINITY);
}

async function tryHarness(harness: Harness, options: Options, seconds: number): Promise<Tried> {
  const { seed, first, count = Number.POSITIVE_INFINITY } = options;
  console.error(`${harness.name}: ${harness.about.promised}`);
  const begin = performance.now();
  let told = begin;
  const report = (tried: number) => {
    if (performance.now() - told < 10_000) return;
    told = performance.now();
    console.error(`  ${tried} tried`);
  };
  const findings = await harness.run({ seed, first, count, seconds, report });
  return { harness, findings, seconds: (performance.now() - begin) / 1000 };
}

function listText(harnesses: readonly Harness[]): string {
  return harnesses
    .map(({ name, about }) => `${name}\n  promised: ${about.promised}\n  tried: ${about.tried}`)
    .join("\n");
}

function whole(text: string): number {
  const found = Number(text);
  if (text.trim() !== "" && Number.isSafeInteger(found) && found >= 0) return found;
  throw new InvalidArgumentError("It is a whole number.");
}
