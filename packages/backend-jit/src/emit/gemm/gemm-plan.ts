// How a product will be computed: what is packed, the register tile and the order of the tiles. Plain data, decided
// from sizes and strides alone, so that a planner can ask for the scratch memory before anything is emitted, and
// explain can show it. No choice changes a bit of the result.

import { at } from "@netwright/ir";
import type { Local } from "../../wasm/function-builder.ts";
import { type Address, type Axes, type Axis, linearBytes } from "./address.ts";

/** One operand of a product: where it lies and how its free and its contracted index step through memory. */
export interface GemmOperand {
  readonly address: Address;
  readonly free: Axes;
  /** Of the same sizes for both operands. */
  readonly inner: Axes;
  readonly firstLine?: FirstLine;
}

/** Added to the index of a line, and what it is a multiple of. */
export interface FirstLine {
  readonly index: Local;
  readonly multiple: number;
}

/** result[i, j] = sum over k of lhs[i, k] rhs[j, k], for i < rows, j < columns, k < inner; all at least 1. */
export interface GemmSpec {
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
  readonly lhs: GemmOperand;
  readonly rhs: GemmOperand;
}

/**
 * The left operand is "along": it gives one number for each line of a tile. The right one is "across" and gives
 * vectors along the lines. `lines` and `length` are their sizes.
 */
export interface GemmPlan {
  readonly lines: number;
  readonly length: number;
  /** Contracted indices that are worked on at a time: all, unless there is a `split`. */
  readonly inner: number;
  readonly split: InnerSplit | undefined;
  /** The register tile: lines x vectors of four. */
  readonly tile: { readonly lines: number; readonly vectors: number };
  /** Vectors between fences, see inner-loop.ts; undefined where the engine needs none. */
  readonly fence: number | undefined;
  readonly packAlong: boolean;
  /** `panel`: each panel when it is needed; `whole`: all before the first tile. */
  readonly packAcross: "none" | "panel" | "whole";
  /** Lines that are worked on before the next ones are looked at, so that they stay in the cache. */
  readonly lineBlock: number;
}

/**
 * A long contracted index in pieces, so that panels stay in the cache: the axes before `axis` one by one, that axis
 * `chunk` by `chunk`. Sums wait in memory in between, which changes none of their bits.
 */
export interface InnerSplit {
  readonly axis: number;
  readonly chunk: number;
}

/** What there is to know of the engine that will compile the code. */
export interface GemmEngine {
  /**
   * Whether the optimizing compiler keeps the order in which loads and arithmetic are emitted. If not, all loads of
   * a turn of the loop come first, and need registers at the same time.
   */
  readonly keepsOrder: boolean;
  /** Whether one instruction multiplies and adds: see `product-sum.ts`. Absent where that is not known, or not asked for. */
  readonly fuses?: boolean;
}

/** Packed lines of `along` lie in panels of four, [lines / 4][inner][4]. */
export const PANEL_LINES = 4;
/** V8 keeps one of x64's sixteen for itself. */
const VECTOR_REGISTERS = 15;
/** Bytes of `along` that are to stay in a cache: few are read for each step, so the largest one will do. */
const cacheBytes = 1 << 23;
/** Panels of longer products would leave the caches. */
const longestInner = 4096;
/** About how long the pieces of those are. */
const innerPiece = 512;
/** Products with at most so many steps work tile by tile along a few lines, which suits what follows in the epilogue. */
const shortInner = 64;

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/**
 * The register tiles. Ten sums keep both adders busy while each addition takes three cycles. Taller tiles would load
 * less for each product, but V8 spends an instruction more on a load that splats than on one of a vector. Where no
 * product is in a register of its own, there is one for two more sums.
 */
function tilesFor(lines: number, fuses: boolean): readonly GemmPlan["tile"][] {
  if (lines === 1) return [{ lines: 1, vectors: 8 }];
  if (lines === 3) return [{ lines: 3, vectors: 3 }];
  return [...(fuses ? [{ lines: 2, vectors: 6 }] : []), { lines: 2, vectors: 5 }, { lines: 2, vectors: 4 }];
}

/** Where loads come first, as many vectors at once as registers are left beside sums, numbers and one product, if any. */
function fenceFor(
  { lines, vectors }: GemmPlan["tile"],
  { keepsOrder, fuses = false }: GemmEngine,
): number | undefined {
  const left = VECTOR_REGISTERS - lines * vectors - lines - (fuses ? 0 : 1);
  return keepsOrder || left >= vectors ? undefined : Math.max(1, left);
}

/**
 * Cycles for a step of one line of tiles: additions follow one another after three cycles, loads take turns, and with
 * fewer than ten sums the adders are not kept busy (measured: 2x16 takes as long as 2x20 has work for). No tile is much
 * faster than three vectors: 64 columns are four of 2x16, at 46 GFLOP/s, and not three of 2x20 and a rest, at 42. Fused,
 * they follow one another after four cycles, and only they are waited for (measured: 89% of what two a cycle would be with
 * eight sums, 91% with ten, 95% with twelve).
 */
