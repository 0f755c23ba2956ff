// One layer of Keras where it is called.

import { quote } from "@netwright/definitions";
import { otherBits } from "../../other-bits.ts";
import { fieldOf, isOfKeras, type JsonObject, objectIn, textIn } from "../json.ts";
import { type LayerCall, namesOf, type Reading } from "../layer-call.ts";
import { policyIn, type Rule, type RuleContext, refused, whatOf } from "./rule.ts";
import { isByStep } from "./sequences.ts";
import { isKnownClass, rules } from "./table.ts";

/** The value that it gives; what is refused gives its input. */
export function callLayer({ name, spec, args, kwargs, weights }: LayerCall, { g, written }: Reading): string {
  const inputs = [
    ...args.flatMap(namesOf),
    ...(args.length === 0 ? [...kwargs.values()].flatMap(namesOf) : []),
  ];
  const [x] = inputs;
  if (x === undefined) {
    g.refuse(whatOf(spec), "takes no value of a layer before it");
    return "";
  }
  const context: RuleContext = {
    g,
    written,
    name,
    spec,
    config: spec.config,
    inputs,
    x,
    rank: g.rankOf(x),
    args,
    kwargs,
    weight: weights.get,
  };
  const rule = ruleFor(context);
  if (rule === null) return x;
  const bits = bitsOf(policyIn(spec.config));
  if (bits !== null) g.note(otherBits("layers", policyIn(spec.config), bits));
  return rule(context);
}

/** What a layer computes in there; null where it is what it is here. */
function bitsOf(policy: string): 16 | 64 | null {
  if (/^(mixed_)?b?float16$/.test(policy)) return 16;
  return policy === "float64" ? 64 : null;
}

const FOREIGN = "is of another package than Keras: what it computes is code of its own, and not in the file";

/** Null after a refusal. */
function ruleFor(context: RuleContext): Rule | null {
  const { g, spec } = context;
  const { className, module, isOwn, config } = spec;
  if (!isOwn) {
    g.refuse(whatOf(spec), FOREIGN);
    return null;
  }
  if (/\.ops\b/.test(module) || /OpLambda$/.test(className)) return operation(context);
  if (isKnownClass(className)) return rules[className];
  if (className === "TimeDistributed") {
    const layer = objectIn(config, "layer");
    const inner = textIn(layer, "class_name") ?? "";
    const own = withStepsAxis(objectIn(layer, "config") ?? {});
    if (isOfKeras(layer) && isByStep(inner) && isKnownClass(inner)) {
      const rule = rules[inner];
      return (given) =>
        rule({
          ...given,
          spec: { ...given.spec, className: inner },
          config: own,
          weight: (place) => given.weight({ ...place, path: `layer/${place.path}` }) ?? given.weight(place),
        });
    }
    refused(context, `does at each step what ${quote(inner)} does, which Netwright has no form of`);
    return null;
  }
  g.refuse(
    whatOf(spec),
    className === "Lambda"
      ? "is code of its own, and not in the file"
      : "is a layer that Netwright has no form of",
  );
  return null;
}

/** Its axes counted with the steps in front, of which the layer of one step knows nothing. */
function withStepsAxis(config: JsonObject): JsonObject {
  const axis = fieldOf(config, "axis");
  const moved = (one: unknown) => (typeof one === "number" && one > 0 ? one + 1 : one);
  if (axis === undefined) return config;
  return { ...config, axis: Array.isArray(axis) ? axis.map(moved) : moved(axis) };
}

/** Operations that are layers as well, by the names of `keras.ops` and of TensorFlow. */
const OPERATIONS: Readonly<Record<string, "Add" | "Multiply">> = {
  Add: "Add",
  Multiply: "Multiply",
  "__operators__.add": "Add",
  "math.add": "Add",
  "math.multiply": "Multiply",
};

/** An operation between layers, as `x + y` is. */
function operation(context: RuleContext): Rule | null {
  const { spec, config, args, kwargs, g } = context;
  const name = textIn(config, "function") ?? spec.className;
  const known = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
  const taken = [...args, ...["x1", "x2", "x", "y"].flatMap((key) => kwargs.get(key) ?? [])];
  const inputs = taken.flatMap(namesOf);
  const [x = ""] = inputs;
  if (known !== undefined && inputs.length === 2 && taken.every(({ kind }) => kind !== "plain"))
    return (given) => rules[known]({ ...given, inputs, x });
  g.refuse(whatOf(spec), "is an operation between layers that Netwright has no layer of");
  return null;
}
