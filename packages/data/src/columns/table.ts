// The table of all types of columns. A new type is a file beside this one and a line here.

import { type ByName, byName } from "@netwright/definitions";
import { category } from "./category.ts";
import type { ColumnType } from "./column-type.ts";
import { labels } from "./labels.ts";
import { number } from "./number.ts";

export const columnTypes: ByName<ColumnType> = byName([number, category, labels]);