function stepCycles(lines: number, vectors: number, fuses: boolean): number {
  const sums = lines * vectors;
  if (fuses) return Math.max(4, sums / 2) + 0.4;
  return Math.max(4.2, sums / 2 + (lines + vectors) / 8 + (sums < 10 ? 0.65 : 0));
}

function lineCycles({ lines, vectors }: GemmPlan["tile"], length: number, fuses: boolean): number {
  const count = Math.ceil(length / 4);
  const rest = count % vectors;
  const last = rest === 0 ? 0 : stepCycles(lines, rest, fuses);
  return Math.floor(count / vectors) * stepCycles(lines, vectors, fuses) + last;
}

/** The tile with the least cycles for all steps; packing is the same for all. */
function bestTile(lines: number, length: number, fuses: boolean): GemmPlan["tile"] {
  const cycles = (tile: GemmPlan["tile"]): number =>
    Math.ceil(lines / tile.lines) * lineCycles(tile, length, fuses);
  return tilesFor(lines, fuses).reduce((best, tile) => (cycles(tile) < cycles(best) ? tile : best));
}

/** Runs of at least so many neighbours are read where they lie: packing would cost more than their loops. */
const directRun = 16;

/** One number at a time is read from anywhere, but neighbours should share cache lines. */
function needsPacking({ inner, free }: GemmOperand, lines: number): boolean {
  const last = inner.at(-1);
  // Windows over pictures: what they have in common would be packed as often as they overlap.
  if (last !== undefined && last.bytes === 4 && last.size >= directRun) return false;
  const line = linearBytes(free);
  const step = linearBytes(inner);
  // An offset cannot be negative.
  if (line === undefined || line < 0 || step === undefined) return true;
  return lines > 1 && step !== 4 && inner.length > 0;
}

function acrossPacking({ free, inner }: GemmOperand, lines: number): boolean {
  if (linearBytes(free) !== 4) return true;
  // Of one step everything is read where it lies.
  return inner.length > 0 && (!linearBytes(inner) || lines > 3);
}

/** Undefined where the contracted index is short enough as it is. */
function splitOf({ inner, lhs }: GemmSpec): InnerSplit | undefined {
  if (inner <= longestInner) return undefined;
  let [axis, below] = [lhs.inner.length - 1, 1];
  while (axis > 0 && below * at(lhs.inner, axis).size <= innerPiece) below *= at(lhs.inner, axis--).size;
  const { size } = at(lhs.inner, axis);
  // All of about one length: a short last piece would load and store all sums for little.
  const pieces = Math.round((size * below) / innerPiece);
  return { axis, chunk: Math.ceil(size / Math.min(size, Math.max(1, pieces))) };
}

/** The axes of one piece. */
export function pieceAxes(axes: Axes, { axis }: InnerSplit, size: number): Axis[] {
  return [{ ...at(axes, axis), size }, ...axes.slice(axis + 1)];
}

export function planGemm(spec: GemmSpec, engine: GemmEngine): GemmPlan {
  const { rows: lines, columns: length, lhs: along, rhs: across } = spec;
  const split = splitOf(spec);
  const inner =
    split === undefined
      ? spec.inner
      : pieceAxes(along.inner, split, split.chunk).reduce((product, { size }) => product * size, 1);
  const wanted = bestTile(lines, length, engine.fuses ?? false);
  const tile = {
    lines: Math.min(wanted.lines, lines),
    vectors: Math.min(wanted.vectors, Math.ceil(length / 4)),
  };
  const short = inner <= shortInner && lines > PANEL_LINES;
  const packAcross = acrossPacking(across, lines) ? (short ? "whole" : "panel") : "none";
  const blockStep = roundUp(PANEL_LINES, tile.lines);
  const fits = Math.max(blockStep, Math.floor(cacheBytes / (4 * inner) / blockStep) * blockStep);
  return {
    lines,
    length,
    inner,
    split,
    tile,
    fence: fenceFor(tile, engine),
    packAlong: needsPacking(along, lines),
    packAcross,
    lineBlock: short ? blockStep : Math.min(fits, roundUp(lines, blockStep)),
  };
}

/** Bytes of working memory, and where its parts begin. */
export interface GemmScratch {
  readonly along: number;
  /** The sums of a product with a split, [lines][sumsWidth]. */
  readonly sums: number;
  readonly bytes: number;
}

export function gemmScratch({
  lines,
  length,
  inner,
  split,
  tile,
  packAlong,
  packAcross,
  lineBlock,
}: GemmPlan): GemmScratch {
  const width = 4 * tile.vectors;
  const across = 4 * inner * { none: 0, panel: width, whole: roundUp(length, width) }[packAcross];
  const along = packAlong ? 4 * inner * roundUp(Math.min(lineBlock, lines), PANEL_LINES) : 0;
  const sums = split === undefined ? 0 : 4 * lines * roundUp(length, 4);
  return { along: across, sums: across + along, bytes: across + along + sums };
}
