// Emits the product of two matrices as loops over register tiles. What happens to the sums is the caller's, who gets
// each tile. See gemm-plan.ts for the choices, inner-loop.ts for the order of additions.

import { at } from "@netwright/ir";
import type { FunctionBuilder, Local } from "../../wasm/function-builder.ts";
import type { ProductSum } from "../product-sum.ts";
import { type Address, addIndex, linearBytes, pushAddress } from "./address.ts";
import {
  type GemmOperand,
  type GemmPlan,
  type GemmSpec,
  gemmScratch,
  type InnerSplit,
  PANEL_LINES,
  pieceAxes,
} from "./gemm-plan.ts";
import { type GemmSizes, gemmSizes } from "./gemm-sizes.ts";
import { inSteps, inStepsBetween, inWholeSteps, type StepBody } from "./in-steps.ts";
import { emitInnerLoop, type LinePlace } from "./inner-loop.ts";
import type { Packing } from "./pack.ts";
import type { Tile } from "./tile.ts";

/** A part of the tiles across, for one of several threads: tiles from `from` up to `to`, i32 locals. */
export interface GemmShare {
  readonly from: Local;
  readonly to: Local;
}

/** How many tiles there are to share. */
export function tilesAcross({ length, tile }: GemmPlan): number {
  return Math.ceil(length / (4 * tile.vectors));
}

export interface GemmTools {
  readonly fn: FunctionBuilder;
  readonly packing: Packing;
  readonly productSum: ProductSum;
  /** Has the bytes of `gemmScratch`, one piece for each thread that runs at the same time. */
  readonly scratch: Address;
}

export interface GemmOptions {
  readonly share?: GemmShare | undefined;
  /** As they stand in the code; those of the plan where nothing else is given. */
  readonly sizes?: GemmSizes | undefined;
  /** Whether a line may be done twice: `finish` changes nothing that it depends on. */
  readonly mayRepeat?: boolean;
}

/** Whether the last tile goes over lines of the one before, rather than that there is a smaller one for what is left. */
export function repeatsLines({ lines, tile, packAlong, split }: GemmPlan, mayRepeat: boolean): boolean {
  return mayRepeat && lines >= tile.lines && !packAlong && split === undefined;
}

interface Emission {
  readonly fn: FunctionBuilder;
  readonly packing: Packing;
  readonly productSum: ProductSum;
  readonly plan: GemmPlan;
  readonly sizes: GemmSizes;
  readonly repeats: boolean;
  readonly along: GemmOperand;
  readonly across: GemmOperand;
  readonly scratch: Address;
  /** In elements, what all loops across go over. */
  readonly columns: { readonly from: Local; readonly to: Local } | undefined;
  readonly start: (tile: Tile) => void;
  readonly finish: (tile: Tile) => void;
}

/**
 * Emits the product that `plan` was made from; `finish` does something with the complete sums in the registers of a
 * tile. With a `share` only some of the tiles are computed; sums do not depend on the shares.
 */
export function emitGemm(
  { fn, packing, productSum, scratch }: GemmTools,
  spec: GemmSpec,
  plan: GemmPlan,
  finish: (tile: Tile) => void,
  { share, sizes = gemmSizes(plan, linearBytes(spec.rhs.inner)), mayRepeat = false }: GemmOptions = {},
): void {
  fn.scope(() => {
    const columns = share === undefined ? undefined : inElements(fn, share, 4 * plan.tile.vectors);
    const whole: Emission = {
      fn,
      packing,
      productSum,
      plan,
      sizes,
      repeats: repeatsLines(plan, mayRepeat),
      along: spec.lhs,
      across: spec.rhs,
      scratch,
      columns,
      start: (tile) => {
        const zero = fn.constantLanes(0);
        for (const register of tile.registers) fn.get(zero).set(register);
      },
      finish,
    };
    if (plan.split === undefined) emitBlocks(whole);
    else emitPieces(whole, plan.split, { ...scratch, offset: scratch.offset + gemmScratch(plan).sums });
  });
}

function inElements(fn: FunctionBuilder, share: GemmShare, width: number): GemmShare {
  const from = fn.local("i32");
  const to = fn.local("i32");
  fn.get(share.from).i32(width).op("i32.mul").set(from);
  fn.get(share.to).i32(width).op("i32.mul").set(to);
  return { from, to };
}

