// A parameter that is a number, or a schedule that gives one for every step.

import { type Instance, oneOf, type Param, real } from "@netwright/definitions";

/** More than `usual` is hardly ever meant. */
export function rateParam(spec: {
  readonly doc: string;
  readonly default?: number;
  readonly usual: number;
  /** Whether it may be a number for each member of an ensemble. */
  readonly byMember?: true;
}): Param<number | Instance> {
  const { doc, usual, byMember } = spec;
  const schedule: Param<Instance> = {
    doc,
    type: { kind: "instance", family: "schedule", ...(byMember === undefined ? {} : { byMember }) },
  };
  const options: readonly Param<number | Instance>[] = [real({ doc, above: 0, usual }), schedule];
  return oneOf(options, spec.default === undefined ? { doc } : { doc, default: spec.default });
}
