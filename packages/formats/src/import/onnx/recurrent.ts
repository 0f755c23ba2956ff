// Recurrent layers: ONNX has steps first, gates in an order of its own, and biases in one row.

import { type Args, at } from "@netwright/definitions";
import { instanceOf } from "../foreign-model.ts";
import { placed } from "./arrange.ts";
import { count, type Size, sizeBy, without } from "./layout.ts";
import { misfit, type NodeContext, type NodeRule, type Value } from "./node-context.ts";
import { piece } from "./pieces.ts";
import { activationsOf } from "./recurrent-activations.ts";
import { cells, namedWeights, weightsOf } from "./recurrent-weights.ts";
import type { Flow, Term } from "./terms.ts";

export const recurrent: NodeRule = (c) => {
  const cell = at(
    [cells[c.op]].filter((one) => one !== undefined),
    0,
  );
  const given = c.flow();
  const isBatchFirst = c.int("layout", 0) === 1;
  checkInputs(c, count(given.dims[isBatchFirst ? 1 : 0] ?? []));
  const direction = c.text("direction", "forward");
  const directions = direction === "bidirectional" ? 2 : 1;
  const flow = placed(c, given, isBatchFirst ? [1, 2] : [0, 2]);
  const kernels = [c.constant(1), c.constant(2)] as const;
  const units = c.int("hidden_size", kernels[1].shape[2] ?? 1);
  if (
    kernels.some(
      ({ shape }) => shape.length !== 3 || shape[0] !== directions || shape[1] !== cell.order.length * units,
    ) ||
    kernels[1].shape[2] !== units
  )
    return misfit("has weights of other sizes than its units and directions");
  if (kernels[0].shape[2] !== (flow.term.shape[1] ?? 1))
    return misfit(
      `has weights for ${kernels[0].shape[2]} numbers of a step, and its input has ${flow.term.shape[1]}`,
    );
  const isResetAfter = c.int("linear_before_reset", 0) === 1;
  const sides = Array.from({ length: directions }, (_, side) =>
    weightsOf(c, cell, side, units, isResetAfter),
  );
  const isBiased = sides.some(({ bias }) => bias !== null);
  const common: Args = {
    units,
    ...activationsOf(c, cell, directions),
    ...(isBiased ? {} : { use_bias: false }),
    ...(cell.layer === "gru" && !isResetAfter ? { reset_after: false } : {}),
  };
  const wanted = c.wanted(...kernels);
  const make = (isAll: boolean): Term => {
    const own: Args = { ...common, return_sequences: isAll };
    const shape = [...(isAll ? [flow.term.shape[0] ?? 1] : []), directions * units];
    if (directions === 2) {
      const weights = new Map(
        sides.flatMap((side, i) =>
          [...namedWeights(side, isBiased)].map(
            ([name, tensor]) => [`${i === 0 ? "forward" : "backward"}_${name}`, tensor] as const,
          ),
        ),
      );
      const args = { layer: instanceOf("layer", cell.layer, own) };
      return c.term({ kind: "layer", layer: "bidirectional", args, weights }, [flow.term], shape, wanted);
    }
    const args = direction === "reverse" ? { ...own, go_backwards: true } : own;
    const weights = namedWeights(at(sides, 0), isBiased);
    return c.term({ kind: "layer", layer: cell.layer, args, weights }, [flow.term], shape, wanted);
  };
  const [takesAll, takesLast] = [c.isTaken(0), c.isTaken(1)];
  const all = takesAll ? make(true) : null;
  const rows = given.dims[isBatchFirst ? 0 : 1] ?? [];
  const steps =
    all === null
      ? null
      : sequences(c, all, flow, rows, units, directions, direction === "reverse", isBatchFirst);
  const results: Value[] = [steps ?? UNKNOWN, UNKNOWN];
  if (takesLast)
    // Where all steps are there, the last is one of them.
    results[1] =
      steps !== null && direction === "forward"
        ? lastOf(c, steps, isBatchFirst)
        : lasts(make(false), rows, units, directions, isBatchFirst);
  if (c.isTaken(2)) results[2] = c.part("state of the cell", [flow], flow);
  return results;
};

/** [steps, 1, rows, units], or with rows first, as what the last step has. */
function lastOf(c: NodeContext, steps: Flow, isBatchFirst: boolean): Flow {
  const [place, length] = [isBatchFirst ? 1 : 0, steps.term.shape[0] ?? 1];
  return without(piece(c, steps, place, length - 1, 1), [place]);
}

const UNKNOWN: Value = { kind: "unknown" };

/** What a layer of Netwright has not: lengths of its own for each row, another start than 0, peepholes, a bound. */
function checkInputs(c: NodeContext, steps: number): void {
  const lengths = c.value(4);
  const isWhole =
    lengths === null || (lengths.kind === "constant" && lengths.data.every((length) => length === steps));
  if (!isWhole) misfit("is told how many steps each row has, which the layers of Netwright are not");
  for (const [input, what] of [
    [5, "starts from states that are not 0"],
    [6, "starts from states that are not 0"],
    [7, "has weights from its states to its gates"],
  ] as const) {
    const value = c.value(input);
    const isNothing = value === null || (value.kind === "constant" && value.data.every((one) => one === 0));
    if (!isNothing) misfit(`${what}, which the layers of Netwright have not`);
  }
  if (c.node.attributes.has("clip") && c.float("clip", 0) > 0)
    misfit("bounds its sums, which the layers of Netwright do not");
  if (c.int("input_forget", 0) === 1)
    misfit("couples two of its gates, which the layers of Netwright do not");
}

/** [steps, directions, rows, units], or with rows first [rows, steps, directions, units]. */
function sequences(
  c: NodeContext,
  term: Term,
  flow: Flow,
  rows: Size,
  units: number,
  directions: number,
  isReverse: boolean,
  isBatchFirst: boolean,
): Flow {
  const steps = flow.axes[0] ?? [];
  const [sides, own] = [sizeBy(directions), sizeBy(units)];
  const layout = {
    axes: [steps, [...sides, ...own]],
    dims: isBatchFirst ? [rows, steps, sides, own] : [steps, sides, rows, own],
  };
  const made: Flow = { kind: "flow", term, ...layout };
  // The file has the first step first, and Netwright that which came first.
  return isReverse ? c.part("Reversed", [made], layout) : made;
}

/** [directions, rows, units], or with rows first [rows, directions, units]. */
function lasts(term: Term, rows: Size, units: number, directions: number, isBatchFirst: boolean): Flow {
  const [sides, own] = [sizeBy(directions), sizeBy(units)];
  const dims = isBatchFirst ? [rows, sides, own] : [sides, rows, own];
  return { kind: "flow", term, axes: [[...sides, ...own]], dims };
}

export const recurrentRules: ReadonlyMap<string, NodeRule> = new Map<string, NodeRule>(
  Object.keys(cells).map((op) => [op, recurrent] as const),
);
