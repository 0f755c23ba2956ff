// One measurement in a process of its own: `node measure.js PEER BATCH SECONDS` prints samples per second of
// training, with `predict` as batch the seconds for a prediction of one row. A fresh process for each keeps
// libraries from sharing global state, heaps and optimised code.

import type { Measurement, Peer } from "./peers/peer.ts";
import { peers } from "./peers/table.ts";
import { loadWorkload } from "./workload.ts";

const [, , name, what = "", seconds] = process.argv;
const peer = peers.find((candidate) => candidate.name === name);
if (peer === undefined) throw new Error(`there is no peer ${name}`);
console.log(JSON.stringify(await measure(await peer.load())));

async function measure({ train, predictOne }: Peer): Promise<Measurement> {
  if (what !== "predict") return train(loadWorkload(), Number(what), Number(seconds));
  if (predictOne === undefined) throw new Error(`${name} does not predict`);
  return predictOne(loadWorkload(), Number(seconds));
}
