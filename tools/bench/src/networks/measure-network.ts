// One measurement in a process of its own: `node measure-network.js PEER NETWORK SECONDS` prints samples per second.

import { networkNamed } from "./networks.ts";
import { networkPeers } from "./table.ts";

const [, , name, network = "", seconds] = process.argv;
const entry = networkPeers.find((candidate) => candidate.name === name);
if (entry === undefined) throw new Error(`there is no peer ${name}`);
const peer = await entry.load();
console.log(JSON.stringify(await peer.train(networkNamed(network), Number(seconds))));
