// How a product will be computed: which operand gives vectors, what is packed, the register tile and the order of
// the tiles. Plain data, decided from sizes and strides alone, so that a planner can ask for the scratch memory
// before anything is emitted, and explain can show it. No choice changes a bit of the result.

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
  readonly packAlong: boolean;
  /** `panel`: each panel when it is needed; `whole`: all before the first tile. */
  readonly packAcross: "none" | "panel" | "whole";
  /** Lines that are worked on before the next ones are looked at, so that they stay in the cache. */
  readonly lineBlock: number;
  readonly scratchBytes: number;
}

/** Bytes of `along` that are to stay in the second level cache. */
const cacheBytes = 1 << 18;
/** Products with at most so many steps work tile by tile along a line, which suits what follows in the epilogue. */
const shortInner = 64;

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

function tileFor(lines: number): GemmPlan["tile"] {
  if (lines === 1) return { lines: 1, vectors: 8 };
  if (lines === 2) return { lines: 2, vectors: 4 };
  return { lines: Math.min(lines, 4), vectors: 2 };
}

/** Rough cycles of one way round: the tiles' arithmetic, and what is packed. */
function cost(lines: number, length: number, inner: number, along: GemmOperand, across: GemmOperand): number {
  const tile = tileFor(lines);
  const vectors = Math.min(tile.vectors, Math.ceil(length / 4));
  const tiles = Math.ceil(lines / tile.lines) * Math.ceil(length / (4 * vectors));
  // Four cycles of additions after one another limit a small tile.
  const arithmetic = tiles * inner * Math.max(3, (tile.lines * vectors) / 2);
  const packed =
    (needsPacking(along, lines) ? lines * inner : 0) + (acrossPacking(across, lines) ? length * inner : 0);
  return arithmetic + packed / 2;
}

/** One number at a time is read from anywhere, but neighbours should share cache lines. */
function needsPacking({ inner, free }: GemmOperand, lines: number): boolean {
  return lines > 1 && inner.blocks === undefined && inner.inner !== 4 && free.blocks === undefined;
}

function acrossPacking({ free, inner }: GemmOperand, lines: number): boolean {
  if (!isContiguous(free) || inner.inner === 0) return true;
  return free.blocks === undefined && lines > 4;
}

export function planGemm(spec: GemmSpec, forced: Partial<GemmPlan> = {}): GemmPlan {
  const { rows, columns, inner, lhs, rhs } = spec;
  const straight = cost(rows, columns, inner, lhs, rhs);
  const turned = cost(columns, rows, inner, rhs, lhs);
  const transposed = forced.transposed ?? turned < straight;
  const [lines, length] = transposed ? [columns, rows] : [rows, columns];
  const [along, across] = transposed ? [rhs, lhs] : [lhs, rhs];
  const { vectors, lines: tileLines } = forced.tile ?? tileFor(lines);
  const tile = { lines: Math.min(tileLines, lines), vectors: Math.min(vectors, Math.ceil(length / 4)) };
  const packAlong = forced.packAlong ?? needsPacking(along, lines);
  const packs = acrossPacking(across, lines);
  const short = inner <= shortInner && lines > tile.lines;
  const packAcross = forced.packAcross ?? (packs ? (short ? "whole" : "panel") : "none");
  const fits = Math.max(tile.lines, Math.floor(cacheBytes / (4 * inner) / tile.lines) * tile.lines);
  const lineBlock =
    forced.lineBlock ?? (packAcross === "whole" ? tile.lines : Math.min(fits, roundUp(lines, tile.lines)));
  const acrossNumbers =
    packAcross === "none" ? 0 : packAcross === "panel" ? 4 * tile.vectors : roundUp(length, 4 * tile.vectors);
  const alongNumbers = packAlong ? roundUp(Math.min(lineBlock, lines), 4) : 0;
  return {
    transposed,
    lines,
    length,
    inner,
    tile,
    unroll: forced.unroll ?? along.inner.blocks?.size ?? across.inner.blocks?.size ?? 4,
    packAlong,
    packAcross,
    lineBlock,
    scratchBytes: 4 * inner * (acrossNumbers + alongNumbers),
  };
}
