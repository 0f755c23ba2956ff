// One kernel of a plan as plain data for people and programs.

import type { AnyOp, OpName } from "@netwright/ir";
import type { KernelExplanation } from "@netwright/runtime";
import { type ContractionKernel, type Kernel, writesOf } from "../plan/kernel.ts";
import type { FuncPlan, PlannedKernel, ProgramPlan } from "../plan/plan.ts";
import { isEmpty, isVectorProduct, productPlan } from "../plan/product.ts";
import type { Run } from "../plan/strides.ts";
import { chunkRows } from "../threads/share.ts";
import { kernelCost } from "./kernel-cost.ts";
import { kernelOps } from "./kernel-ops.ts";

const KINDS: { readonly [K in Kernel["kind"]]: string } = {
  map: "elementwise",
  contraction: "product",
  reduce: "reduction",
  move: "movement",
  random: "random",
};

/** What a kernel of kind `move` may be made for; for any other operation it copies an operand or a result. */
const MOVING: ReadonlySet<OpName> = new Set([
  "transpose",
  "slice",
  "reverse",
  "concatenate",
  "pad",
  "broadcast_in_dim",
]);

export function explainKernel(
  plan: ProgramPlan,
  func: FuncPlan,
  { kernel, share }: PlannedKernel,
  index: number,
): KernelExplanation {
  const ops = kernelOps(kernel, func.purposes);
  const written = new Set(writesOf(kernel).map((buffer) => func.addresses.get(buffer)));
  return {
    name: `${func.func.name}.${index + 1}`,
    kind: KINDS[kernel.kind],
    layers: [...new Set(ops.flatMap(({ origin }) => (origin === undefined ? [] : [origin.layer])))],
    ops: ops.map((op) => operationName(kernel, op)),
    shape: shapeOf(kernel),
    ...(kernel.kind === "contraction" ? productChoices(plan, kernel, share) : NO_PRODUCT),
    updates: [...plan.state].flatMap(([name, { address }]) => (written.has(address) ? [name] : [])),
    ...kernelCost(kernel, ops, func.types),
    threads: share === undefined ? 1 : Math.min(plan.threads, share.units),
  };
}

function operationName({ kind }: Kernel, op: AnyOp): string {
  if (op.name === "reduce") return `reduce ${op.attributes.kind}`;
  return kind === "move" && !MOVING.has(op.name) ? "copy" : op.name;
}

function shapeOf(kernel: Kernel): readonly number[] {
  switch (kernel.kind) {
    case "map":
      return kernel.body.rows === 1 ? [kernel.body.columns] : [kernel.body.rows, kernel.body.columns];
    case "contraction": {
      const { batch, rows, columns, inner } = kernel;
      return batch === 1 ? [rows, columns, inner] : [batch, rows, columns, inner];
    }
    case "reduce":
      return kernel.shape;
    case "move":
    case "random":
      return [kernel.size];
  }
}

type Choices = Pick<KernelExplanation, "tile" | "layout" | "packed">;

const NO_PRODUCT: Choices = { tile: null, layout: null, packed: [] };

function productChoices(
  { engine }: ProgramPlan,
  kernel: ContractionKernel,
  share: PlannedKernel["share"],
): Choices {
  const { lhs, rhs } = kernel;
  const layout = `${letter(lhs.free, lhs.inner)}${letter(rhs.inner, rhs.free)}`;
  if (isEmpty(kernel) || isVectorProduct(kernel)) return { tile: null, layout, packed: [] };
  const [rows = kernel.rows] = chunkRows(kernel, share);
  const { tile, packAlong, packAcross } = productPlan({ ...kernel, rows }, engine);
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
