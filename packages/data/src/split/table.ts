// The table of all splitters. A new one is a file beside this one and a line here.

import { type ByName, byName } from "@netwright/definitions";
import { fold } from "./fold.ts";
import { random } from "./random.ts";
import type { Splitter } from "./splitter.ts";
import { stratified } from "./stratified.ts";

export const splitters: ByName<Splitter> = byName([random, stratified, fold]);
