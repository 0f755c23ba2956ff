// What a format can carry, as data, and what a model has beyond that: said once, in the same words for every format.

import type { ScalingStep } from "@netwright/data";
import { count, quote } from "@netwright/definitions";
import type { Refusal } from "./format.ts";
import type { NumberCoding, PortableColumn, WordCoding } from "./model/columns.ts";
import type { Link } from "./model/network.ts";
import type { NumberOutput, PortableOutputs } from "./model/outputs.ts";
import type { PortableModel } from "./model/portable-model.ts";

/** Left out where all of it is carried. */
export interface Carries {
  readonly numbers?: readonly NumberCoding["kind"][];
  readonly words?: readonly WordCoding["kind"][];
  /** Steps of what goes in and what comes out. */
  readonly steps?: readonly ScalingStep["kind"][];
  readonly links?: readonly Link["kind"][];
  readonly outputs?: readonly PortableOutputs["kind"][];
  /** Absent for a format that takes the program, or no layers at all. */
  readonly layers?: ReadonlySet<string>;
  readonly windows?: boolean;
  readonly members?: boolean;
  readonly passes?: boolean;
  /** Spreads beside numbers. */
  readonly spreads?: boolean;
}

/** All of it; empty where the model is carried. */
export function refusalsOf(model: PortableModel, carries: Carries): readonly Refusal[] {
  const { columns, network, outputs, window } = model;
  const { windows = true, members = true, passes = true, layers } = carries;
  const refused: Refusal[] = columns.flatMap((column) => refusedColumn(column, carries));
  if (window !== null && !windows)
    refused.push({
      of: "window",
      what: `The window of ${count(window.length, "row")}`,
      why: "is more than the single row that goes in",
    });
  for (const { name, layer } of network.nodes)
    if (layers !== undefined && !layers.has(layer))
      refused.push({
        of: "layer",
        what: `Layer ${quote(name)}`,
        why: `is a ${quote(layer)}, which the format has no form of`,
      });
  if (network.members !== null && !members)
    refused.push({
      of: "members",
      what: `The mean of ${count(network.members, "member")}`,
      why: "is no part of the format",
    });
  if (network.passes !== null && !passes)
    refused.push({
      of: "passes",
      what: `The mean of ${network.passes} passes with numbers dropped`,
      why: "is no part of the format",
    });
  return [...refused, ...refusedLink(network.link, carries), ...refusedOutputs(outputs, carries)];
}

function refusedColumn(column: PortableColumn, { numbers, words, steps }: Carries): readonly Refusal[] {
  const own = { of: "column", what: `Column ${quote(column.name)}` } as const;
  const { coding } = column;
  if (coding.kind === "other")
    return [{ ...own, why: `is encoded by ${quote(coding.encoder)}, which the format cannot compute` }];
  const known: readonly string[] | undefined = column.kind === "number" ? numbers : words;
  if (known !== undefined && !known.includes(coding.kind)) return [{ ...own, why: codingWords[coding.kind] }];
  return coding.kind === "steps" ? refusedSteps(own, "is scaled by", coding.steps, steps) : [];
}

const codingWords: { readonly [K in Exclude<(NumberCoding | WordCoding)["kind"], "other">]: string } = {
  steps: "is scaled, which the format cannot compute",
  bins: "becomes a number for each of several bins, which the format cannot compute",
  waves: "becomes sines and cosines, which the format cannot compute",
  ranks: "becomes a share of the training rows, which the format cannot compute",
  one_hot: "becomes a number for each of its words, which the format cannot compute",
  index: "becomes the place of its word, which the format cannot compute",
  numbers: "becomes numbers that stand beside its word, which the format cannot compute",
};

function refusedSteps(
  own: Pick<Refusal, "of" | "what">,
  verb: string,
  all: readonly ScalingStep[],
  known: Carries["steps"],
): readonly Refusal[] {
  const step = all.find(({ kind }) => known !== undefined && !known.includes(kind));
  return step === undefined
    ? []
    : [{ ...own, why: `${verb} ${quote(step.kind)}, which the format cannot compute` }];
}

function refusedLink(link: Link, { links }: Carries): readonly Refusal[] {
  if (links === undefined || links.includes(link.kind)) return [];
  const what =
    link.kind === "other" ? `The loss ${quote(link.loss)}` : `The link ${quote(link.kind)} of the loss`;
  return [
    {
      of: "loss",
      what,
      why: "makes predictions of what the network gives in a way that the format has no form of",
    },
  ];
}

function refusedOutputs(
  outputs: PortableOutputs,
  { outputs: known, steps, spreads = true }: Carries,
): readonly Refusal[] {
  if (known !== undefined && !known.includes(outputs.kind)) {
    const why = `is one of ${outputs.kind}, which the format has no form of`;
    return [{ of: "prediction", what: "The prediction", why }];
  }
  if (outputs.kind === "classes" || outputs.kind === "labels") return [];
  const columns = outputs.kind === "numbers" ? outputs.columns : [outputs.column];
  const refused: Refusal[] = [];
  if (outputs.kind === "numbers" && outputs.spread && !spreads)
    refused.push({
      of: "spread",
      what: "The spread beside the prediction",
      why: "is more than the format has a place for",
    });
  return [...refused, ...columns.flatMap((column) => refusedTarget(column, steps))];
}

function refusedTarget(
  { name, encoder, inverse }: NumberOutput,
  steps: Carries["steps"],
): readonly Refusal[] {
  const own = { of: "target", what: `Target ${quote(name)}` } as const;
  if (inverse === null)
    return [{ ...own, why: `is scaled by ${quote(encoder)}, which no steps of arithmetic turn back` }];
  return refusedSteps(own, "is turned back by", inverse, steps);
}
