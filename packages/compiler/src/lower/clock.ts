// Where a training stands in a function of it, for the schedules there.

import { lookUp } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import type { TrainSettings } from "@netwright/lang";
import type { Definitions } from "../definitions.ts";
import type { Clock, Now } from "../schedules/schedule.ts";
import { STEP, stateValue } from "./state.ts";

/** `stepsPerEpoch` counts batches, and is asked for by schedules alone. */
export function clockOf(
  b: Builder,
  state: ReadonlyMap<string, Value>,
  { accumulate, epochs }: Pick<TrainSettings, "accumulate" | "epochs">,
  definitions: Pick<Definitions, "schedule">,
  stepsPerEpoch: () => number,
): Clock {
  const perEpoch = () => Math.ceil(stepsPerEpoch() / accumulate);
  return {
    step: b.convert(stateValue(state, STEP), "f32"),
    perEpoch,
    total: () => perEpoch() * epochs,
    rateOf: ratesBy(definitions),
  };
}

function ratesBy({ schedule: known }: Pick<Definitions, "schedule">): Clock["rateOf"] {
  return (b, setting, clock) =>
    typeof setting === "number" ? b.scalar(setting) : lookUp(known, setting.name).at(b, clock, setting.args);
}

/** With a clock that is made when it is first asked for, so that a function without schedules has none. */
export function nowBy(b: Builder, clockOf: () => Clock): Now {
  let known: Clock | undefined;
  return (schedule) => {
    known ??= clockOf();
    return known.rateOf(b, schedule, known);
  };
}
