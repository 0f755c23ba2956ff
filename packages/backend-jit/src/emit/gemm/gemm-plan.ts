// How a product will be computed: which operand gives vectors, what is packed, the register tile and the order of
// the tiles. Plain data, decided from sizes and strides alone, so that a planner can ask for the scratch memory
// before anything is emitted, and explain can show it. No choice changes a bit of the result.

import { keepsInstructionOrder } from "../../wasm/engine.ts";
import { type Address, type Axis, isContiguous } from "./address.ts";

/** One operand of a product: where it lies and how its free and its contracted index step through memory. */
export interface GemmOperand {
  readonly address: Address;
  readonly free: Axis;
  readonly inner: Axis;
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
 * "Along" is the operand that gives one number for each line of a tile, "across" the one that gives vectors along
 * the lines; `lines` and `length` are their sizes.
 */
export interface GemmPlan {
  /** Lines are columns of the product instead of rows: `along` is the right operand. */
  readonly transposed: boolean;
  readonly lines: number;
  readonly length: number;
  readonly inner: number;
  /** The register tile: lines x vectors of four. */
  readonly tile: { readonly lines: number; readonly vectors: number };
  readonly unroll: number;
  /** Vectors between fences, see inner-loop.ts; undefined where the engine needs none. */
  readonly fence: number | undefined;
  readonly packAlong: boolean;
  /** `panel`: each panel when it is needed; `whole`: all before the first tile. */
  readonly packAcross: "none" | "panel" | "whole";
  /** Lines that are worked on before the next ones are looked at, so that they stay in the cache. */
  readonly lineBlock: number;
  readonly scratchBytes: number;
}

/** What there is to know of the engine that will compile the code. */
export interface GemmEngine {
  /**
   * Whether the optimizing compiler keeps the order in which loads and arithmetic are emitted. If not, all loads of
   * a turn of the loop come first, and need registers at the same time.
   */
  readonly keepsOrder: boolean;
}

/** Packed lines of `along` lie in panels of four, [lines / 4][inner][4]. */
export const PANEL_LINES = 4;
/** V8 keeps one of x64's sixteen for itself. */
const VECTOR_REGISTERS = 15;
/** Bytes of `along` that are to stay in a cache: few are read for each step, so the largest one will do. */
const cacheBytes = 1 << 23;
/** Products with at most so many steps work tile by tile along a line, which suits what follows in the epilogue. */
const shortInner = 64;

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/**
 * The register tiles. Ten sums keep both adders busy while each addition takes three cycles. Taller tiles would load
 * less for each product, but V8 spends an instruction more on a load that splats than on one of a vector.
 */
function tilesFor(lines: number): readonly GemmPlan["tile"][] {
  if (lines === 1) return [{ lines: 1, vectors: 8 }];
  if (lines === 3) return [{ lines: 3, vectors: 3 }];
  return [
    { lines: 2, vectors: 5 },
    { lines: 2, vectors: 4 },
  ];
}

/** Where loads come first, as many vectors at once as registers are left beside sums, numbers and one product. */
function fenceFor({ lines, vectors }: GemmPlan["tile"], { keepsOrder }: GemmEngine): number | undefined {
  const left = VECTOR_REGISTERS - lines * vectors - lines - 1;
  return keepsOrder || left >= vectors ? undefined : Math.max(1, left);
}

/**
 * Cycles for a step of one line of tiles: additions follow one another after three cycles, loads take turns, and with
 * fewer than ten sums the adders are not kept busy (measured: 2x16 takes as long as 2x20 has work for).
 */
function stepCycles(lines: number, vectors: number): number {
  const sums = lines * vectors;
  return Math.max(3, sums / 2 + (lines + vectors) / 8 + (sums < 10 ? 0.65 : 0));
}

function lineCycles({ lines, vectors }: GemmPlan["tile"], length: number): number {
  const count = Math.ceil(length / 4);
  const rest = count % vectors;
  return (
    Math.floor(count / vectors) * stepCycles(lines, vectors) + (rest === 0 ? 0 : stepCycles(lines, rest))
  );
}

interface Way {
  readonly tile: GemmPlan["tile"];
  readonly cycles: number;
}

/** The best tile for one way round, and rough cycles: the tiles' arithmetic, and what is packed. */
function bestWay(
  [lines, along]: readonly [number, GemmOperand],
  [length, across]: readonly [number, GemmOperand],
  inner: number,
): Way {
  const packed =
    (needsPacking(along, lines) ? lines * inner : 0) + (acrossPacking(across, lines) ? length * inner : 0);
  const ways = tilesFor(lines).map((tile) => ({
    tile,
    cycles: Math.ceil(lines / tile.lines) * inner * lineCycles(tile, length) + packed / 2,
  }));
  return ways.reduce((best, way) => (way.cycles < best.cycles ? way : best));
}

/** One number at a time is read from anywhere, but neighbours should share cache lines. */
function needsPacking({ inner, free }: GemmOperand, lines: number): boolean {
  return lines > 1 && inner.blocks === undefined && inner.inner !== 4 && free.blocks === undefined;
}

function acrossPacking({ free, inner }: GemmOperand, lines: number): boolean {
  if (!isContiguous(free) || inner.inner === 0) return true;
  return free.blocks === undefined && lines > 3;
}

/**
 * `forced` overrules single choices: for measurements, and for callers that need a way round. The engine is the one
 * that we run in, unless given.
 */
export function planGemm(
  spec: GemmSpec,
  forced: Partial<GemmPlan> = {},
  engine: GemmEngine = { keepsOrder: keepsInstructionOrder() },
): GemmPlan {
  const { rows, columns, inner, lhs, rhs } = spec;
  const straight = bestWay([rows, lhs], [columns, rhs], inner);
  const turned = bestWay([columns, rhs], [rows, lhs], inner);
  const transposed = forced.transposed ?? turned.cycles < straight.cycles;
  const [lines, length] = transposed ? [columns, rows] : [rows, columns];
  const [along, across] = transposed ? [rhs, lhs] : [lhs, rhs];
  const wanted = forced.tile ?? (transposed ? turned : straight).tile;
  const tile = {
    lines: Math.min(wanted.lines, lines),
    vectors: Math.min(wanted.vectors, Math.ceil(length / 4)),
  };
  const packAlong = forced.packAlong ?? needsPacking(along, lines);
  const short = inner <= shortInner && lines > PANEL_LINES;
  const packAcross =
    forced.packAcross ?? (acrossPacking(across, lines) ? (short ? "whole" : "panel") : "none");
  const blockStep = roundUp(PANEL_LINES, tile.lines);
  const fits = Math.max(blockStep, Math.floor(cacheBytes / (4 * inner) / blockStep) * blockStep);
  const lineBlock =
    forced.lineBlock ?? (packAcross === "whole" ? blockStep : Math.min(fits, roundUp(lines, blockStep)));
  const width = 4 * tile.vectors;
  const acrossNumbers = { none: 0, panel: width, whole: roundUp(length, width) }[packAcross];
  const alongNumbers = packAlong ? roundUp(Math.min(lineBlock, lines), PANEL_LINES) : 0;
  return {
    transposed,
    lines,
    length,
    inner,
    tile,
    // V8 unrolls short loops itself, and better: it keeps each turn's loads and arithmetic apart.
    unroll: forced.unroll ?? along.inner.blocks?.size ?? across.inner.blocks?.size ?? 1,
    fence: "fence" in forced ? forced.fence : fenceFor(tile, engine),
    packAlong,
    packAcross,
    lineBlock,
    scratchBytes: 4 * inner * (acrossNumbers + alongNumbers),
  };
}
