// One measurement in a process of its own: `node measure-network.js PEER NETWORK SECONDS` prints samples per second of training;
// of predicting where `predict:` stands before the network.

import { networkNamed } from "./networks.ts";
import { networkPeers, PREDICT } from "./table.ts";

const [, , name, argument = "", seconds] = process.argv;
const entry = networkPeers.find((candidate) => candidate.name === name);
if (entry === undefined) throw new Error(`there is no peer ${name}`);
const peer = await entry.load();
const isPrediction = argument.startsWith(PREDICT);
const measure = isPrediction ? peer.predict : peer.train;
if (measure === undefined) throw new Error(`${name} does not ${isPrediction ? "predict" : "train"}`);
const network = networkNamed(isPrediction ? argument.slice(PREDICT.length) : argument);
console.log(JSON.stringify(await measure(network, Number(seconds))));
