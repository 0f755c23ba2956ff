// The forward pass: from the inputs of the network to its output, node by node.

import { type Instance, lookUp, type Some, some } from "@netwright/definitions";
import {
  type AnyOp,
  type Builder,
  formatType,
  type OpName,
  sameType,
  scanOver,
  type Value,
} from "@netwright/ir";
import type { Model, Node } from "@netwright/lang";
import type { Definitions } from "../definitions.ts";
import type { LayerContext, Mask, StepContext } from "../layers/layer.ts";
import type { Sampler } from "../random/sampling.ts";
import type { Now } from "../schedules/schedule.ts";
import { maskOf } from "./mask.ts";
import { variableId } from "./variables.ts";

export interface ForwardContext {
  /** The function that is built: names of what it refers to begin with it. */
  readonly name: string;
  readonly b: Builder;
  readonly definitions: Definitions;
  /** By id, `dense_1.kernel`. */
  readonly variables: ReadonlyMap<string, Value>;
  /** Null when predicting. */
  readonly training: Training | null;
  /** Where each row is predicted in several passes with numbers dropped; absent where it is not. */
  readonly passes?: Passes;
  /** Called with the output of every layer. */
  readonly visit?: (node: Node, output: Value) => void;
  /** Called with what a layer shows of its inside. */
  readonly show?: (node: Node, name: string, value: Value) => void;
}

export interface Training {
  /** Null in a model without layers that draw. */
  readonly sampler: Sampler | null;
  /** Takes the next values of statistics, by id. */
  readonly statistics: Map<string, Value>;
  /** Nodes whose variables stay as they are, so that the layer does what it does when predicting. */
  readonly frozen: ReadonlySet<string>;
  readonly now: Now;
}

/** The rows of all values are those of the batch, each as often as there are passes. */
export interface Passes {
  readonly count: number;
  readonly sampler: Sampler;
}

/** `inputs` by the names of the model's inputs. */
export function forward(
  context: ForwardContext,
  { nodes, outputs }: Model,
  inputs: ReadonlyMap<string, Value>,
): Value {
  const values = new Map(inputs);
  const masks = new Map<string, Mask>();
  const valueNamed = (name: string): Value => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`the model uses ${name}, which nothing before gives`);
    return value;
  };
  for (const node of nodes) {
    const taken = some(node.inputs.map(({ from }) => valueNamed(from)));
    const known = some(node.inputs.map(({ from }) => masks.get(from) ?? null));
    const layer = lookUp(context.definitions.layer, node.layer);
    const output = context.b.at({ layer: node.name, span: node.span }, () => {
      const inside = layerContext(context, node, known);
      masks.set(node.name, maskOf(layer, inside, taken, node.args));
      return layer.build(inside, taken, node.args);
    });
    values.set(node.name, output);
    context.visit?.(node, output);
  }
  return valueNamed(some(outputs)[0].from);
}

function layerContext(context: ForwardContext, node: Node, masks: Some<Mask>): LayerContext {
  const { b, definitions, variables } = context;
  const training = context.training?.frozen.has(node.weights) ? null : context.training;
  // Shared statistics that are used again go on from what the use before made of them.
  const variable = (name: string): Value => {
    const id = variableId(node.weights, name);
    const value = training?.statistics.get(id) ?? variables.get(id);
    if (value === undefined)
      throw new Error(`${node.name} uses the variable ${name}, which it does not declare`);
    return value;
  };
  const sampler = (): Sampler => {
    if (training?.sampler == null)
      throw new Error(`${node.name} draws random numbers, which it does only while training, and says so`);
    return training.sampler;
  };
  const { passes } = context;
  return {
    b,
    output: node.type,
    training: training !== null,
    drops: training !== null || passes !== undefined,
    variable,
    masks,
    update: (name, next) => {
      const { type } = variable(name);
      if (!sameType(next.type, type))
        throw new Error(
          `${node.name} makes ${formatType(next.type)} of ${name}, which is ${formatType(type)}`,
        );
      if (training === null) throw new Error(`${node.name} changes ${name} while predicting`);
      training.statistics.set(variableId(node.weights, name), next);
    },
    activate: activateIn(b, definitions),
    uniform: (shape) =>
      passes === undefined ? sampler().uniform(shape) : drawnForPasses(b, passes, shape, "uniform"),
    normal: (shape) =>
      passes === undefined ? sampler().normal(shape) : drawnForPasses(b, passes, shape, "normal"),
    now: (schedule) => {
      if (training === null) throw new Error(`${node.name} asks for the time while predicting`);
      return training.now(schedule);
    },
    show: (name, value) => context.show?.(node, name, value),
    scan: (over, step) => {
      let given = 0;
      const all = scanOver(b, { ...over, name: `${context.name}.${node.name}` }, (inner, taken) => {
        const { carries, outputs } = step({ b: inner, activate: activateIn(inner, definitions) }, taken);
        given = outputs.length;
        // What is carried, too, and what took long, so that gradients need not go through the steps once more, nor compute it
        // again. What they do not ask for is dropped when the program is optimized.
        const asked = context.training === null ? [] : [...carries, ...costly(inner.body)];
        const saved = asked.filter((value) => !outputs.includes(value));
        return { carries, outputs: [...outputs, ...new Set(saved)] };
      });
      return { ...all, outputs: all.outputs.slice(0, given) };
    },
  };
}

/** Operations whose results are better kept than computed once more. */
const COSTLY: ReadonlySet<OpName> = new Set<OpName>([
  "dot_general",
  "convolution",
  "divide",
  "sqrt",
  "rsqrt",
  "exponential",
  "exponential_minus_one",
  "log",
  "log_plus_one",
  "tanh",
  "logistic",
  "erf",
  "sine",
  "cosine",
  "power",
]);

function costly(body: readonly AnyOp[]): readonly Value[] {
  return body.flatMap(({ name, results }) => (COSTLY.has(name) ? results : [])).filter(isNumber);
}

function isNumber({ type }: Value): boolean {
  return type.dtype === "f32";
}

/** One draw for each pass, and none for each row, so that what is predicted of a row does not depend on its place or its neighbours. */
function drawnForPasses(
  b: Builder,
  { count, sampler }: Passes,
  shape: readonly number[],
  kind: "uniform" | "normal",
): Value {
  const [all = 0, ...sizes] = shape;
  const own = sampler[kind]([count, ...sizes]);
  const dimensions = own.type.shape.map((_, d) => d + 1);
  return b.reshape(b.broadcastInDim(own, [all / count, count, ...sizes], dimensions), shape);
}

function activateIn(b: Builder, definitions: Definitions): StepContext["activate"] {
  return (activation: Instance, value) =>
    lookUp(definitions.activation, activation.name).build(b, value, activation.args);
}
