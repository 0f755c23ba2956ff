// What recurrent layers have in common: they go through [steps, numbers], and a cell makes what is known after a step of
// its input and of what was known before it. The products with the inputs of all steps are one product; the rest is a
// scan over the steps. At a step that is padding nothing changes.

import type { Some } from "@netwright/definitions";
import { at, type Builder, tensor, type Value } from "@netwright/ir";
import { kept } from "./kept.ts";
import type { LayerContext, StepContext } from "./layer.ts";
import type { RecurrentArgs } from "./recurrent-params.ts";

/** What a step is given: [rows, numbers] each. */
export interface CellStep {
  /** The product of the step's input with the kernel, with the bias. */
  readonly input: Value;
  /** What is known before the step; the first is the output of the step before. */
  readonly states: Some<Value>;
  /** That output, as it goes into the product with the recurrent kernel. */
  readonly before: Value;
  readonly shared: readonly Value[];
}

export interface Cell {
  /** Added to the product of the inputs; null for none. */
  readonly bias: Value | null;
  /** Numbers that all steps see alike. */
  readonly shared: readonly Value[];
  /** How many states there are; all begin with 0. */
  readonly states: number;
  /** What is known after the step, in the order of the states. */
  readonly step: (context: StepContext, given: CellStep) => Some<Value>;
}

/** One of so many equal parts of the last of two sizes, counted from 0; with `upTo` those from it on up to that one. */
export function partOf(b: Builder, x: Value, count: number, index: number, upTo = index + 1): Value {
  const [rows = 0, width = 0] = x.type.shape;
  const part = width / count;
  return b.slice(x, [0, part * index], [rows, part * upTo]);
}

export function recurrent(context: LayerContext, x: Value, args: RecurrentArgs, cell: Cell): Value {
  const {
    b,
    masks: [mask],
    variable,
    scan,
  } = context;
  const [rows = 0, length = 0, numbers = 0] = x.type.shape;
  const seen = kept(context, args.dropout, [rows, numbers]);
  const given = seen === null ? x : b.multiply(x, b.broadcastInDim(seen, x.type.shape, [0, 2]));
  // Steps come first, so that the rows of each lie together.
  const product = b.matmul(b.transpose(given, [1, 0, 2]), variable("kernel"));
  const inputs =
    cell.bias === null ? product : b.add(product, b.broadcastInDim(cell.bias, product.type.shape, [2]));
  const type = tensor("f32", [rows, args.units]);
  const passed = kept(context, args.recurrent_dropout, type.shape);
  const { carries, outputs } = scan(
    {
      carries: Array.from({ length: cell.states }, () => b.fill(type, 0)),
      sequences: mask === null ? [inputs] : [inputs, b.transpose(mask, [1, 0])],
      shared: passed === null ? cell.shared : [...cell.shared, passed],
      length,
      order: args.go_backwards ? "backwards" : "forwards",
    },
    (inside, { carries: states, elements, shared }) => {
      const { b: inner } = inside;
      const last = at(states, 0);
      const next = cell.step(inside, {
        input: at(elements, 0),
        states: [last, ...states.slice(1)],
        before: passed === null ? last : inner.multiply(last, at(shared, cell.shared.length)),
        shared: shared.slice(0, cell.shared.length),
      });
      const isThere = elements[1];
      const held =
        isThere === undefined
          ? next
          : next.map((value, i) =>
              inner.select(inner.broadcastInDim(isThere, type.shape, [0]), value, at(states, i)),
            );
      return { carries: held, outputs: args.return_sequences ? held.slice(0, 1) : [] };
    },
  );
  const [all] = outputs;
  if (all === undefined) return at(carries, 0);
  return b.transpose(args.go_backwards ? b.reverse(all, [0]) : all, [1, 0, 2]);
}
