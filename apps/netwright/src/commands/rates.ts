// `netwright rates FILE`: which learning rates are of use for a file, by a range test.

import { hasError } from "@netwright/definitions";
import { ratesSvg } from "@netwright/plot";
import { Command, InvalidArgumentError } from "commander";
import {
  accept,
  findBackend,
  fromOutcome,
  RANGE,
  type RangeTest,
  rangeTest,
  rateText,
  reject,
} from "netwright";
import { drawRates } from "../output/draw-rates.ts";
import { prose } from "../output/prose.ts";
import { shellWord } from "../output/shell-word.ts";
import { svgToPng } from "../output/svg-to-png.ts";
import { renderTable } from "../output/table.ts";
import { guarded } from "../project/open-run.ts";
import { readProject } from "../project/read-project.ts";
import { blockedOutputs, writeOutput } from "../project/write-output.ts";
import { cliError } from "../usage/codes.ts";
import {
  type BackendOptions,
  type CommonOptions,
  emulationNote,
  type ForceOption,
  type OverrideOptions,
  overridesOf,
  threadsOf,
  wholeNumber,
  withBackend,
  withCommon,
  withForce,
  withOverrides,
} from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done, failed, failedWith } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

interface RatesOptions extends CommonOptions, OverrideOptions, BackendOptions, ForceOption {
  readonly least: number;
  readonly most: number;
  readonly steps: number;
  readonly output?: string;
}

export function ratesCommand(perform: Perform): Command {
  const command = new Command("rates")
    .description("Tries learning rates on a file, each for one step, and suggests one")
    .argument("<file>", "a .net file")
    .option("--least <rate>", "the first rate", rate, RANGE.least)
    .option("--most <rate>", "the last rate", rate, RANGE.most)
    .option(
      "--steps <n>",
      "how many rates, evenly spaced in their logarithm",
      wholeNumber(20, 100_000),
      RANGE.steps,
    )
    .option("-o, --output <file>", "a picture, .svg or .png, beside what is printed");
  return withCommon(
    withForce(withOverrides(withBackend(command))),
    "rates concrete.net --output rates.svg",
  ).action((file: string, options: RatesOptions) =>
    perform(options, (session) => tryRates(session, file, options)),
  );
}

async function tryRates(session: Session, file: string, options: RatesOptions): Promise<CommandResult> {
  const { least, most, steps, output, force = false } = options;
  const rule = { force, inputs: [file] };
  const problems = [
    ...(least < most
      ? []
      : [cliError("NW0901", `the rates go from ${least} to ${most}`, "`--least` is less than `--most`.")]),
    ...(output === undefined || /\.(svg|png)$/i.test(output)
      ? []
      : [cliError("NW0901", `a picture is a .svg or a .png, not \`${output}\``)]),
    ...(output === undefined ? [] : blockedOutputs([output], rule)),
  ];
  if (problems.length > 0) return failed(session, problems);
  const backend = fromOutcome(await findBackend(options.backend));
  const read = await readProject(file, overridesOf(options), options.allow);
  if (!read.ok || !backend.ok)
    return failedWith(session, read.ok ? accept(null) : reject(read.diagnostics), backend);
  const { project } = read;
  if (!hasError(project.diagnostics)) session.report(project.diagnostics, project.sources);
  session.say(
    `Trying ${steps} learning rates from ${least} to ${most} on ${file}: backend ${backend.value.name}`,
  );
  const emulated = emulationNote(project.model?.train?.numerics !== undefined, backend.value);
  if (emulated !== undefined) session.say(emulated);
  const tested = await guarded(() =>
    rangeTest(project, { backend: backend.value, least, most, steps, ...threadsOf(options) }),
  );
  if (!tested.ok) {
    const known = new Set(hasError(project.diagnostics) ? [] : project.diagnostics);
    return failed(
      session,
      tested.diagnostics.filter((one) => !known.has(one)),
      tested.sources,
    );
  }
  const test = tested.value;
  if (output !== undefined) {
    const svg = pictureOf(test);
    const problem = writeOutput(output, /\.svg$/i.test(output) ? svg : await svgToPng(svg), rule);
    if (problem !== null) return failed(session, [problem]);
  }
  const written = output === undefined ? "" : `Saved the picture as ${output}\n`;
  return done(`${textOf(test, session)}${written}`, jsonOf(test, file));
}

function pictureOf({ points, suggestion, lowest }: RangeTest): string {
  return ratesSvg({
    rates: points.map((point) => point.rate),
    losses: points.map((point) => point.loss),
    smoothed: points.map((point) => point.smoothed),
    lowest,
    marks: suggestion === null ? [] : [{ rate: suggestion, text: rateText(suggestion) }],
  });
}

function jsonOf({ points, suggestion, lowest, hasRunAway, stated, advised }: RangeTest, file: string) {
  return { file, suggestion, lowest, ran_away: hasRunAway, stated, advised, points };
}

/** Lines of the table: more tell no more. */
const LINES = 12;

function textOf(test: RangeTest, session: Session): string {
  const { points, suggestion, lowest, hasRunAway } = test;
  const { width } = session;
  const lines = Math.min(LINES, points.length);
  const rows = Array.from({ length: lines }, (_, i) => {
    const point = points[Math.round((i * (points.length - 1)) / Math.max(1, lines - 1))];
    return point === undefined ? [] : [rateText(point.rate), digits(point.loss), digits(point.smoothed)];
  });
  const table = renderTable(
    ["learning rate", "loss", "smoothed"].map((title) => ({ title, align: "right" as const })),
    rows,
    session,
  );
  const end = points.at(-1)?.rate ?? 0;
  const ending = hasRunAway
    ? `Beyond ${rateText(end)} the loss runs away.`
    : `The loss has not run away up to ${rateText(end)}.`;
  const advice =
    suggestion === null
      ? "The loss falls at none of these rates, or no further than by chance: look for a mistake in the data, or try other rates, `--least` and `--most`."
      : `The middle of its longest way down is at ${rateText(suggestion)}. It is least at ${rateText(lowest)}, which is too large to train with. ${advisedText(test)}`;
  return `${drawRates(test, session)}\n${table}\n${prose(`${ending} ${advice}`, width)}\n`;
}

function advisedText({ advised, stated }: RangeTest): string {
  const has = `The file has ${typeof stated === "number" ? rateText(stated) : `the schedule \`${stated}\``}.`;
  if (advised === null) return `${has} Let its rates come up to that.`;
  const value = shellWord(`train.optimizer.learning_rate=${advised}`);
  return `Write \`learning_rate: ${advised}\` into \`optimizer\`, or try it: \`--set ${value}\`. ${has}`;
}

function digits(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function rate(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("Expected a number above 0, such as 1e-7.");
}
