// Learning rates of members, for what is said of a training that met a number that is not finite: there is no one rate to lower.

import { at, isSchedule, valuesByMember } from "@netwright/definitions";
import type { Program } from "@netwright/ir";
import type { Model } from "@netwright/lang";
import type { MemberRates, TrainingResult } from "@netwright/runtime";
import type { FullCatalog } from "../catalog/catalog.ts";

/** Largest weights of members that are this many times apart are taken as a sign that some of them diverge, and some do not. */
const APART = 1000;

/** Null where all weights have one learning rate. */
export function memberRates(
  { train, draws = [], nodes }: Model,
  lastGood: Extract<TrainingResult, { status: "non_finite" }>["lastGood"],
  { state }: Pick<Program, "state">,
  { layer }: FullCatalog,
): MemberRates | null {
  const optimizer = train?.optimizer;
  const setting = optimizer?.args["learning_rate"];
  const rates = valuesByMember(setting);
  if (rates === null || optimizer === undefined || !isSchedule(setting)) return null;
  const texts = rates.map((rate) => JSON.stringify(rate));
  // A param that is an operand of the rate is not found in it, and then any may be it.
  const found = draws.filter(({ values }) =>
    values.every((value, member) => texts[member]?.includes(JSON.stringify(value)) === true),
  );
  // What is written has a place of its own within the optimizer, and what is drawn stands nowhere.
  const isDrawn = setting.span.start === optimizer.span.start;
  const taken = !isDrawn ? [] : found.length > 0 ? found : draws;
  const apart = new Set(
    nodes
      .filter((node) => layer.get(node.layer)?.parts(node.args).perMember === true)
      .map((node) => node.weights),
  );
  const largest = rates.map(() => 0);
  for (const { name, role } of state) {
    const data = lastGood.get(name) ?? [];
    if (role !== "weight" || !apart.has(name.slice(0, name.lastIndexOf(".")))) continue;
    const size = data.length / rates.length;
    for (let i = 0; i < data.length; i++) {
      const member = Math.floor(i / size);
      largest[member] = Math.max(at(largest, member), Math.abs(data[i] ?? 0));
    }
  }
  const most = Math.max(...largest);
  const grown = most > APART * Math.min(...largest) ? largest.indexOf(most) : null;
  return {
    params: taken.map(({ name }) => name),
    grown:
      grown === null
        ? null
        : { number: grown + 1, drew: taken.map(({ values }) => String(at(values, grown))) },
  };
}
