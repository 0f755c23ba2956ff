// The table of all policies for missing values. A new one is a file beside this one and a line here.

import { type ByName, byName } from "@netwright/definitions";
import { constant } from "./constant.ts";
import { drop } from "./drop.ts";
import { error } from "./error.ts";
import { mean } from "./mean.ts";
import { median } from "./median.ts";
import { mostFrequent } from "./most-frequent.ts";
import { ownClass } from "./own-class.ts";
import type { MissingPolicy } from "./policy.ts";

export const missingPolicies: ByName<MissingPolicy> = byName([
  error,
  mean,
  median,
  mostFrequent,
  constant,
  ownClass,
  drop,
]);
