// `netwright plot activation elu selu`: curve and derivative, in the terminal or as a picture.

import { closest, cutList } from "@netwright/definitions";
import { activationCurve, type Curve, curveNames, curvesSvg } from "@netwright/plot";
import { Command, InvalidArgumentError } from "commander";
import { drawCurves } from "../output/draw-curves.ts";
import { svgToPng } from "../output/svg-to-png.ts";
import { blockedOutputs, writeOutput } from "../project/write-output.ts";
import { cliError } from "../usage/codes.ts";
import { type CommonOptions, type ForceOption, withCommon, withForce } from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done, failed } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

interface PlotOptions extends CommonOptions, ForceOption {
  readonly from: number;
  readonly to: number;
  readonly output?: string;
}

/** Enough for a smooth line at the size of the pictures, and odd, so that 0 is one of them. */
const POINTS = 481;

export function plotCommand(perform: Perform): Command {
  const activation = new Command("activation")
    .description("Draws activations and their derivatives")
    .argument("<name...>", "one or more activations, such as elu selu swish")
    .option("--from <x>", "left end of the x axis", finite, -3)
    .option("--to <x>", "right end of the x axis", finite, 3)
    .option("-o, --output <file>", "a picture, .svg or .png, instead of the terminal");
  withCommon(withForce(activation), "plot activation elu selu swish").action(
    (names: string[], options: PlotOptions) =>
      perform(options, (session) => plotActivations(session, names, options)),
  );
  return new Command("plot").description("Draws functions").addCommand(activation);
}

async function plotActivations(
  session: Session,
  names: readonly string[],
  { from, to, output, force = false }: PlotOptions,
): Promise<CommandResult> {
  const rule = { force, inputs: [] };
  const problems = [
    ...names.filter((name) => !curveNames.includes(name)).map(unknownActivation),
    ...(from < to
      ? []
      : [cliError("NW0901", `the x axis goes from ${from} to ${to}`, "`--from` is less than `--to`.")]),
    ...(output === undefined || /\.(svg|png)$/i.test(output)
      ? []
      : [cliError("NW0901", `a picture is a .svg or a .png, not \`${output}\``)]),
    ...(output === undefined ? [] : blockedOutputs([output], rule)),
  ];
  if (problems.length > 0) return failed(session, problems);
  const range = { from, to, points: POINTS };
  const curves = await Promise.all([...new Set(names)].map((name) => activationCurve(name, range)));
  const json = { curves: curves.map(plain) };
  if (output === undefined) return done(drawCurves(curves, session), json);
  const svg = curvesSvg(curves);
  const problem = writeOutput(output, /\.svg$/i.test(output) ? svg : await svgToPng(svg), rule);
  if (problem !== null) return failed(session, [problem]);
  return done(`${output}: ${curves.map(({ name }) => name).join(", ")}\n`, { ...json, file: output });
}

function unknownActivation(name: string) {
  if (name === "softmax" || name === "log_softmax") {
    return cliError("NW0901", `${name} has no curve: each of its outputs depends on a whole row`);
  }
  const meant = closest(name, curveNames);
  const note = meant === undefined ? `There are ${cutList(curveNames)}.` : `Did you mean \`${meant}\`?`;
  return cliError("NW0901", `no activation is named \`${name}\``, note);
}

function plain({ name, x, y, derivative }: Curve) {
  return { name, x: [...x], y: [...y], derivative: [...derivative] };
}

function finite(text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new InvalidArgumentError("Expected a number.");
}
