// The table of all splitters. A new one is a file beside this one and a line here.

import { type ByName, byName } from "@netwright/definitions";
import { byColumn } from "./by-column.ts";
import { byFile } from "./by-file.ts";
import { byHash } from "./by-hash.ts";
import { byTime } from "./by-time.ts";
import { fold } from "./fold.ts";
import { grouped } from "./grouped.ts";
import { groupedFold } from "./grouped-fold.ts";
import { random } from "./random.ts";
import type { Splitter } from "./splitter.ts";
import { stratified } from "./stratified.ts";
import { stratifiedFold } from "./stratified-fold.ts";

export const splitters: ByName<Splitter> = byName([
  random,
  stratified,
  grouped,
  byTime,
  byColumn,
  byFile,
  byHash,
  fold,
  stratifiedFold,
  groupedFold,
]);
