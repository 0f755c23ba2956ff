// The rule of the optimizer for the weights of each role: factors of the learning rate and of the weight decay make others
// of it. As the `lr` and `weight_decay` of PyTorch's parameter groups, stated as multiples of the optimizer's.

import { type Instance, lookUp, weightRole } from "@netwright/definitions";
import type { Builder, Func, Value } from "@netwright/ir";
import type { TrainSettings } from "@netwright/lang";
import type { Definitions } from "../../definitions.ts";
import type { StepInputs } from "../../optimizers/optimizer.ts";
import type { Now } from "../../schedules/schedule.ts";
import { asMany, membersOfNumber } from "./by-member.ts";
import { createRule, type Rule } from "./rule.ts";

export interface Rules {
  /** That of a weight without factors. */
  readonly plain: Rule;
  /** By the name of a weight in its layer. */
  readonly of: (name: string) => Rule;
  /** The decompositions used so far. */
  readonly decompositions: () => readonly Func[];
}

type Settings = Pick<TrainSettings, "optimizer" | "learning_rate_factors" | "weight_decay_factors">;

export function createRules(
  b: Builder,
  definitions: Pick<Definitions, "optimizer">,
  { optimizer, learning_rate_factors, weight_decay_factors }: Settings,
  step: StepInputs,
  now: Now,
): Rules {
  const setting = lookUp(definitions.optimizer, optimizer.name).decay(optimizer.args);
  const given = typeof setting === "number" ? null : now(setting);
  // Where one is a number for each member of an ensemble, so is the other.
  const many = given !== null && membersOfNumber(given) !== undefined ? given : step.rate;
  const decay = given === null ? null : asMany(b, given, many);
  const rate = asMany(b, step.rate, many);
  const plain = createRule(b, definitions, optimizer, { ...step, rate }, { decay });
  const others = new Map<string, Rule>();
  const of = (name: string): Rule => {
    const role = weightRole(name);
    const rateFactor = role === null ? 1 : (learning_rate_factors?.[role] ?? 1);
    const decayFactor = role === null ? 1 : (weight_decay_factors?.[role] ?? 1);
    if (role === null || (rateFactor === 1 && decayFactor === 1)) return plain;
    const known = others.get(role);
    if (known !== undefined) return known;
    const times = (value: Value, factor: number) =>
      factor === 1 ? value : b.multiply(value, b.like(value, factor));
    const rule = createRule(
      b,
      definitions,
      withDecay(optimizer, decayFactor),
      { ...step, rate: times(rate, rateFactor) },
      { role, decay: decay === null ? null : times(decay, decayFactor) },
    );
    others.set(role, rule);
    return rule;
  };
  return {
    plain,
    of,
    decompositions: () => [plain, ...others.values()].flatMap((rule) => rule.decompositions()),
  };
}

/** Its parameter `weight_decay` multiplied, where that is a number; one without stays as it is. */
function withDecay(optimizer: Instance, factor: number): Instance {
  const { weight_decay, ...args } = optimizer.args;
  if (typeof weight_decay !== "number" || factor === 1) return optimizer;
  return { ...optimizer, args: { ...args, weight_decay: weight_decay * factor } };
}
