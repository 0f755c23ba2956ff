// `node measure-compile.js NETWORK` prints the milliseconds of processor time that jit takes to compile a step of one of
// the networks, or of `concrete`, in a process that has compiled nothing yet.

import { lower } from "@netwright/compiler";
import { compile } from "@netwright/runtime";
import { findBackend } from "netwright";
import { processorSeconds } from "../rate.ts";
import { loadWorkload } from "../workload.ts";
import { networkModel, networkNamed } from "./networks.ts";

const [, , name = ""] = process.argv;
const program = name === "concrete" ? concrete() : ofNetwork();
const backend = await findBackend("jit");
if (!backend.ok) throw new Error(backend.problems.map(({ message }) => message).join(" "));
const started = processorSeconds();
const executable = await compile(backend.value, program, { threads: 2 });
console.log(JSON.stringify({ value: 1000 * (processorSeconds() - started) }));
executable.dispose();

function concrete() {
  const { model, train } = loadWorkload();
  return lower(model, { step: [train.batch] });
}

function ofNetwork() {
  const network = networkNamed(name);
  return lower(networkModel(network), { step: [network.batch] });
}
