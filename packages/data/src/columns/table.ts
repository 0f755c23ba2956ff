// The table of all types of columns. A new type is a file beside this one and a line here.

import { type ByName, byName } from "@netwright/definitions";
import { boolean } from "./boolean.ts";
import { category } from "./category.ts";
import type { ColumnType } from "./column-type.ts";
import { date } from "./date.ts";
import { image } from "./image.ts";
import { integer } from "./integer.ts";
import { labels } from "./labels.ts";
import { number } from "./number.ts";
import { numbers } from "./numbers.ts";
import { ordinal } from "./ordinal.ts";
import { text } from "./text.ts";

export const columnTypes: ByName<ColumnType> = byName([
  number,
  integer,
  boolean,
  date,
  category,
  ordinal,
  labels,
  text,
  numbers,
  image,
]);
