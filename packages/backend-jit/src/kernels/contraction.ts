// Products of matrices, batch by batch, and elementwise operations on their results while those are in registers.

import { emitContraction } from "../emit/contraction.ts";
import {
  type GemmEngine,
  gemmScratch,
  PANEL_LINES,
  repeatsLines,
  sizeNumbers,
  tilesAcross,
} from "../emit/gemm/index.ts";
import {
  chunkRows,
  isEmpty,
  isVectorProduct,
  mayRepeatRows,
  openProduct,
  productPlan,
  someRows,
} from "../plan/product.ts";
import { linearStride, type Run } from "../plan/strides.ts";
import {
  type AlikeRows,
  largestPart,
  type OwnUnits,
  type Share,
  type ShareAlike,
  type Sharing,
} from "../threads/share.ts";
import { PRODUCTS } from "../threads/work.ts";
import {
  bodyCode,
  bodyOps,
  bodyOwn,
  bodyReads,
  bodyShare,
  bodyWork,
  type PointwiseBody,
  renamedBody,
} from "./body.ts";
import {
  type BufferId,
  type BufferNames,
  type Choices,
  type Code,
  type KernelRule,
  NO_SCRATCH,
  purposeOf,
} from "./rule.ts";

/**
 * One operand of a contraction: where its elements are, by batch, free and contracted index. Each is taken apart into
 * axes, the last of which varies fastest; strides may be 0 or negative, and elements may overlap.
 */
export interface ContractionOperand {
  readonly buffer: BufferId;
  /** The first element; not 0 where axes run backwards. */
  readonly start: number;
  readonly batch: readonly Run[];
  readonly free: readonly Run[];
  readonly inner: readonly Run[];
}

/** result[b, i, j] = sum over k of lhs[b, i, k] * rhs[b, j, k], and the body on the batch * rows x columns results. */
export interface ContractionKernel {
  readonly kind: "contraction";
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
  readonly lhs: ContractionOperand;
  readonly rhs: ContractionOperand;
  readonly result: BufferId;
  readonly body: PointwiseBody;
}

export const contraction: KernelRule<ContractionKernel> = {
  buffers: ({ lhs, rhs, result, body }) => ({
    reads: [
      { buffer: lhs.buffer, inPlace: false },
      { buffer: rhs.buffer, inPlace: false },
      ...bodyReads(body).filter(({ buffer }) => buffer !== result),
    ],
    writes: body.stores,
  }),
  renamed: (kernel, rename) => ({
    ...kernel,
    lhs: { ...kernel.lhs, buffer: rename(kernel.lhs.buffer) },
    rhs: { ...kernel.rhs, buffer: rename(kernel.rhs.buffer) },
    result: rename(kernel.result),
    body: renamedBody(kernel.body, rename),
  }),
  code: productCode,
  divide: (kernel, sharing, engine) => {
    if (isEmpty(kernel)) return bodyShare(kernel.body, sharing);
    return isVectorProduct(kernel) ? undefined : productShare(kernel, sharing, engine);
  },
  divideAlike: chunksAlike,
  scratch: (kernel, share, engine) => {
    if (isEmpty(kernel)) return NO_SCRATCH;
    if (isVectorProduct(kernel)) return { own: 4 * kernel.columns, common: 0 };
    const plans = chunkRows(kernel, share).map((rows) => productPlan(someRows(kernel, rows), engine));
    return { own: Math.max(...plans.map((plan) => gemmScratch(plan).bytes)), common: 0 };
  },
  work: ({ batch, rows, columns, inner, body }) =>
    (batch * rows * columns * inner) / PRODUCTS + bodyWork(body),
  emit: emitContraction,
  label: "product",
  ops: ({ result, body }, purposes) => [
    ...purposeOf({ reads: [], writes: [result] }, purposes),
    ...bodyOps(body),
  ],
  shape: ({ batch, rows, columns, inner }) =>
    batch === 1 ? [rows, columns, inner] : [batch, rows, columns, inner],
  choices: productChoices,
};

/**
 * The batch and its remainder, training and evaluation: products of the same matrices differ in rows, or in what they
 * add up. Where one plan suits both those are numbers in the code.
 */
