// The numbers of a product that stand in its code without deciding on it: with others in their place the code is that
// of a product with more lines, or a longer contracted index.

import { at } from "@netwright/ir";
import { type GemmPlan, gemmScratch, PANEL_LINES } from "./gemm-plan.ts";

export interface GemmSizes {
  readonly lines: number;
  /** The lines of whole tiles, and of whole panels. */
  readonly tileLines: number;
  readonly panelLines: number;
  /** The last at which a whole tile begins. */
  readonly lastLine: number;
  readonly lineBlock: number;
  /** Steps of the contracted index, */
  readonly steps: number;
  /** the bytes of a packed line, */
  readonly lineBytes: number;
  /** and those that a tile goes along `across`. */
  readonly loopBytes: number;
  /** Bytes from the start of the working memory. */
  readonly alongScratch: number;
}

/** `acrossBytes`: from one contracted index to the next, which is one number where `across` is not packed. */
export function gemmSizes(plan: GemmPlan, acrossBytes: number | undefined, steps = plan.inner): GemmSizes {
  const { lines, tile, lineBlock, packAcross } = plan;
  const stepBytes = packAcross === "none" ? acrossBytes : 16 * tile.vectors;
  if (stepBytes === undefined) throw new Error("an operand that is not packed has one stride");
  return {
    lines,
    tileLines: lines - (lines % tile.lines),
    panelLines: lines - (lines % PANEL_LINES),
    lastLine: lines - tile.lines,
    lineBlock,
    steps,
    lineBytes: 4 * steps,
    loopBytes: steps * stepBytes,
    alongScratch: gemmScratch(plan).along,
  };
}

export function sizeNumbers(sizes: GemmSizes): readonly number[] {
  const { lines, tileLines, panelLines, lastLine, lineBlock, steps, lineBytes, loopBytes, alongScratch } =
    sizes;
  return [lines, tileLines, panelLines, lastLine, lineBlock, steps, lineBytes, loopBytes, alongScratch];
}

/** The same with other numbers, in the order of `sizeNumbers`. */
export function numberedSizes(numbers: readonly number[]): GemmSizes {
  return {
    lines: at(numbers, 0),
    tileLines: at(numbers, 1),
    panelLines: at(numbers, 2),
    lastLine: at(numbers, 3),
    lineBlock: at(numbers, 4),
    steps: at(numbers, 5),
    lineBytes: at(numbers, 6),
    loopBytes: at(numbers, 7),
    alongScratch: at(numbers, 8),
  };
}
