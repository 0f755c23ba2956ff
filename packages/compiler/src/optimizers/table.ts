// Every optimizer by name.

import { byName } from "@netwright/definitions";
import { adadelta } from "./adadelta.ts";
import { adagrad } from "./adagrad.ts";
import { adam, adamw } from "./adam.ts";
import { adamax } from "./adamax.ts";
import { lamb } from "./lamb.ts";
import { lion } from "./lion.ts";
import { nadam } from "./nadam.ts";
import { rmsprop } from "./rmsprop.ts";
import { sgd } from "./sgd.ts";

export const optimizers = byName([sgd, adam, adamw, nadam, adamax, rmsprop, adagrad, adadelta, lamb, lion]);
