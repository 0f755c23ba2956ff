// What `verify` watches of a training step has names that a person knows.

import { expect, test } from "@jest/globals";
import { lower } from "@netwright/compiler";
import { readProject } from "../../src/project/read-project.ts";
import { instrument } from "../../src/verification/instrument.ts";
import { smallProject } from "../support/project.ts";

test("an update is called by its weight, whatever the operation is that computes it", async () => {
  const { net } = smallProject();
  const read = await readProject(net, []);
  if (!read.ok || read.project.model === undefined) throw new Error("the small project is sound");
  const program = lower(read.project.model, { step: [16], stepsPerEpoch: 1 });
  const names = instrument(program, 16).watched.map(({ layer, op }) => `${layer}: ${op}`);
  expect(names).toContain("optimizer: update of dense_1.kernel");
  expect(names).toContain("dense_1: dot_general");
  expect(names.filter((name) => name.includes("composite"))).toEqual([]);
});
