// Emits the product of two matrices as loops over register tiles. What starts the sums and what happens to them is
// the caller's: hooks get each tile. See gemm-plan.ts for the choices, inner-loop.ts for the order of additions.

import type { FunctionBuilder, Local } from "../../wasm/function-builder.ts";
import { type Address, addIndex, pushAddress, strided } from "./address.ts";
import { type GemmOperand, type GemmPlan, type GemmSpec, PANEL_LINES } from "./gemm-plan.ts";
import { emitInnerLoop } from "./inner-loop.ts";
import { emitPack } from "./pack.ts";
import type { Tile } from "./tile.ts";

export interface GemmHooks {
  /** Sets the tile's registers before the first product; without it they start at 0. */
  readonly start?: (tile: Tile) => void;
  /** Does something with the complete sums in the tile's registers. */
  readonly finish: (tile: Tile) => void;
}

/** A part of the tiles across, for one of several threads: tiles from `from` up to `to`, i32 locals. */
export interface GemmShare {
  readonly from: Local;
  readonly to: Local;
}

/** How many tiles there are to share. */
export function tilesAcross({ length, tile }: GemmPlan): number {
  return Math.ceil(length / (4 * tile.vectors));
}

interface Emission {
  readonly fn: FunctionBuilder;
  readonly plan: GemmPlan;
  readonly along: GemmOperand;
  readonly across: GemmOperand;
  readonly alongScratch: Address;
  readonly acrossScratch: Address;
  readonly hooks: GemmHooks;
}

/** Emits `body` for whole steps of an index held in a local, then for what is left below `size`. */
function emitRange(
  fn: FunctionBuilder,
  size: number,
  step: number,
  body: (index: Local, count: number) => void,
  share?: GemmShare,
): void {
  fn.scope(() => {
    const index = fn.local("i32");
    const whole = Math.floor(size / step) * step;
    if (share === undefined) {
      fn.i32(0).set(index);
      if (whole > 0) {
        fn.loop((again) => {
          body(index, step);
          fn.get(index).i32(step).op("i32.add").tee(index).i32(whole).op("i32.ne").brIf(again);
        });
      }
      if (whole < size) body(index, size - whole);
      return;
    }
    const end = fn.local("i32");
    fn.get(share.from).i32(step).op("i32.mul").set(index);
    fn.get(share.to).i32(step).op("i32.mul").set(end);
    if (whole > 0) {
      fn.block((done) => {
        fn.loop((again) => {
          fn.get(index).get(end).op("i32.ge_u").brIf(done);
          fn.get(index).i32(whole).op("i32.ge_u").brIf(done);
          body(index, step);
          fn.get(index).i32(step).op("i32.add").set(index).br(again);
        });
      });
    }
    if (whole < size) {
      fn.get(index)
        .get(end)
        .op("i32.lt_u")
        .ifElse(() => body(index, size - whole));
    }
  });
}

