// The windows of a model, in a sentence or two.

import { type OpenEncoders, stepPhrase } from "@netwright/data";
import { count, listed, quote } from "@netwright/definitions";

/** Nothing where each row is for itself. */
export function windowText({ fitted: { window } }: Pick<OpenEncoders, "fitted">): readonly string[] {
  if (window === undefined) return [];
  const { length, horizon, order, by, step, time, season } = window;
  const apart =
    step === null
      ? `one behind the other by ${quote(order)}`
      : `${stepPhrase(step, time !== "number")} apart in ${quote(order)}`;
  const of = by.length === 0 ? "" : ` of one series by ${listed(by.map(quote))}`;
  const round = season === null ? "" : ` It comes round every ${count(season, "row")}.`;
  return [
    `A window has ${count(length, "row")}${of}, ${apart}; the target is ${count(horizon, "row")} behind the last of them.${round}`,
  ];
}
