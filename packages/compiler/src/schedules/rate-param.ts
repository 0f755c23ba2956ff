// A parameter that is a number, or a schedule that gives one for every step.

import { type Instance, instance, oneOf, type Param, real } from "@netwright/definitions";

/** More than `usual` is hardly ever meant. */
export function rateParam(spec: {
  readonly doc: string;
  readonly default?: number;
  readonly usual: number;
}): Param<number | Instance> {
  const { doc, usual } = spec;
  const options: readonly Param<number | Instance>[] = [
    real({ doc, above: 0, usual }),
    instance({ family: "schedule", doc }),
  ];
  return oneOf(options, spec.default === undefined ? { doc } : { doc, default: spec.default });
}
