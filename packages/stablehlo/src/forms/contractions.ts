// dot_general and convolution. Both ask for the highest precision: the IR's products are f32's, where an accelerator
// may have shorter ones by default.

import type { Op } from "@netwright/ir";
import { at } from "@netwright/ir";
import { behind } from "../behind.ts";
import { listText } from "../types.ts";
import { operands, signature } from "./elementwise.ts";
import { type Form, listIn, numberIn, readList } from "./form.ts";

const dotGeneral: Form<"dot_general"> = {
  written: {
    mnemonic: "stablehlo.dot_general",
    print: (op, body) => {
      const { lhsBatching, rhsBatching, lhsContracting, rhsContracting } = op.attributes;
      const batching =
        lhsBatching.length === 0
          ? ""
          : `batching_dims = ${listText(lhsBatching)} x ${listText(rhsBatching)}, `;
      const contracting = `contracting_dims = ${listText(lhsContracting)} x ${listText(rhsContracting)}`;
      return `stablehlo.dot_general ${operands(op, body)}, ${batching}${contracting}, precision = [HIGHEST, HIGHEST] : ${signature(op)}`;
    },
    read: (head) => {
      const batching = pairIn(head, "batching_dims") ?? [[], []];
      const contracting = pairIn(head, "contracting_dims");
      return (
        contracting && {
          lhsBatching: batching[0],
          rhsBatching: batching[1],
          lhsContracting: contracting[0],
          rhsContracting: contracting[1],
        }
      );
    },
  },
};

type Pair = readonly [readonly number[], readonly number[]];

function pairIn(head: string, key: string): Pair | undefined {
  const found = /^\[([^\]]*)\] x \[([^\]]*)\]/.exec(behind(head, key) ?? "");
  return found === null ? undefined : [readList(found[1] ?? ""), readList(found[2] ?? "")];
}

/** `[b, 0, 1, f]`: what stands at each dimension. */
function layout(marks: Readonly<Record<string, number>>, spatial: readonly number[]): string {
  const at = [...Object.entries(marks), ...spatial.map((d, i) => [String(i), d] as const)];
  return `[${at
    .sort(([, a], [, b]) => a - b)
    .map(([mark]) => mark)
    .join(", ")}]`;
}

function dimNumbers({ attributes: a }: Op<"convolution">): string {
  const input = layout({ b: a.inputBatch, f: a.inputFeature }, a.inputSpatial);
  const kernel = layout({ i: a.kernelInputFeature, o: a.kernelOutputFeature }, a.kernelSpatial);
  const output = layout({ b: a.outputBatch, f: a.outputFeature }, a.outputSpatial);
  return `${input}x${kernel}->${output}`;
}

const convolution: Form<"convolution"> = {
  written: {
    mnemonic: "stablehlo.convolution",
    print: (op, body) => {
      const { strides, low, high, lhsDilation, rhsDilation, featureGroups, batchGroups } = op.attributes;
      const pads = low.map((before, d) => listText([before, at(high, d)])).join(", ");
      const window = `{stride = ${listText(strides)}, pad = [${pads}], lhs_dilate = ${listText(lhsDilation)}, rhs_dilate = ${listText(rhsDilation)}}`;
      const precision = "#stablehlo<precision HIGHEST>";
      return `stablehlo.convolution(${operands(op, body)}) dim_numbers = ${dimNumbers(op)}, window = ${strides.length === 0 ? "{}" : window} {batch_group_count = ${batchGroups} : i64, feature_group_count = ${featureGroups} : i64, precision_config = [${precision}, ${precision}]} : ${signature(op)}`;
    },
    read: (head) => {
      const numbers = /dim_numbers = \[([^\]]*)\]x\[([^\]]*)\]->\[([^\]]*)\]/.exec(head);
      if (numbers === null) return undefined;
      const [input = [], kernel = [], output = []] = numbers
        .slice(1)
        .map((marks) => (marks === "" ? [] : marks.split(", ")));
      const spatial = (marks: readonly string[]) =>
        Array.from({ length: marks.length - 2 }, (_, i) => marks.indexOf(String(i)));
      const pads = [...(/pad = \[(.*?)\], lhs/.exec(head)?.[1] ?? "").matchAll(/\[(-?\d+), (-?\d+)\]/g)];
      return {
        strides: listIn(head, "stride") ?? [],
        low: pads.map((pair) => Number(pair[1])),
        high: pads.map((pair) => Number(pair[2])),
        lhsDilation: listIn(head, "lhs_dilate") ?? [],
        rhsDilation: listIn(head, "rhs_dilate") ?? [],
        inputBatch: input.indexOf("b"),
        inputFeature: input.indexOf("f"),
        inputSpatial: spatial(input),
        kernelInputFeature: kernel.indexOf("i"),
        kernelOutputFeature: kernel.indexOf("o"),
        kernelSpatial: spatial(kernel),
        outputBatch: output.indexOf("b"),
        outputFeature: output.indexOf("f"),
        outputSpatial: spatial(output),
        featureGroups: numberIn(head, "feature_group_count") ?? 0,
        batchGroups: numberIn(head, "batch_group_count") ?? 0,
      };
    },
  },
};

export const contractions = { dot_general: dotGeneral, convolution };
