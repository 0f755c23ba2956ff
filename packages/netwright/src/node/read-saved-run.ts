// Reading a run, for what seldom needs it and imports it then: its hashes and weights are no part of every start.

export { readRun } from "@netwright/runtime/node";
