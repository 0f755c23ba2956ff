// An activation and its derivative at points of the x axis, as a model has them: the activation's own operations and
// our own differentiation, run by the reference backend.

import { interpret, tensorOf } from "@netwright/backend-reference";
import { activations } from "@netwright/compiler";
import type { Args } from "@netwright/definitions";
import { at, Builder, gradients, type Program } from "@netwright/ir";

export interface Curve {
  readonly name: string;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly derivative: Float32Array;
}

export interface CurveRange {
  readonly from: number;
  readonly to: number;
  /** At least 2, evenly from `from` to `to`, both included. */
  readonly points: number;
}

/** They look at a whole row, and not at one number alone. */
const OF_ROWS: readonly string[] = ["softmax", "log_softmax"];

/** Those that a curve shows. */
export const curveNames: readonly string[] = [...activations.keys()].filter(
  (name) => !OF_ROWS.includes(name),
);

/** With the defaults of its parameters, unless `args` gives all of them. */
export async function activationCurve(
  name: string,
  { from, to, points }: CurveRange,
  args: Args = defaultsOf(name),
): Promise<Curve> {
  const x = Float32Array.from({ length: points }, (_, i) => from + ((to - from) * i) / (points - 1));
  const program = curveProgram(name, args, points);
  const func = at(program.functions, 0);
  const [y, derivative] = interpret(program, func, [tensorOf(at(func.parameters, 0).value.type, x)]);
  return { name, x, y: floats(y?.data), derivative: floats(derivative?.data) };
}

function defaultsOf(name: string): Args {
  const params = Object.entries(activations.get(name)?.params ?? {});
  return Object.fromEntries(params.map(([key, param]) => [key, param.default ?? null]));
}

function curveProgram(name: string, args: Args, points: number): Program {
  const activation = activations.get(name);
  if (activation === undefined || !curveNames.includes(name)) throw new Error(`${name} has no curve`);
  const b = new Builder();
  const x = b.parameter("x", { dtype: "f32", shape: [points] });
  const y = activation.build(b, x, args);
  // Each y depends on its own x alone, so the gradient of their sum is the derivative at every point.
  const [derivative] = gradients(b, b.sum(y), [x]);
  if (derivative === undefined) throw new Error("one gradient was asked for");
  const results = [
    { name: "y", value: y },
    { name: "derivative", value: derivative },
  ];
  return { name, state: [], functions: [b.finish(`curve_${name}`, "trace", points, results)] };
}

function floats(values: ArrayLike<number> | undefined): Float32Array {
  return Float32Array.from(values ?? []);
}