/** Packs `count` lines of an operand from `index` on; the panel lies at `to` plus `index - origin` lines. */
function emitPanel(
  { fn, plan }: Emission,
  operand: GemmOperand,
  scratch: Address,
  width: number,
  index: Local,
  origin: Local | undefined,
  count: number,
): void {
  fn.scope(() => {
    const [from, to] = [fn.local("i32"), fn.local("i32")];
    pushAddress(fn, operand.address);
    addIndex(fn, operand.free, index, width);
    fn.set(from);
    pushPanel(fn, scratch, index, origin, 4 * plan.inner);
    fn.set(to);
    emitPack(fn, { width, valid: count, inner: plan.inner, source: operand }, from, to);
  });
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

function emitTile(
  emission: Emission,
  line: Local,
  blockStart: Local | undefined,
  element: Local,
  lines: number,
  valid: number,
): void {
  const { fn, plan, along, across, hooks } = emission;
  fn.scope(() => {
    const vectors = Math.ceil(valid / 4);
    const width = 4 * plan.tile.vectors;
    const registers = fn.locals("v128", lines * vectors);
    const tile: Tile = {
      lines,
      vectors,
      valid,
      transposed: plan.transposed,
      line,
      element,
      lineMultiple: plan.tile.lines,
      elementMultiple: width,
      registers,
    };
    if (hooks.start === undefined) {
      const zero = fn.constantLanes(0);
      for (const register of registers) fn.get(zero).set(register);
    } else hooks.start(tile);

    const [alongPointer, acrossPointer] = [fn.local("i32"), fn.local("i32")];
    const panels = { size: PANEL_LINES, outer: 4 * PANEL_LINES * plan.inner };
    const packedAlong = { free: { inner: 4, blocks: panels }, inner: strided(4 * PANEL_LINES) };
    if (plan.packAlong) {
      const inBlock = fn.local("i32");
      fn.get(line);
      if (blockStart !== undefined) fn.get(blockStart).op("i32.sub");
      fn.set(inBlock);
      pushAddress(fn, emission.alongScratch);
      addIndex(fn, packedAlong.free, inBlock, plan.tile.lines);
    } else {
      pushAddress(fn, along.address);
      addIndex(fn, along.free, line, plan.tile.lines);
    }
    fn.set(alongPointer);
    if (plan.packAcross === "whole") {
      pushPanel(fn, emission.acrossScratch, element, undefined, 4 * plan.inner);
    } else if (plan.packAcross === "panel") {
      pushAddress(fn, emission.acrossScratch);
    } else {
      pushAddress(fn, across.address);
      addIndex(fn, across.free, element, width);
    }
    fn.set(acrossPointer);

    const packedAcross = { free: strided(4), inner: strided(4 * width) };
    const inMemory = plan.packAcross !== "none" || across.free.blocks !== undefined;
    emitInnerLoop(
      fn,
      {
        inner: plan.inner,
        lines,
        vectors,
        valid: inMemory ? 4 * vectors : valid,
        unroll: plan.unroll,
        fence: plan.fence,
        along: { pointer: alongPointer, ...(plan.packAlong ? packedAlong : axes(along)) },
        across: { pointer: acrossPointer, ...(plan.packAcross === "none" ? axes(across) : packedAcross) },
      },
      registers,
    );
    hooks.finish(tile);
  });
}

function axes({ free, inner }: GemmOperand): Pick<GemmOperand, "free" | "inner"> {
  return { free, inner };
}

/** `body` for all lines of a block in steps: whole ones up to `blockEnd`, what is left of all lines after them. */
function emitLines(
  { fn, plan }: Emission,
  step: number,
  blockStart: Local,
  blockEnd: Local,
  body: LineBody,
): void {
  const whole = Math.floor(plan.lines / step) * step;
  fn.scope(() => {
    const line = fn.local("i32");
    fn.get(blockStart).set(line);
    if (whole > 0) {
      fn.block((done) => {
        fn.loop((again) => {
          fn.get(line).get(blockEnd).op("i32.ge_u").brIf(done);
          if (whole < plan.lines) fn.get(line).i32(whole).op("i32.ge_u").brIf(done);
          body(line, step);
          fn.get(line).i32(step).op("i32.add").set(line).br(again);
        });
      });
    }
    if (whole < plan.lines) {
      fn.get(line)
        .get(blockEnd)
        .op("i32.lt_u")
        .ifElse(() => body(line, plan.lines - whole));
    }
  });
}

type LineBody = (line: Local, lines: number) => void;

/**
 * Emits the product that `plan` was made from. `scratch` has `plan.scratchBytes` bytes, one piece for each thread
 * that runs at the same time. With a `share` only some of the tiles are computed; sums do not depend on the shares.
 */
export function emitGemm(
  fn: FunctionBuilder,
  spec: GemmSpec,
  plan: GemmPlan,
  scratch: Address,
  hooks: GemmHooks,
  share?: GemmShare,
): void {
  const [along, across] = plan.transposed ? [spec.rhs, spec.lhs] : [spec.lhs, spec.rhs];
  const width = 4 * plan.tile.vectors;
  const acrossBytes =
    plan.packAcross === "none"
      ? 0
      : 4 * plan.inner * (plan.packAcross === "panel" ? width : tilesAcross(plan) * width);
  const emission: Emission = {
    fn,
    plan,
    along,
    across,
    acrossScratch: scratch,
    alongScratch: { ...scratch, offset: scratch.offset + acrossBytes },
    hooks,
  };
  fn.scope(() => {
    if (plan.packAcross === "whole") {
      emitRange(
        fn,
        plan.length,
        width,
        (element, valid) => emitPanel(emission, across, scratch, width, element, undefined, valid),
        share,
      );
    }
    const [blockStart, blockEnd] = [fn.local("i32"), fn.local("i32")];
    fn.i32(0).set(blockStart);
    fn.loop((again) => {
      fn.get(blockStart).i32(plan.lineBlock).op("i32.add").tee(blockEnd).i32(plan.lines);
      fn.get(blockEnd).i32(plan.lines).op("i32.lt_u").select("i32").set(blockEnd);
      if (plan.packAlong) {
        emitLines(emission, PANEL_LINES, blockStart, blockEnd, (line, lines) =>
          emitPanel(emission, along, emission.alongScratch, PANEL_LINES, line, blockStart, lines),
        );
      }
      emitRange(
        fn,
        plan.length,
        width,
        (element, valid) => {
          if (plan.packAcross === "panel")
            emitPanel(emission, across, scratch, width, element, element, valid);
          emitLines(emission, plan.tile.lines, blockStart, blockEnd, (line, lines) =>
            emitTile(emission, line, blockStart, element, lines, valid),
          );
        },
        share,
      );
      fn.get(blockEnd).tee(blockStart).i32(plan.lines).op("i32.lt_u").brIf(again);
    });
  });
}
