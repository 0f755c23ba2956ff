// One measurement in a process of its own: `node measure.js PEER BATCH SECONDS` prints samples per second. A
// fresh process for each keeps libraries from sharing global state, heaps and optimised code.

import { peers } from "./peers/table.ts";
import { loadWorkload } from "./workload.ts";

const [, , name, batch, seconds] = process.argv;
const peer = peers.find((candidate) => candidate.name === name);
if (peer === undefined) throw new Error(`there is no peer ${name}`);
const rate = await peer.train(loadWorkload(), Number(batch), Number(seconds));
console.log(JSON.stringify({ rate }));
