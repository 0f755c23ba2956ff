// A number, or a schedule, for each member of an ensemble: what `members(draw: ...)` makes of a setting, and what may be
// written out.

import {
  anyNumber,
  BY_MEMBER,
  hullOf,
  type Instance,
  list,
  oneOf,
  type Param,
  real,
} from "@netwright/definitions";
import { tensor } from "@netwright/ir";
import { defineSchedule } from "./schedule.ts";

const value: readonly Param<number | Instance>[] = [
  real({ doc: "That of one member." }),
  { doc: "That of one member.", type: { kind: "instance", family: "schedule" } },
];

export const byMember = defineSchedule({
  name: BY_MEMBER,
  doc:
    "Each member of an ensemble has a number of its own, or a schedule. `members(count, draw: ...)` makes it of a param that is drawn; " +
    "the learning rate and the weight decay of an optimizer take it, and the rate of a `dropout` behind `members`.",
  formula: "values[i] for each member i",
  example: "members(3) -> dropout(by_member([10%, 20%, 30%])) -> member_dense(4)",
  source:
    'Wenzel, Snoek, Tran, Jenatton 2020, "Hyperparameter Ensembles for Robustness and Uncertainty Quantification": members that differ in ' +
    "their settings",
  params: {
    values: list(oneOf(value, { doc: "That of one member." }), { doc: "One for each member." }),
  },
  conflict: ({ values }) =>
    values.length === 0
      ? { parameter: "values", problem: "are one for each member, and there are none" }
      : null,
  range: ({ values }, rangeOf) => {
    const [first = anyNumber, ...others] = values.map(rangeOf);
    return others.reduce(hullOf, first);
  },
  /** A vector, [members], where the others give a scalar. */
  at: (b, clock, { values }) => {
    const numbers = values.filter((one) => typeof one === "number");
    if (numbers.length === values.length)
      return b.literal(tensor("f32", [values.length]), numbers.map(Math.fround));
    return b.concatenate(
      values.map((one) => b.reshape(clock.rateOf(b, one, clock), [1])),
      0,
    );
  },
});
