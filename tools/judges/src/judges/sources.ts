// Compilers of C, Rust and Go build what is exported, and its self-test predicts 1,000 rows of each model as Netwright does; Node runs
// the module of JavaScript.

import type { Judge } from "../judge.ts";
import { HOSTS } from "../sources/hosts.ts";
import { judgedBy } from "../sources/judged-by.ts";

export const sources: Judge = {
  name: "sources",
  about:
    "gcc, clang, tcc, rustc and go, those that are here, and Node: source code predicts 1,000 rows as Netwright does, at every level",
  judge: () => judgedBy(HOSTS),
};
