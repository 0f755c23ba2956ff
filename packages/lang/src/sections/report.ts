// The settings of `report`: what is told beside a prediction of how sure it is.

import { choice, integer, optional, real } from "@netwright/definitions";
import { PASSES } from "../model/fits-report.ts";
import { type Settings, valueSettings } from "./setting.ts";

export const reportParams = {
  interval: optional(
    real({
      above: 0,
      below: 1,
      doc:
        "The share of rows whose target is to lie in the interval that stands beside each prediction, or among the classes of " +
        "a set. How wide it is, is measured on the validation rows once the weights are trained.",
    }),
  ),
  calibration: optional(
    choice({
      values: ["temperature"],
      doc: "How probabilities are brought in line with the validation rows once the weights are trained; without it, they stay as they are.",
    }),
  ),
  spread: optional(
    choice({
      values: ["members", "dropout", "runs"],
      doc:
        "What tells how far off each number may be, so that intervals are as wide: how far the members of the network are apart, " +
        "several passes through it with numbers dropped as in training, whose mean is then predicted, or the runs of a study.",
    }),
  ),
  samples: optional(integer({ doc: "How many passes `spread: dropout` makes; without it, 30.", ...PASSES })),
};

export const reportSettings: Settings = valueSettings(reportParams);
