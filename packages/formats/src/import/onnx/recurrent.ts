// Recurrent layers: ONNX has steps first, gates in an order of its own, and biases in one row.

import type { Args, Instance } from "@netwright/definitions";
import { at } from "@netwright/definitions";
import {
  type FloatTensor,
  gatesBack,
  gatesBackInOrder,
  reshaped,
  rowAt,
  stacked,
} from "../../model/layouts.ts";
import { instanceOf } from "../foreign-model.ts";
import { near } from "./activations.ts";
import { placed } from "./arrange.ts";
import { count, type Size, sizeBy } from "./layout.ts";
import { floatsOf, misfit, type NodeContext, type NodeRule, type Value } from "./node-context.ts";
import type { Flow, Term } from "./terms.ts";

interface Cell {
  readonly layer: "simple_rnn" | "lstm" | "gru";
  /** Gates of the file in the order of Netwright. */
  readonly order: readonly number[];
  readonly activations: readonly {
    readonly argument: "activation" | "recurrent_activation";
    readonly usual: string;
  }[];
}

const cells: Readonly<Record<string, Cell>> = {
  RNN: { layer: "simple_rnn", order: [0], activations: [{ argument: "activation", usual: "tanh" }] },
  LSTM: {
    layer: "lstm",
    order: [0, 2, 3, 1],
    activations: [
      { argument: "recurrent_activation", usual: "sigmoid" },
      { argument: "activation", usual: "tanh" },
      { argument: "activation", usual: "tanh" },
    ],
  },
  GRU: {
    layer: "gru",
    order: [0, 1, 2],
    activations: [
      { argument: "recurrent_activation", usual: "sigmoid" },
      { argument: "activation", usual: "tanh" },
    ],
  },
};

const recurrent: NodeRule = (c) => {
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
  const make = (isAll: boolean, sharedWith: Term | null): Term => {
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
      return c.term(
        {
          kind: "layer",
          layer: "bidirectional",
          args,
          weights: sharedWith === null ? weights : new Map(),
          sharedWith,
        },
        [flow.term],
        shape,
        wanted,
      );
    }
    const args = direction === "reverse" ? { ...own, go_backwards: true } : own;
    const weights =
      sharedWith === null ? namedWeights(at(sides, 0), isBiased) : new Map<string, FloatTensor>();
    return c.term(
      { kind: "layer", layer: cell.layer, args, weights, sharedWith },
      [flow.term],
      shape,
      wanted,
    );
  };
  const [takesAll, takesLast] = [c.isTaken(0), c.isTaken(1)];
  const all = takesAll ? make(true, null) : null;
  const last = takesLast ? make(false, all) : null;
  const rows = given.dims[isBatchFirst ? 0 : 1] ?? [];
  const results: Value[] = [
    all === null
      ? UNKNOWN
      : sequences(c, all, flow, rows, units, directions, direction === "reverse", isBatchFirst),
    last === null ? UNKNOWN : lasts(last, rows, units, directions, isBatchFirst),
  ];
  if (c.isTaken(2)) results[2] = c.part("state of the cell", [flow], flow);
  return results;
};

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

interface Side {
  readonly kernel: FloatTensor;
  readonly recurrent: FloatTensor;
  /** Null where all of it is 0. */
  readonly bias: FloatTensor | null;
  /** Its shape where it is 0. */
  readonly none: FloatTensor;
}

function weightsOf(
  c: NodeContext,
  { order, layer }: Cell,
  side: number,
  units: number,
  isResetAfter: boolean,
): Side {
  const turned = (input: number) => gatesBack(rowAt(floatsOf(c.constant(input)), side), order);
  const given = c.optional(3);
  const width = order.length * units;
  const isDouble = layer === "gru" && isResetAfter;
  const none: FloatTensor = {
    shape: isDouble ? [2, width] : [width],
    data: new Float32Array(isDouble ? 2 * width : width),
  };
  const both = given === null ? null : rowAt(floatsOf(given), side);
  if (both !== null && both.data.length !== 2 * width)
    return misfit("has biases of other sizes than its units");
  const bias = both === null || both.data.every((one) => one === 0) ? null : biasOf(both, order, isDouble);
  return { kernel: turned(1), recurrent: turned(2), bias, none };
}

function biasOf(both: FloatTensor, order: readonly number[], isDouble: boolean): FloatTensor {
  const halves = reshaped(both, [2, both.data.length / 2]);
  const own = gatesBackInOrder(rowAt(halves, 0), order);
  const hidden = gatesBackInOrder(rowAt(halves, 1), order);
  if (isDouble) return reshaped(stacked([own, hidden]), halves.shape);
  return { shape: own.shape, data: own.data.map((value, i) => value + (hidden.data[i] ?? 0)) };
}

function namedWeights(
  { kernel, recurrent: hidden, bias, none }: Side,
  isBiased: boolean,
): ReadonlyMap<string, FloatTensor> {
  return new Map([
    ["kernel", kernel],
    ["recurrent_kernel", hidden],
    ...(isBiased ? [["bias", bias ?? none] as const] : []),
  ]);
}

function activationsOf(c: NodeContext, { activations }: Cell, directions: number): Args {
  const stated = c.texts("activations");
  const [alphas, betas] = [[...c.floats("activation_alpha")], [...c.floats("activation_beta")]];
  const made: Record<string, Instance> = {};
  for (let side = 0; side < directions; side++)
    for (const [i, { argument, usual }] of activations.entries()) {
      const name = (stated[side * activations.length + i] ?? usual).toLowerCase();
      const known = cellActivation(name, alphas, betas);
      if (known === null)
        return misfit(`has the activation \`${name}\`, which Netwright has not in this form`);
      const before = made[argument];
      if (before !== undefined && JSON.stringify(before) !== JSON.stringify(known))
        return misfit("has several activations where a layer of Netwright has one");
      made[argument] = known;
    }
  return made;
}

/** Takes the numbers that are its own from the lists. */
function cellActivation(name: string, alphas: number[], betas: number[]): Instance | null {
  switch (name) {
    case "tanh":
    case "sigmoid":
    case "relu":
    case "softsign":
    case "softplus":
      return instanceOf("activation", name);
    case "affine": {
      const [alpha, beta] = [alphas.shift() ?? 1, betas.shift() ?? 0];
      return alpha === 1 && beta === 0 ? instanceOf("activation", "linear") : null;
    }
    case "hardsigmoid": {
      const [alpha, beta] = [alphas.shift() ?? 0.2, betas.shift() ?? 0.5];
      return near(alpha, 1 / 6) && near(beta, 0.5) ? instanceOf("activation", "hard_sigmoid") : null;
    }
    case "elu":
      return instanceOf("activation", "elu", { alpha: alphas.shift() ?? 1 });
    case "leakyrelu":
      return instanceOf("activation", "leaky_relu", { negative_slope: alphas.shift() ?? 0.01 });
    default:
      return null;
  }
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
