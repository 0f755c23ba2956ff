// Numbers of the file that are added or multiplied: biases, scales and offsets of the layer before, vectors of places, or a line.

import { WAVELENGTH } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import { wavesOf } from "../../model/positions.ts";
import { alongAxes, inSizes, placed } from "./arrange.ts";
import { type Constant, constantOf, scalar } from "./constant.ts";
import { alongOnly, ofLayerBefore } from "./layer-before.ts";
import { count, hasRows, widened } from "./layout.ts";
import { lineUp, type Operation } from "./lines.ts";
import type { NodeContext } from "./node-context.ts";
import { type Flow, partOf, type Term } from "./terms.ts";

/** A value and a constant. */
export function withConstant(
  c: NodeContext,
  given: Flow,
  constant: Constant,
  operation: Operation,
  isOnly: boolean,
): Flow {
  const pad = constant.shape.length - given.dims.length;
  const wide =
    pad > 0
      ? widened(
          given,
          Array.from({ length: pad }, (_, i) => i),
        )
      : given;
  if (operation === "add" && isMask(constant) && isScores(wide.term))
    return c.part("MaskAdd", [wide], wide, { constant });
  if (operation === "multiply" && partOf(given.term, "Half") !== null)
    return c.part("Turned", [given], given, { constant });
  const flow = constant.data.length > 1 ? whole(c, wide) : wide;
  const along = alongAxes(constant, flow);
  const weighted = isOnly ? ofLayerBefore(c, flow, along, operation) : null;
  if (weighted !== null) return { ...flow, term: weighted };
  const [only = 0] = along.data;
  if (along.data.every((value) => Object.is(value, only))) {
    const line = lineUp(c, flow, scalar(only), operation, -1);
    return { ...flow, term: line };
  }
  const own = ofPlaces(c, flow, along, operation) ?? ofOwn(c, flow, along, operation);
  if (own !== null) return { ...flow, term: own };
  const varying = along.shape.flatMap((size, axis) => (size > 1 ? [axis] : []));
  const [axis = 0] = varying;
  if (varying.length === 1) return { ...flow, term: lineUp(c, flow, along, operation, axis) };
  const flat = inSizes(c, flow.term, [sizeOf(flow.term.shape)]);
  const all = fullAlong(along, flow);
  const line = lineUp(c, { ...flow, term: flat }, all, operation, 0);
  return { ...flow, term: inSizes(c, line, flow.term.shape) };
}

/** With a place of its own for each number that is only repeated so far. */
function whole(c: NodeContext, flow: Flow): Flow {
  const own = flow.axes.flat();
  if (flow.dims.flat().every((one) => one.isRows || own.includes(one))) return flow;
  return placed(
    c,
    flow,
    flow.dims.flatMap((size, d) => (hasRows(size) ? [] : [d])),
  );
}

function fullAlong(along: Constant, { axes }: Flow): Constant {
  const shape = axes.map(count);
  const data = new Float64Array(sizeOf(shape));
  for (let i = 0; i < data.length; i++) {
    let [rest, from, stride] = [i, 0, 1];
    for (let d = shape.length - 1; d >= 0; d--) {
      const size = shape[d] ?? 1;
      const own = along.shape[d] ?? 1;
      if (own > 1) from += (rest % size) * stride;
      rest = Math.floor(rest / size);
      stride *= own;
    }
    data[i] = along.data[from] ?? Number.NaN;
  }
  return constantOf([data.length], data, true, along.name);
}

/** What no number of a network is: of what a step of attention does not see. */
function isMask({ data }: Constant): boolean {
  return (
    data.length > 1 &&
    data.every((value) => value === 0 || value <= -1e4) &&
    data.some((value) => value !== 0)
  );
}

function isScores(term: Term): boolean {
  if (partOf(term, "MatMul") !== null) return true;
  const [inside] = term.inputs;
  return term.meaning.kind === "affine" && inside !== undefined && partOf(inside, "MatMul") !== null;
}

/** A vector for each step, learnt or of waves. */
function ofPlaces(c: NodeContext, { term }: Flow, along: Constant, operation: Operation): Term | null {
  const [steps = 1, numbers = 1] = term.shape;
  if (operation !== "add" || term.shape.length !== 2) return null;
  if (along.shape[0] !== steps || along.shape[1] !== numbers || steps === 1) return null;
  const embeddings = alongOnly(along, term.shape, [0, 1]);
  if (embeddings === null) return null;
  const waves = wavesOf(steps, numbers, WAVELENGTH);
  if (embeddings.data.every((value, i) => Math.abs(value - (waves[i] ?? 0)) < 1e-6))
    return c.layer("sine_position_encoding", [term], term.shape);
  return c.layer(
    "position_embedding",
    [term],
    term.shape,
    {},
    new Map([["embeddings", embeddings]]),
    c.wanted(along),
  );
}

/** Of a file of Netwright: a scale that it has learnt. */
function ofOwn(c: NodeContext, { term }: Flow, along: Constant, operation: Operation): Term | null {
  if (!c.file.isOwn || operation !== "multiply" || !along.name.endsWith(".scale")) return null;
  const scale = alongOnly(along, term.shape, [term.shape.length - 1]);
  return scale === null
    ? null
    : c.layer("learned_scale", [term], term.shape, {}, new Map([["scale", scale]]), c.wanted(along));
}
