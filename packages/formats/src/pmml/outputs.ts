// What is predicted: neurons of the last layer as a target in original units, or as classes with their probabilities.

import type { ScalingStep } from "@netwright/data";
import { at, quote } from "@netwright/definitions";
import type { Refusal } from "../format.ts";
import type { Link } from "../model/network.ts";
import type { NumberOutput, PortableOutputs } from "../model/outputs.ts";
import { lineOf } from "../preprocess/plan.ts";
import { type Tag, tag } from "../xml.ts";
import type { Neurons } from "./layers.ts";

export interface Target {
  readonly data: readonly Tag[];
  readonly mining: readonly Tag[];
  readonly outputs: readonly Tag[];
  /** How a number is turned back; null of classes. */
  readonly targets: Tag | null;
  readonly neural: readonly Tag[];
}

/** From what a neuron gives to original units. */
interface Back {
  /** Whether a power of e comes first, less 1. */
  readonly isPower: boolean;
  readonly factor: number;
  readonly constant: number;
  /** Of what the neuron gives. */
  readonly min: number | null;
  readonly max: number | null;
}

export function refusedTargets(outputs: PortableOutputs): readonly Refusal[] {
  if (outputs.kind === "classes") {
    const refused: Refusal[] = [];
    if (outputs.threshold !== null)
      refused.push({
        of: "threshold",
        what: `The threshold ${outputs.threshold} of ${quote(outputs.name)}`,
        why: "is no part of the format, in which the likeliest class is predicted",
      });
    if (!outputs.probabilities)
      refused.push({
        of: "prediction",
        what: `Margins of ${quote(outputs.name)}`,
        why: "are no probabilities, which the format has of classes",
      });
    return refused;
  }
  if (outputs.kind !== "numbers") return [];
  return outputs.columns.flatMap(({ name, inverse }) =>
    inverse === null || backOf(inverse) !== null
      ? []
      : [
          {
            of: "target",
            what: `Target ${quote(name)}`,
            why: "is turned back by more than a factor, a constant and bounds",
          },
        ],
  );
}

/** Null for steps that the format has no form of. */
function backOf(inverse: readonly ScalingStep[]): Back | null {
  const isPower = inverse[0]?.kind === "exponential_minus_one";
  const line = lineOf(isPower ? inverse.slice(1) : inverse);
  if (line === null) return null;
  const { scale: factor, offset, rest } = line;
  const constant = isPower ? offset - factor : offset;
  let [min, max]: [number | null, number | null] = [null, null];
  for (const step of rest) {
    // Bounds are held before the number is turned back.
    if (step.kind === "at_least") min = (step.by - constant) / factor;
    else if (step.kind === "at_most") max = (step.by - constant) / factor;
    else return null;
  }
  return { isPower, factor, constant, min, max };
}

/** Adds what the link needs to the neurons, of which `last` are what the network gives. */
export function targetOf(
  neurons: Neurons,
  outputs: PortableOutputs,
  link: Link,
  last: readonly string[],
): Target {
  if (outputs.kind === "numbers") return numbersOf(neurons, outputs.columns, link, last);
  if (outputs.kind === "classes") return classesOf(neurons, outputs, link, last);
  throw new Error(`${outputs.kind} are refused`);
}

function numbersOf(
  neurons: Neurons,
  columns: readonly NumberOutput[],
  link: Link,
  last: readonly string[],
): Target {
  const backs = columns.map(({ inverse }) => {
    const back = backOf(inverse ?? []);
    if (back === null) throw new Error("a target that cannot be turned back is refused");
    return back;
  });
  const linked = link.kind === "exponential" ? neurons.each(last, "exponential") : last;
  const given = withPowers(neurons, linked, backs);
  return {
    data: columns.map(({ name, unit }) =>
      tag("DataField", {
        name,
        optype: "continuous",
        dataType: "double",
        ...(unit === null ? {} : { displayName: `${name} (${unit})` }),
      }),
    ),
    mining: columns.map(({ name }) => tag("MiningField", { name, usageType: "target" })),
    outputs: columns.map(({ name }) =>
      tag("OutputField", {
        name: `predicted_${name}`,
        optype: "continuous",
        dataType: "double",
        feature: "predictedValue",
        targetField: name,
      }),
    ),
    targets: tag(
      "Targets",
      {},
      columns.map(({ name }, i) => {
        const { factor, constant, min, max } = at(backs, i);
        return tag("Target", {
          field: name,
          optype: "continuous",
          rescaleFactor: factor,
          rescaleConstant: constant,
          ...(min === null ? {} : { min }),
          ...(max === null ? {} : { max }),
        });
      }),
    ),
    neural: columns.map(({ name }, i) =>
      tag("NeuralOutput", { outputNeuron: at(given, i) }, [
        tag("DerivedField", { optype: "continuous", dataType: "double" }, [tag("FieldRef", { field: name })]),
      ]),
    ),
  };
}

/** A layer more for those that are turned back by a power of e. */
function withPowers(neurons: Neurons, given: readonly string[], backs: readonly Back[]): readonly string[] {
  const own = given.filter((_, i) => at(backs, i).isPower);
  if (own.length === 0) return given;
  const powers = neurons.each(own, "exponential");
  const powerOf = new Map(own.map((id, i) => [id, at(powers, i)]));
  return given.map((id) => powerOf.get(id) ?? id);
}

function classesOf(
  neurons: Neurons,
  { name, words, temperature }: Extract<PortableOutputs, { kind: "classes" }>,
  link: Link,
  last: readonly string[],
): Target {
  // Shares to the power of 1 / T, over their sum, are those of 1 / T times what they are made of.
  const factor = 1 / (temperature ?? 1);
  const shares =
    link.kind === "softmax"
      ? neurons.softmax(last, factor)
      : neurons.each(
          neurons.sums(
            last,
            2,
            (_, j) => (j === 0 ? -factor : factor),
            () => 0,
          ),
          "logistic",
        );
  return {
    data: [
      tag(
        "DataField",
        { name, optype: "categorical", dataType: "string" },
        words.map((value) => tag("Value", { value })),
      ),
    ],
    mining: [tag("MiningField", { name, usageType: "target" })],
    outputs: [
      tag("OutputField", {
        name: `predicted_${name}`,
        optype: "categorical",
        dataType: "string",
        feature: "predictedValue",
      }),
      ...words.map((value) =>
        tag("OutputField", {
          name: `probability_${value}`,
          optype: "continuous",
          dataType: "double",
          feature: "probability",
          value,
        }),
      ),
    ],
    targets: null,
    neural: words.map((value, i) =>
      tag("NeuralOutput", { outputNeuron: at(shares, i) }, [
        tag("DerivedField", { optype: "categorical", dataType: "string" }, [
          tag("NormDiscrete", { field: name, value }),
        ]),
      ]),
    ),
  };
}