function productCode(
  kernel: ContractionKernel,
  { numberOf, placeOf }: BufferNames,
  share: Share | undefined,
  engine: GemmEngine,
): Code {
  const { batch, rows, columns, inner, lhs, rhs, result, body } = kernel;
  const open = openProduct(kernel, share, engine);
  const sides = [numberOf(lhs.buffer), lhs.start, lhs.batch, numberOf(rhs.buffer), rhs.start, rhs.batch];
  if (open === undefined) {
    const axes = [lhs.free, lhs.inner, rhs.free, rhs.inner];
    return { key: [batch, rows, columns, inner, sides, axes, numberOf(result), bodyCode(body, numberOf)] };
  }
  const { tile, fence = 0, packAlong, packAcross } = open.plan;
  const key = [
    columns,
    // What is left behind whole tiles and panels is code of its own.
    repeatsLines(open.plan, mayRepeatRows(kernel, placeOf)) || rows % tile.lines,
    packAlong && [rows >= PANEL_LINES, rows % PANEL_LINES],
    sides,
    [lhs.free, lhs.inner, rhs.free, rhs.inner].map(linearStride),
    numberOf(result),
    bodyCode({ ...body, rows: 0 }, numberOf),
    [tile.lines, tile.vectors, fence, packAlong, packAcross],
  ];
  return { key, numbers: sizeNumbers(open.sizes) };
}

/** Chunks of rows all pack the same operand, and double the code: less beside many rows than beside few. */
const chunkPenalty = (rows: number): number => 1 + Math.min(0.25, 16 / rows);

function productShare(kernel: ContractionKernel, { threads, line }: Sharing, engine: GemmEngine): Share {
  const plan = productPlan(kernel, engine);
  const width = 4 * plan.tile.vectors;
  const tiles: Share = { by: "tiles", units: tilesAcross(plan), size: width };
  // The last tile may be narrow.
  const tilesPart = Math.min(1, (Math.ceil(tiles.units / threads) * width) / kernel.columns);
  const batch: Share = { by: "batch", units: kernel.batch, size: 1 };
  const multiple = line / 4;
  const rowsEach = multiple * Math.ceil(kernel.rows / threads / multiple);
  const chunks: Share = { by: "chunks", units: Math.ceil(kernel.rows / rowsEach), size: rowsEach };
  const ways = [
    { share: batch, part: largestPart(batch, threads) },
    { share: tiles, part: tilesPart },
    { share: chunks, part: chunkPenalty(rowsEach) * Math.min(1, rowsEach / kernel.rows) },
  ];
  return ways.reduce((best, way) => (way.part < best.part ? way : best)).share;
}

/** Chunks of its rows, where those are the rows. */
function chunksAlike(kernel: ContractionKernel, alike: AlikeRows): ShareAlike | undefined {
  const { batch, rows, lhs, rhs, body } = kernel;
  const { count, units } = alike;
  if (batch !== 1 || rows !== count || isEmpty(kernel) || isVectorProduct(kernel)) return undefined;
  const size = count / units;
  const own = new Map<BufferId, OwnUnits>(bodyOwn(body, alike));
  const stride = linearStride(lhs.free);
  const isInRow =
    lhs.inner.every((run) => run.stride >= 0) && stride !== undefined && extentOf(lhs) <= stride;
  // Of an operand that is read in any other way a thread may touch everything.
  own.delete(rhs.buffer);
  if (isInRow && lhs.start === 0 && lhs.buffer !== rhs.buffer && !own.has(lhs.buffer)) {
    own.set(lhs.buffer, { bytes: 4 * stride * size, inSteps: false });
  } else {
    own.delete(lhs.buffer);
  }
  return { share: { by: "chunks", units, size }, own };
}

/** Elements from the first one of a row to behind the last. */
function extentOf({ inner }: ContractionOperand): number {
  return 1 + inner.reduce((sum, { size, stride }) => sum + (size - 1) * stride, 0);
}

function productChoices(kernel: ContractionKernel, share: Share | undefined, engine: GemmEngine): Choices {
  const { lhs, rhs } = kernel;
  const layout = `${letter(lhs.free, lhs.inner)}${letter(rhs.inner, rhs.free)}`;
  if (isEmpty(kernel) || isVectorProduct(kernel)) return { tile: null, layout, packed: [] };
  const [rows = kernel.rows] = chunkRows(kernel, share);
  const { tile, packAlong, packAcross } = productPlan(someRows(kernel, rows), engine);
  return {
    tile: [tile.lines, 4 * tile.vectors],
    layout,
    packed: [
      ...(packAlong ? ["lhs by lines"] : []),
      ...(packAcross === "none" ? [] : [`rhs ${packAcross === "panel" ? "by panel" : "whole"}`]),
    ],
  };
}

/** N: the inner index of the pair runs along memory; T: the other one does. */
function letter(outer: readonly Run[], inner: readonly Run[]): "N" | "T" {
  return outer.at(-1)?.stride === 1 && inner.at(-1)?.stride !== 1 ? "T" : "N";
}
