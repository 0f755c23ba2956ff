// The cases of every operation. An operation without any does not compile.

import type { OpName } from "@netwright/ir";
import type { Case, ConformanceOptions } from "../kit/case.ts";
import { type OpCase, toCase } from "../ops/op-case.ts";
import { broadcastInDimCases } from "./broadcast-in-dim.ts";
import { clampCases } from "./clamp.ts";
import { compareCases } from "./compare.ts";
import { compositeCases } from "./composite.ts";
import { constantCases, iotaCases } from "./constant.ts";
import { convertCases } from "./convert.ts";
import { dotGeneralCases } from "./dot-general.ts";
import { binaryCases, derivedElementwiseCases, unaryCases } from "./elementwise.ts";
import { optimizationBarrierCases } from "./optimization-barrier.ts";
import { reduceCases } from "./reduce.ts";
import { rngBitGeneratorCases } from "./rng-bit-generator.ts";
import { dynamicSliceCases, dynamicUpdateSliceCases, gatherCases, scatterCases } from "./rows.ts";
import { scanCases } from "./scan.ts";
import { selectCases } from "./select.ts";
import {
  concatenateCases,
  padCases,
  reshapeCases,
  reverseCases,
  sliceCases,
  transposeCases,
} from "./shape.ts";
import { convolutionCases, reduceWindowCases, selectAndScatterCases } from "./windows.ts";

const table: { readonly [K in OpName]: readonly OpCase<K>[] } = {
  ...unaryCases,
  ...binaryCases,
  constant: constantCases,
  iota: iotaCases,
  compare: compareCases,
  select: selectCases,
  convert: convertCases,
  broadcast_in_dim: broadcastInDimCases,
  reshape: reshapeCases,
  transpose: transposeCases,
  concatenate: concatenateCases,
  slice: sliceCases,
  pad: padCases,
  reverse: reverseCases,
  reduce: reduceCases,
  dot_general: dotGeneralCases,
  rng_bit_generator: rngBitGeneratorCases,
  composite: compositeCases,
  ...derivedElementwiseCases,
  clamp: clampCases,
  optimization_barrier: optimizationBarrierCases,
  dynamic_slice: dynamicSliceCases,
  dynamic_update_slice: dynamicUpdateSliceCases,
  gather: gatherCases,
  scatter: scatterCases,
  convolution: convolutionCases,
  reduce_window: reduceWindowCases,
  select_and_scatter: selectAndScatterCases,
  scan: scanCases,
};

function casesOf<K extends OpName>(name: K, options: ConformanceOptions, numerics?: "fused"): Case[] {
  return table[name].map((opCase) => toCase(name, opCase, options, numerics));
}

/** Of what adds products up, each rounded once. */
export function fusedCases(options: ConformanceOptions): Case[] {
  return (["dot_general", "convolution"] as const).flatMap((name) => casesOf(name, options, "fused"));
}

export function opCases(options: ConformanceOptions): Case[] {
  // Object.keys loses the key type; the table is a literal, so there are no other keys.
  return (Object.keys(table) as OpName[]).flatMap((name) => casesOf(name, options));
}
