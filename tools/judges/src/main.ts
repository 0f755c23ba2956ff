// `npm run judges -- [judge ...]`: what other programs make of what Netwright writes. They need more than npm and
// Chromium, so this is run by hand; a judge that is not here is named, and counted.

import { Command } from "commander";
import type { JudgeOptions, Verdict } from "./judge.ts";
import { writeResults } from "./results/files.ts";
import { JUDGES } from "./table.ts";

/** What `npm run bench:setup` makes. */
const BENCH_PYTHON = ".nx/bench/python/bin/python";

await new Command("judges")
  .description("Asks other programs about what Netwright writes")
  .argument("[judge...]", `only these: ${JUDGES.map(({ name }) => name).join(", ")}`)
  .option("--python <path>", "the Python that has JAX, else one is made", BENCH_PYTHON)
  .action(judges)
  .parseAsync();

async function judges(names: readonly string[], options: JudgeOptions): Promise<void> {
  const unknown = names.filter((name) => !JUDGES.some((judge) => judge.name === name));
  if (unknown.length > 0) {
    console.error(
      `no judge is named ${unknown.join(", ")}; there are ${JUDGES.map(({ name }) => name).join(", ")}`,
    );
    process.exitCode = 2;
    return;
  }
  const verdicts: Verdict[] = [];
  for (const { name, about, judge } of JUDGES) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.error(`${name}: ${about}`);
    const verdict = await judge(options);
    verdicts.push(verdict);
    console.log(`${name}: ${told(verdict)}`);
    if (verdict.kind === "judged") keep(name, verdict);
  }
  const skipped = verdicts.filter(({ kind }) => kind === "skipped").length;
  console.log(`${verdicts.length - skipped} judged, ${skipped} skipped`);
  process.exitCode = verdicts.some((verdict) => verdict.kind === "judged" && verdict.wrong.length > 0)
    ? 1
    : 0;
}

function told(verdict: Verdict): string {
  if (verdict.kind === "skipped") return `skipped: ${verdict.reason}`;
  const { right, wrong, skipped = [] } = verdict;
  const counted = `${right} right, ${wrong.length} wrong${skipped.length === 0 ? "" : `, ${skipped.length} skipped`}`;
  return [
    counted,
    ...[...wrong, ...skipped.map((line) => `skipped: ${line}`)].map((line) => `  ${line}`),
  ].join("\n");
}

/** Where something is wrong, the figures of the last time stay. */
function keep(
  judge: string,
  { wrong, rows = [], direction = "export" }: Extract<Verdict, { kind: "judged" }>,
): void {
  if (wrong.length > 0 || rows.length === 0) return;
  writeResults({ judge, date: new Date().toISOString().slice(0, 10), direction, rows });
}