/** Piece by piece of the contracted index; the sums are in memory before and after each. */
function emitPieces(whole: Emission, split: InnerSplit, sums: Address): void {
  const { fn, plan, along, across } = whole;
  const width = 4 * Math.ceil(plan.length / 4);
  const eachSum = (
    { lines, vectors, line, element, registers }: Tile,
    use: (address: Local, register: Local, offset: number) => void,
  ) =>
    fn.scope(() => {
      const address = fn.local("i32");
      pushAddress(fn, sums);
      fn.get(line).i32(width).op("i32.mul").get(element).op("i32.add");
      fn.i32(4).op("i32.mul").op("i32.add").set(address);
      for (let i = 0; i < lines * vectors; i++) {
        use(address, at(registers, i), 4 * Math.floor(i / vectors) * width + 16 * (i % vectors));
      }
    });
  const load = (tile: Tile): void =>
    eachSum(tile, (address, register, offset) => fn.get(address).mem("v128.load", offset).set(register));
  const store = (tile: Tile): void =>
    eachSum(tile, (address, register, offset) => fn.get(address).get(register).mem("v128.store", offset));
  const left = fn.local("i32");
  const right = fn.local("i32");
  pushAddress(fn, along.address);
  fn.set(left);
  pushAddress(fn, across.address);
  fn.set(right);
  const advance = (index: number, times: number): void => {
    for (const [pointer, { inner }] of [
      [left, along],
      [right, across],
    ] as const) {
      fn.get(pointer)
        .i32(times * at(inner, index).bytes)
        .op("i32.add")
        .set(pointer);
    }
  };
  const piece = (size: number): void => {
    const part = (operand: GemmOperand, base: Local): GemmOperand => ({
      ...operand,
      address: { base, offset: 0 },
      inner: pieceAxes(operand.inner, split, size),
    });
    const steps = (plan.inner / split.chunk) * size;
    emitBlocks({
      ...whole,
      sizes: gemmSizes(plan, linearBytes(across.inner), steps),
      along: part(along, left),
      across: part(across, right),
      start: load,
      finish: store,
    });
  };
  const level = (axis: number): void => {
    const { size } = at(along.inner, axis);
    const count = fn.local("i32");
    const times = (turns: number, body: () => void): void => {
      if (turns === 0) return;
      fn.i32(turns).set(count);
      fn.loop((again) => {
        body();
        fn.get(count).i32(1).op("i32.sub").tee(count).brIf(again);
      });
    };
    if (axis < split.axis) {
      times(size, () => {
        level(axis + 1);
        advance(axis + 1, -at(along.inner, axis + 1).size);
        advance(axis, 1);
      });
      return;
    }
    const rest = size % split.chunk;
    times(Math.floor(size / split.chunk), () => {
      piece(split.chunk);
      advance(axis, split.chunk);
    });
    if (rest > 0) {
      piece(rest);
      advance(axis, rest);
    }
  };
  eachTile(whole, (tile) => {
    whole.start(tile);
    store(tile);
  });
  level(0);
  eachTile(whole, (tile) => {
    load(tile);
    whole.finish(tile);
  });
}

function acrossTiles({ fn, plan, columns }: Emission, body: StepBody): void {
  const width = 4 * plan.tile.vectors;
  if (columns === undefined) inSteps(fn, plan.length, width, body);
  else inStepsBetween(fn, columns, plan.length, width, body);
}

/** Without any product. */
function eachTile(emission: Emission, body: (tile: Tile) => void): void {
  const { fn, plan } = emission;
  acrossTiles(emission, (element, valid) =>
    inSteps(fn, plan.lines, plan.tile.lines, (line, lines) =>
      fn.scope(() => body(tileAt(emission, line, element, lines, valid))),
    ),
  );
}

function tileAt({ fn }: Emission, line: Local, element: Local, lines: number, valid: number): Tile {
  const vectors = Math.ceil(valid / 4);
  return { lines, vectors, valid, line, element, registers: fn.locals("v128", lines * vectors) };
}

/** Blocks of lines, and the tiles in each. */
function emitBlocks(emission: Emission): void {
  const { fn, plan, sizes, along, across } = emission;
  const width = 4 * plan.tile.vectors;
  fn.scope(() => {
    if (plan.packAcross === "whole") {
      acrossTiles(emission, (element, valid) =>
        emitPanel(emission, { operand: across, width, line: element, count: valid }),
      );
    }
    const from = fn.local("i32");
    const to = fn.local("i32");
    fn.i32(0).set(from);
    fn.loop((again) => {
      fn.get(from).i32(sizes.lineBlock).op("i32.add").tee(to).i32(sizes.lines);
      fn.get(to).i32(sizes.lines).op("i32.lt_u").select("i32").set(to);
      const block = { from, to };
      if (plan.packAlong) {
        const panels = { operand: along, width: PANEL_LINES, origin: from, behind: sizes.alongScratch };
        inStepsBetween(
          fn,
          block,
          plan.lines,
          PANEL_LINES,
          (line, count) => emitPanel(emission, { ...panels, line, count }),
          sizes.panelLines,
        );
      }
      acrossTiles(emission, (element, valid) => {
        if (plan.packAcross === "panel") {
          const panel = { operand: across, width, line: element, origin: element };
          emitPanel(emission, { ...panel, count: valid });
        }
        const step = plan.tile.lines;
        const tile = (line: Local, lines: number): void =>
          fn.scope(() => emitTile(emission, tileAt(emission, line, element, lines, valid), from));
        if (emission.repeats) inWholeSteps(fn, block, sizes.lastLine, step, tile);
        else inStepsBetween(fn, block, plan.lines, step, tile, sizes.tileLines);
      });
      fn.get(to).tee(from).i32(sizes.lines).op("i32.lt_u").brIf(again);
    });
  });
}

