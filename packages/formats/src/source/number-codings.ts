// What makes numbers of a number, as statements: steps, bins, waves and ranks with the bits of their encoders.

import { GREATEST_NORMAL_RANK } from "@netwright/data";
import { at } from "@netwright/ir";
import type { NumberCoding } from "../model/columns.ts";
import { stepLines } from "./steps.ts";
import type { RealFunction, Syntax } from "./syntax.ts";
import type { WideFunction } from "./wide-functions.ts";

export interface NumberPlace {
  readonly syntax: Syntax;
  readonly functions: Set<RealFunction>;
  readonly wideFunctions: Set<WideFunction>;
  readonly column: number;
  /** The text of the k-th number of the column among what the network is fed. */
  readonly number: (k: number | string) => string;
  readonly constants: string[];
}

/** `x` is a variable of f64, which may be changed. */
export function numberCodingLines(coding: NumberCoding, x: string, place: NumberPlace): readonly string[] {
  const { syntax, functions, number } = place;
  switch (coding.kind) {
    case "steps":
      return [...stepLines(coding.steps, x, syntax, functions), `${number(0)} = ${syntax.narrow(x)};`];
    case "bins":
      return binLines(coding, x, place);
    case "waves":
      return waveLines(coding, x, place);
    case "ranks":
      return rankLines(coding, x, place);
    case "other":
      throw new Error("other encoders are refused before");
  }
}

type Of<K extends NumberCoding["kind"]> = Extract<NumberCoding, { kind: K }>;

function binLines({ edges, bins }: Of<"bins">, x: string, place: NumberPlace): readonly string[] {
  const { syntax, column, number, constants } = place;
  const [name, own, i, j] = [`edges${column}`, `k${column}`, `i${column}`, `j${column}`];
  const [no, yes] = [syntax.real(0), syntax.real(1)];
  const last = edges.length - 2;
  if (last < 0) return [syntax.loop(j, bins), `${number(j)} = ${no};`, "}"];
  constants.push(syntax.wides(name, edges));
  const edge = (index: string) => `${syntax.global(name)}[${index}]`;
  const bin = syntax.intToIndex(own);
  return [
    syntax.variable("int", own, syntax.int(-1)),
    syntax.loop(i, edges.length),
    syntax.when(`${edge(i)} <= ${x}`),
    `${own} = ${syntax.addInt(own, syntax.int(1))};`,
    "}",
    "}",
    `${own} = ${syntax.pick(`${own} < ${syntax.int(0)}`, syntax.int(0), own, "int")};`,
    `${own} = ${syntax.pick(`${own} > ${syntax.int(last)}`, syntax.int(last), own, "int")};`,
    syntax.loop(j, bins),
    `${number(j)} = ${syntax.pick(`${syntax.indexToInt(j)} < ${own}`, yes, no, "real")};`,
    "}",
    `${x} = ${weightOf(x, edge(bin), edge(`${bin} + 1`), hasVastSteps(edges), syntax)};`,
    `${number(bin)} = ${syntax.narrow(x)};`,
  ];
}

function waveLines(
  { mean, std, frequencies }: Of<"waves">,
  x: string,
  { syntax, wideFunctions, column, number, constants }: NumberPlace,
): readonly string[] {
  const [name, turns, j] = [`waves${column}`, `t${column}`, `j${column}`];
  constants.push(syntax.wides(name, frequencies));
  wideFunctions.add("wave");
  const wave = (quarters: number) => syntax.narrow(syntax.call("wave", [turns, syntax.wide(quarters)]));
  return [
    `${x} = ${x} - ${syntax.wide(mean)};`,
    `${x} = ${x} / ${syntax.wide(std)};`,
    syntax.loop(j, frequencies.length),
    syntax.let("wide", turns, syntax.multiplyWide(x, `${syntax.global(name)}[${j}]`)),
    `${number(j)} = ${wave(0)};`,
    `${number(`${frequencies.length} + ${j}`)} = ${wave(1)};`,
    "}",
  ];
}

/** The share below x is 0 up to the least, 1 from the greatest on, and where several quantiles are x the middle of theirs. */
function rankLines(
  { quantiles, distribution }: Of<"ranks">,
  x: string,
  { syntax, wideFunctions, column, number, constants }: NumberPlace,
): readonly string[] {
  const [name, share, i] = [`ranks${column}`, `r${column}`, `i${column}`];
  /** How many quantiles are below x, and how many are no greater. */
  const [first, behind] = [`k${column}`, `n${column}`];
  constants.push(syntax.wides(name, quantiles));
  const steps = quantiles.length - 1;
  const [least, greatest] = [syntax.wide(at(quantiles, 0)), syntax.wide(at(quantiles, steps))];
  const quantile = (index: string) => `${syntax.global(name)}[${index}]`;
  const toWide = (int: string) => syntax.widen(syntax.intToReal(int));
  const counted = (count: string, sign: string) => [
    syntax.when(`${quantile(i)} ${sign} ${x}`),
    `${count} = ${syntax.addInt(count, syntax.int(1))};`,
    "}",
  ];
  const place = syntax.intToIndex(first);
  const twice = syntax.subtractInt(syntax.addInt(first, behind), syntax.int(1));
  const lines = [
    syntax.variable("wide", share, syntax.pickWide(`${x} > ${least}`, syntax.wide(1), syntax.wide(0))),
    syntax.when(`${x} > ${least} && ${x} < ${greatest}`),
    syntax.variable("int", first, syntax.int(0)),
    syntax.variable("int", behind, syntax.int(0)),
    syntax.loop(i, quantiles.length),
    ...counted(first, "<"),
    ...counted(behind, "<="),
    "}",
    `${share} = ${toWide(twice)} / ${syntax.wide(2)};`,
    syntax.when(`${behind} == ${first}`),
    `${share} = ${weightOf(x, quantile(`${place} - 1`), quantile(place), hasVastSteps(quantiles), syntax)};`,
    `${share} = ${toWide(syntax.subtractInt(first, syntax.int(1)))} + ${share};`,
    "}",
    `${share} = ${share} / ${syntax.wide(steps)};`,
    "}",
  ];
  if (distribution === "normal") {
    wideFunctions.add("normal_quantile");
    const [most, fewest] = [syntax.wide(GREATEST_NORMAL_RANK), syntax.wide(-GREATEST_NORMAL_RANK)];
    lines.push(
      `${share} = ${syntax.call("normal_quantile", [share])};`,
      `${share} = ${syntax.pickWide(`${share} > ${most}`, most, share)};`,
      `${share} = ${syntax.pickWide(`${share} < ${fewest}`, fewest, share)};`,
    );
  }
  return [...lines, `${number(0)} = ${syntax.narrow(share)};`];
}

/** Whether a step is wider than any number, so that halves are taken there. */
function hasVastSteps(list: readonly number[]): boolean {
  return list.some((item, i) => i > 0 && !Number.isFinite(item - at(list, i - 1)));
}

/** How far x has come from `low` to `high`. */
function weightOf(x: string, low: string, high: string, isVast: boolean, syntax: Syntax): string {
  const plain = `(${x} - ${low}) / (${high} - ${low})`;
  if (!isVast) return plain;
  const half = (value: string) => `${value} / ${syntax.wide(2)}`;
  const halves = `(${half(x)} - ${half(low)}) / (${half(high)} - ${half(low)})`;
  const greatest = syntax.wide(Number.MAX_VALUE);
  return syntax.pickWide(`${high} - ${low} <= ${greatest}`, plain, halves);
}
