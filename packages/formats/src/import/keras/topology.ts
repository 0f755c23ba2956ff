// The configuration of a model of Keras as layers: Sequential or a graph, in the form of Keras 2, of Keras 3 or of TensorFlow.js, with
// models that are layers of others unfolded.

import { quote } from "@netwright/definitions";
import { type Called, type GraphLayer, graphOutputs } from "./graph.ts";
import { firstShape, inputFor, inputOf, shapeIn, shapeStated } from "./inputs.ts";
import { fieldOf, isOfKeras, listIn, objectIn, textIn } from "./json.ts";
import { type LayerSpec, namesOf, type Reading } from "./layer-call.ts";
import { callLayer } from "./layers/call.ts";
import type { WeightSource, WeightsOfLayer } from "./weights.ts";

interface Scope {
  /** In front of names of layers. */
  readonly prefix: string;
  readonly identity: string;
  readonly depth: number;
}

const OUTERMOST: Scope = { prefix: "", identity: "", depth: 0 };

/** As many layers a network of the language may have. */
const MOST_CALLS = 10_000;

/** Models in models. */
const DEEPEST = 16;

/** The output of a whole file; null where something is refused. */
export function readTopology(model: unknown, reading: Reading, source: WeightSource): string | null {
  const outputs = new ModelWalk(reading).outputs(model, null, OUTERMOST, source);
  if (outputs === null) return null;
  const [output, another] = outputs;
  if (another === undefined) return output ?? null;
  reading.g.refuse("The model", `gives ${outputs.length} outputs, and a network of Netwright gives one`);
  return null;
}

class ModelWalk {
  readonly #reading: Reading;
  /** By the identity of a layer: each is looked up once, as files count them. */
  readonly #layers = new Map<string, WeightsOfLayer>();
  readonly #models = new Map<string, WeightSource>();
  #calls = 0;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** `given` are the values that it is called with; null for the model of the file. Null after a refusal. */
  outputs(
    model: unknown,
    given: readonly string[] | null,
    scope: Scope,
    source: WeightSource,
  ): readonly string[] | null {
    const { g } = this.#reading;
    const className = textIn(model, "class_name");
    const refuse = (why: string): null => {
      g.refuse(scope.depth === 0 ? "The model" : `Model ${quote(scope.prefix.slice(0, -1))}`, why);
      return null;
    };
    if (scope.depth > DEEPEST) return refuse(`holds models in models, more than ${DEEPEST} deep`);
    if (!isOfKeras(model))
      return refuse(
        `is a ${quote(className ?? "")} of another package: what it computes stands in code of its own, and not in the file`,
      );
    if (!isModel({ className: className ?? "", isOwn: true }))
      return refuse(
        className === null
          ? "has no layers that could be read"
          : `is a ${quote(className)}: what it computes stands in code of its own, and not in the file`,
      );
    const config = fieldOf(model, "config");
    // Keras before 2.3 has the layers of a Sequential itself there.
    const all = Array.isArray(config) ? config : (listIn(config, "layers") ?? []);
    if (all.length === 0) return refuse("has no layers that could be read");
    const layers = all.map((json: unknown): GraphLayer => ({ json, spec: specOf(json, scope) }));
    // In the order of the file, whether they are used or not.
    for (const { spec } of layers) this.#lookUp(spec, source);
    const call = (layer: GraphLayer, called: Called) => this.#called(layer, called, scope);
    return className === "Sequential"
      ? this.#sequence(model, layers, given, call)
      : graphOutputs(config, given, {
          g,
          layers,
          input: ({ spec }) => inputOf(spec, this.#reading),
          call,
        });
  }

  #lookUp(spec: LayerSpec, source: WeightSource): void {
    const { identity, className, name } = spec;
    if (isModel(spec)) {
      if (!this.#models.has(identity)) this.#models.set(identity, source.model(className, name));
    } else if (!this.#layers.has(identity)) this.#layers.set(identity, source.layer(className, name));
  }

  #sequence(
    model: unknown,
    layers: readonly GraphLayer[],
    given: readonly string[] | null,
    call: (layer: GraphLayer, called: Called) => readonly string[] | null,
  ): readonly string[] | null {
    let value = given?.[0] ?? null;
    for (const layer of layers) {
      const { spec, json } = layer;
      if (value === null) {
        const shape = shapeIn(spec.config) ?? firstShape(json) ?? shapeStated(model);
        value =
          spec.className === "InputLayer"
            ? inputOf(spec, this.#reading)
            : inputFor("input", shape, spec.config, this.#reading, `Layer ${quote(spec.name)}`);
        if (value === null) return null;
      }
      if (spec.className === "InputLayer") continue;
      const called = { args: [{ kind: "tensor", name: value }], kwargs: new Map(), call: 0 } as const;
      value = call(layer, called)?.[0] ?? null;
      if (value === null) return null;
    }
    return value === null ? null : [value];
  }

  #called(
    { json, spec }: GraphLayer,
    { args, kwargs, call }: Called,
    scope: Scope,
  ): readonly string[] | null {
    const name = scope.prefix + spec.name;
    const { identity } = spec;
    // Models that call models several times would come to more than there is time for.
    if (++this.#calls > MOST_CALLS) {
      this.#reading.g.refuse("The model", `calls layers more than ${MOST_CALLS} times`);
      return null;
    }
    const source = this.#models.get(identity);
    if (source !== undefined) {
      const prefix = `${name}${call === 0 ? "" : `_${call + 1}`}/`;
      return this.outputs(json, args.flatMap(namesOf), { prefix, identity, depth: scope.depth + 1 }, source);
    }
    const weights = this.#layers.get(identity) ?? { get: () => null };
    return [callLayer({ name, spec, args, kwargs, weights }, this.#reading)];
  }
}

function specOf(json: unknown, scope: Scope): LayerSpec {
  const config = objectIn(json, "config") ?? {};
  const name = textIn(json, "name") ?? textIn(config, "name") ?? "layer";
  return {
    className: textIn(json, "class_name") ?? "",
    name,
    identity: `${scope.identity}/${name}`,
    module: textIn(json, "module") ?? "",
    isOwn: isOfKeras(json),
    config,
  };
}

function isModel({ className, isOwn }: Pick<LayerSpec, "className" | "isOwn">): boolean {
  if (!isOwn) return false;
  return className === "Sequential" || className === "Functional" || className === "Model";
}
