// Every optimizer by name.

import { byName } from "@netwright/definitions";
import { adam, adamw } from "./adam.ts";
import { rmsprop } from "./rmsprop.ts";
import { sgd } from "./sgd.ts";

export const optimizers = byName([sgd, adam, adamw, rmsprop]);