interface Panel {
  readonly operand: GemmOperand;
  readonly width: number;
  /** Index of the first line, and how many there are. */
  readonly line: Local;
  readonly count: number;
  /** The line whose panel lies at the start of the scratch memory; the first one where there is none. */
  readonly origin?: Local;
  /** Bytes of scratch memory before the panels. */
  readonly behind?: number;
}

function emitPanel({ fn, packing, sizes, scratch }: Emission, panel: Panel): void {
  const { operand, width, line, count, origin, behind } = panel;
  pushAddress(fn, operand.address);
  fn.get(line);
  if (operand.firstLine !== undefined) fn.get(operand.firstLine.index).op("i32.add");
  if (origin === line) pushAddress(fn, scratch);
  else pushPanel(fn, scratch, line, origin, sizes.lineBytes);
  if (behind !== undefined) fn.i32(behind).op("i32.add");
  fn.i32(sizes.steps);
  const { free, inner, firstLine } = operand;
  // Blocks and panels begin at multiples of four lines.
  const aligned = firstLine === undefined || firstLine.multiple % PANEL_LINES === 0;
  fn.call(packing({ width, valid: count, aligned, free, inner }));
}

/** Leaves on the stack the address of the panel that starts at line `index`. */
function pushPanel(
  fn: FunctionBuilder,
  scratch: Address,
  index: Local,
  origin: Local | undefined,
  lineBytes: number,
): void {
  pushAddress(fn, scratch);
  fn.get(index);
  if (origin !== undefined) fn.get(origin).op("i32.sub");
  fn.i32(lineBytes).op("i32.mul").op("i32.add");
}

function emitTile(emission: Emission, tile: Tile, blockStart: Local): void {
  const { fn, plan, sizes, scratch, along, across } = emission;
  const { element, lines, vectors, valid, registers } = tile;
  const width = 4 * plan.tile.vectors;
  emission.start(tile);
  const places = alongPlaces(emission, tile, blockStart);
  const acrossPointer = fn.local("i32");
  if (plan.packAcross === "whole") pushPanel(fn, scratch, element, undefined, sizes.lineBytes);
  else if (plan.packAcross === "panel") pushAddress(fn, scratch);
  else {
    pushAddress(fn, across.address);
    addIndex(fn, across.free, element);
  }
  fn.set(acrossPointer);
  const isPacked = plan.packAcross !== "none";
  const loop = {
    bytes: sizes.loopBytes,
    lines,
    vectors,
    valid: isPacked ? 4 * vectors : valid,
    fence: plan.fence,
    productSum: emission.productSum,
    along: { places, inner: plan.packAlong ? [{ size: 0, bytes: 4 * PANEL_LINES }] : along.inner },
    across: { pointer: acrossPointer, inner: isPacked ? 4 * width : bytesOf(across.inner) },
  };
  emitInnerLoop(fn, loop, registers);
  emission.finish(tile);
}

/** Where each line of the tile begins: lines that follow one another share a pointer, others have their own. */
function alongPlaces(emission: Emission, { line, lines }: Tile, blockStart: Local): readonly LinePlace[] {
  const { fn, plan, sizes, scratch, along } = emission;
  const each = (bytes: number, pointer: Local): readonly LinePlace[] =>
    Array.from({ length: lines }, (_, i) => ({ pointer, offset: i * bytes }));
  if (plan.packAlong) {
    // Panels of four lines, in which a tile begins at any.
    const inBlock = fn.local("i32");
    const pointer = fn.local("i32");
    fn.get(line).get(blockStart).op("i32.sub").set(inBlock);
    pushAddress(fn, scratch);
    fn.i32(sizes.alongScratch).op("i32.add");
    fn.get(inBlock).i32(-PANEL_LINES).op("i32.and");
    fn.i32(sizes.lineBytes).op("i32.mul").op("i32.add");
    fn.get(inBlock)
      .i32(PANEL_LINES - 1)
      .op("i32.and");
    fn.i32(4).op("i32.mul").op("i32.add").set(pointer);
    return each(4, pointer);
  }
  const bytes = linearBytes(along.free);
  if (bytes !== undefined && bytes >= 0) {
    const pointer = fn.local("i32");
    pushAddress(fn, along.address);
    addIndex(fn, along.free, line);
    fn.set(pointer);
    return each(bytes, pointer);
  }
  const index = fn.local("i32");
  return fn.locals("i32", lines).map((pointer, i) => {
    fn.get(line).i32(i).op("i32.add");
    if (along.firstLine !== undefined) fn.get(along.firstLine.index).op("i32.add");
    fn.set(index);
    pushAddress(fn, along.address);
    addIndex(fn, along.free, index);
    fn.set(pointer);
    return { pointer, offset: 0 };
  });
}

/** Of an operand that is read where it lies. */
function bytesOf(axes: GemmOperand["free"]): number {
  const bytes = linearBytes(axes);
  if (bytes === undefined) throw new Error("an operand of several axes has to be packed");
  return bytes;
}
