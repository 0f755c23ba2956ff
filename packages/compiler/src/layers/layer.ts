// What a layer is: one object that gives its name, documentation, typed parameters, output, variables and the
// operations it becomes. Checking, completion, hover, documentation and lowering all read it.

import {
  type Args,
  type Chosen,
  type Documented,
  definer,
  type Instance,
  type LayerSignature,
  numbersOf,
  type Shape,
  type ShapeProblem,
  type Some,
  some,
  type ValueType,
  type VariableSignature,
} from "@netwright/definitions";
import type { Builder, ScanOver, ScanResults, ScanStep, Value } from "@netwright/ir";
import type { Now } from "../schedules/schedule.ts";

/** What a layer keeps from step to step. */
export interface Variable extends VariableSignature {
  readonly shape: Shape;
  /** A layer that starts it without being told names no place. */
  readonly initializer: Chosen & Partial<Pick<Instance, "span">>;
  readonly regularizer: Instance | null;
  /** What an update brings it back to; nothing where it is left out. */
  readonly constraint?: Instance | null;
  /** Parts along its last size that start each by an initializer of its own, and not by that of the whole; absent for one start of all. */
  readonly starts?: readonly VariablePart[];
  /** Its first size counts weights that start each by itself, as the kernels of several members do; absent for one. */
  readonly stacked?: true;
}

/** Part of a variable: so many numbers of its last size. */
export interface VariablePart {
  readonly width: number;
  readonly initializer: Variable["initializer"];
}

/** What a layer builds with. Values carry the batch as first dimension. */
export interface LayerContext {
  readonly b: Builder;
  /** What it has to give, as `output` has told, without the batch dimension. */
  readonly output: ValueType;
  /** False when predicting and evaluating. */
  readonly training: boolean;
  /** The variable that the layer has declared under that name. */
  readonly variable: (name: string) => Value;
  /** Of each input which of its steps are there; see `Mask`. */
  readonly masks: Some<Mask>;
  /** Whether numbers are dropped: while training, and in each of several passes that predict a row together. */
  readonly drops: boolean;
  /** What a statistic is after this step; only while training. */
  readonly update: (name: string, next: Value) => void;
  /** The operations of an activation argument. */
  readonly activate: (activation: Instance, x: Value) => Value;
  /**
   * Random numbers, uniform in [0, 1); only while training or where numbers are dropped, and of layers that say that they are
   * random. In passes that predict, those of a pass are the same for all rows.
   */
  readonly uniform: (shape: readonly number[]) => Value;
  /** Random numbers of the standard normal distribution, as `uniform`. */
  readonly normal: (shape: readonly number[]) => Value;
  /** Only while training. */
  readonly now: Now;
  readonly scan: Scan;
  /** A value inside the layer that people may look at, under a name; a trace has it, and no other function. */
  readonly show: (name: string, value: Value) => void;
}

/**
 * Which steps of a value are there, [rows, steps] of truth values, the steps being its first size: the others are padding. Null where
 * all are, and of a value without steps.
 */
export type Mask = Value | null;

/** What the mask of an output is made with. */
export type MaskContext = Pick<LayerContext, "b" | "masks">;

/** What a step of `scan` builds with: it sees no other values than those that it is given. */
export type StepContext = Pick<LayerContext, "b" | "activate">;

/**
 * Does `step` for each element of sequences in turn, [steps, ...], and carries values along. Long sequences take no more
 * code than short ones.
 */
export type Scan = <
  const C extends readonly Value[],
  const S extends readonly Value[],
  const O extends readonly Value[],
>(
  over: Omit<ScanOver<C, S, O>, "name">,
  step: (context: StepContext, given: ScanStep<C, S, O>) => ScanResults<C>,
) => ScanResults<C>;

export interface Layer extends Documented, LayerSignature {
  readonly variables: (inputs: Some<ValueType>, args: Args) => readonly Variable[];
  /** `inputs` as they are listed in `takes`. */
  readonly build: (context: LayerContext, inputs: Some<Value>, args: Args) => Value;
  /**
   * The mask of its output. Null for a layer that makes none of its own: where its `padding` keeps, a step is then there that any of its
   * inputs has, and behind all others every step is there.
   */
  readonly mask: ((context: MaskContext, inputs: Some<Value>, args: Args) => Mask) | null;
  /** Whether training draws random numbers, so that the program keeps a generator. */
  readonly random: (args: Args) => boolean;
  readonly formula: string;
  readonly example: string;
  readonly source: string;
}

/** One with a single input, one without variables, one that does with masks what others do, and one without chance leave these out. */
export const defineLayer = definer<Layer, "takes" | "variables" | "mask" | "random">({
  takes: 1,
  variables: () => [],
  mask: null,
  random: () => false,
});

/** The `output` of a layer that takes numbers and gives numbers: from shape to shape. */
export function onNumbers<A>(shapeOf: (shape: Shape, args: A) => Shape | ShapeProblem) {
  return (inputs: Some<ValueType>, args: A): ValueType | ShapeProblem => {
    const shapes = shapesOf(inputs);
    if ("problem" in shapes) return shapes;
    const output = shapeOf(shapes[0], args);
    return "problem" in output ? output : numbersOf(output);
  };
}

/** The shapes of inputs that have to be numbers. */
export function shapesOf(inputs: Some<ValueType>): Some<Shape> | ShapeProblem {
  const indices = inputs.find(({ kind }) => kind === "index");
  if (indices === undefined) return some(inputs.map(({ shape }) => shape));
  return {
    problem: "the layer takes numbers, and its input is indices",
    note: "`embedding` makes vectors of numbers of them.",
  };
}

/** A layer that does nothing of all that `parts` tells. */
export const plainParts = { weighted: false, activation: null, trainingOnly: false } as const;

/**
 * The same of one that works on each number by itself, or on the last size of several: members of an ensemble stay apart in it, and
 * padding stays padding.
 */
export const apartParts = { ...plainParts, apart: true, padding: "keeps" } as const;
