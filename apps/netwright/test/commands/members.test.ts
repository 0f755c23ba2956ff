// Ensembles inside a network: what the command says of their members.

import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { cli, lastLine } from "../support/cli.ts";
import { smallProject } from "../support/project.ts";

function ensemble() {
  const { net, runs } = smallProject();
  const text = readFileSync(net, "utf8");
  const flow = "model {\n  members(5, choose: best)\n  member_dense(4, tanh)\n  member_dense(outputs)\n}";
  writeFileSync(net, text.replace(/model \{[^}]*\}/, flow));
  return { net, runs };
}

test("training says how many of them predict", async () => {
  const { net, runs } = ensemble();
  const train = ["train", net, "--backend", "reference", "--out", runs];
  const { stdout } = await cli(train);
  const [, members] = /^(\d) of 5 members predicts?, chosen on the validation rows\.$/m.exec(stdout) ?? [];
  expect(Number(members)).toBeGreaterThan(0);
  const json = lastLine(await cli([...train, "--format", "json"]));
  expect(json).toMatchObject({ members: { members: Number(members), of: 5 } });
});

test("explain names them", async () => {
  const { net } = ensemble();
  const { stdout } = await cli(["explain", net]);
  expect(stdout).toContain("An ensemble of 5 members");
  expect(lastLine(await cli(["explain", net, "--format", "json"]))).toMatchObject({ members: 5 });
});
