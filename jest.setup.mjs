// Property tests draw the same cases in every run, so that a change is judged by itself and not by chance.
// `NETWRIGHT_SEED=random` (or a number) explores others.

import { configureGlobal } from "fast-check";

const seed = process.env.NETWRIGHT_SEED ?? "20240229";
if (seed !== "random") configureGlobal({ seed: Number(seed) });
