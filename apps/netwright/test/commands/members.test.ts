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

test("explain of a file shows what members draw, that of a run also who predicts", async () => {
  const { net, runs } = ensemble();
  const text = readFileSync(net, "utf8");
  const drawing = text
    .replace("members(5, choose: best)", "members(5, choose: best, draw: [drop])")
    .replace("member_dense(4, tanh)", "member_dense(4, tanh) -> dropout(drop)")
    .replace("netwright 1", "netwright 1\n\nparam drop = 0.1 in 0..0.5\n");
  writeFileSync(net, drawing);
  const table = (stdout: string) => /^member +drop.*$(?:\n.+)*/m.exec(stdout)?.[0].split("\n") ?? [];
  const file = table((await cli(["explain", net])).stdout);
  expect(file).toHaveLength(6);
  const json = lastLine(await cli(["explain", net, "--format", "json"]));
  const drawn = file.slice(1).map((line, i) => {
    const [, drop] = line.trim().split(/ +/);
    return { member: i + 1, drew: { drop: Number(drop) }, predicts: null };
  });
  expect(json).toMatchObject({ ensemble: drawn });

  const trained = await cli(["train", net, "--backend", "reference", "--out", runs]);
  const [, run = ""] = /^Saved: (.*)$/m.exec(trained.stdout) ?? [];
  const [, chosen] = /^(\d) of 5 members/m.exec(trained.stdout) ?? [];
  const [head, ...rows] = table((await cli(["explain", run])).stdout);
  expect(head).toMatch(/^member +drop +predicts$/);
  expect(rows.map((line) => line.replace(/ +yes$/, ""))).toEqual(file.slice(1));
  expect(rows.filter((line) => line.endsWith("yes"))).toHaveLength(Number(chosen));
});
