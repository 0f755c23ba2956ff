// Everything that can be begun, by its word on the command line.

import { backend } from "./backend.ts";
import {
  activation,
  column,
  constraint,
  layer,
  loss,
  metric,
  missing,
  optimizer,
  schedule,
  splitter,
} from "./definitions.ts";
import { encoder } from "./encoder.ts";
import type { Kind } from "./kind.ts";
import { op } from "./op.ts";

export const kinds: ReadonlyMap<string, Kind> = new Map(
  Object.entries({
    layer,
    activation,
    loss,
    optimizer,
    schedule,
    constraint,
    metric,
    encoder,
    column,
    missing,
    splitter,
    op,
    backend,
  }),
);
