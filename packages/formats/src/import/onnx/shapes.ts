// Nodes that move numbers, leave some out, repeat them or put them side by side. Most are no layer: where numbers lie is kept beside
// the value, until a layer needs them in another order.

import { sizeOf } from "@netwright/ir";
import { ELEMENT_TYPES } from "../../onnx/fields.ts";
import { placed } from "./arrange.ts";
import { pad } from "./edges.ts";
import { isFloatType } from "./inputs.ts";
import { concat } from "./joins.ts";
import { count, hasRows, reshaped, shapeOf, transposed, widened, without } from "./layout.ts";
import { misfit, type NodeContext, type NodeRule } from "./node-context.ts";
import { squeezedPlaces, targetOf, widenedPlaces } from "./node-sizes.ts";
import { gather, slice, split } from "./pieces.ts";
import { expand, resize, tile } from "./repeats.ts";
import type { Flow } from "./terms.ts";

/** In a file of Netwright a node by itself is a layer, also where the layout alone changes. */
function asLayer(c: NodeContext, flow: Flow): Flow {
  if (!c.file.alone.has(c.node)) return flow;
  const places = flow.dims.flatMap((size, d) => (hasRows(size) ? [] : [d]));
  return placed(c, flow, places);
}

function reshapedTo(c: NodeContext, flow: Flow, target: readonly number[]): Flow {
  const made = reshaped(flow, target);
  if (made === null)
    return misfit(
      `makes [${target.join(", ")}] of [${shapeOf(flow.dims).join(", ")}], with rows and other numbers in one size`,
    );
  return asLayer(c, made);
}

const reshape: NodeRule = (c) => {
  const flow = c.flow();
  return reshapedTo(c, flow, targetOf(c, shapeOf(flow.dims)));
};

const flatten: NodeRule = (c) => {
  const flow = c.flow();
  const own = shapeOf(flow.dims);
  const stated = c.int("axis", 1);
  const axis = stated < 0 ? stated + own.length : stated;
  return reshapedTo(c, flow, [sizeOf(own.slice(0, axis)), sizeOf(own.slice(axis))]);
};

const transpose: NodeRule = (c) => {
  const flow = c.flow();
  const order = c.ints("perm") ?? flow.dims.map((_, d) => flow.dims.length - 1 - d);
  if (order.length !== flow.dims.length || order.some((d) => flow.dims[d] === undefined))
    return misfit(`orders ${order.length} sizes anew, and its input has ${flow.dims.length}`);
  return asLayer(c, transposed(flow, order));
};

const squeeze: NodeRule = (c) => {
  const flow = c.flow();
  const places = squeezedPlaces(c, shapeOf(flow.dims)).filter((d) => count(flow.dims[d] ?? []) === 1);
  return without(flow, places);
};

const unsqueeze: NodeRule = (c) => {
  const flow = c.flow();
  return widened(flow, widenedPlaces(c, flow.dims.length));
};

/** Between types of numbers, which are all f32 here. What makes whole numbers of others is none, except for indices, which are whole. */
const cast: NodeRule = (c) => {
  const given = c.value(0);
  if (given?.kind === "constant") return given;
  const flow = c.flow();
  if (isCastToFloat(c)) return flow;
  const { isWhole, isIndices } = c.file;
  // A truth value is 1 also of 2.
  const isBool = c.op === "Cast" && c.int("to", ELEMENT_TYPES.float) === ELEMENT_TYPES.bool;
  if (!isBool && (isWhole(flow.term) || (c.node.outputs[0] !== undefined && isIndices(c.node.outputs[0]))))
    return flow;
  return misfit("makes whole numbers or truth values of what may have a fraction");
};

function isCastToFloat(c: NodeContext): boolean {
  if (c.op === "Cast") return isFloatType(c.int("to", ELEMENT_TYPES.float));
  const like = c.value(1);
  if (like?.kind === "flow") return !c.file.isWhole(like.term);
  return c.constant(1).isFloat;
}

export const shapeRules: ReadonlyMap<string, NodeRule> = new Map<string, NodeRule>([
  ["Reshape", reshape],
  ["Flatten", flatten],
  ["Transpose", transpose],
  ["Squeeze", squeeze],
  ["Unsqueeze", unsqueeze],
  ["Slice", slice],
  ["Split", split],
  ["Gather", gather],
  ["Concat", concat],
  ["Pad", pad],
  ["Tile", tile],
  ["Expand", expand],
  ["Resize", resize],
  ["Upsample", resize],
  ["Cast", cast],
  ["CastLike", cast],
]);
