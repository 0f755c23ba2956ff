// `netwright rates`: a table, a curve, a suggestion, and a picture.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { cli, lastLine } from "../support/cli.ts";
import { smallProject } from "../support/project.ts";

test("a curve, a table and what to write; nothing is saved", async () => {
  const { net, runs } = smallProject();
  const played = await cli(["rates", net, "--backend", "reference"]);
  expect(played.code).toBe(0);
  expect(played.stderr).toContain("Trying 100 learning rates from 1e-7 to 10");
  expect(played.stdout).toMatch(/^loss, smoothed, over the learning rate\n/);
  expect(played.stdout).toMatch(/learning rate +loss +smoothed\n +1e-7 /);
  expect(played.stdout).toMatch(/Write `learning_rate: ([\d.e-]+)` into `optimizer`/);
  expect(played.stdout).toContain("The file has 0.01.");
  expect(existsSync(runs)).toBe(false);
});

test("as JSON, and a picture with the suggested rate", async () => {
  const { net, folder } = smallProject();
  const picture = join(folder, "rates.svg");
  const argv = ["rates", net, "--backend", "reference", "--format", "json", "--output", picture];
  const result = Object(lastLine(await cli(argv)));
  expect(result.points.length).toBeGreaterThan(20);
  expect(result.stated).toBe(0.01);
  const svg = readFileSync(picture, "utf8");
  expect(svg).toContain(
    `>${Number(result.suggestion.toPrecision(3)) >= 0.01 ? Number(result.suggestion.toPrecision(3)) : Number(result.suggestion.toPrecision(3)).toExponential()}<`,
  );
  expect(svg).toContain(">1e-3<");
  expect((await cli(argv)).code).toBe(1);
  const wrong = await cli(["rates", net, "--least", "1", "--most", "0.1", "--output", "a.gif"]);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toMatch(/the rates go from 1 to 0\.1[\s\S]*a picture is a \.svg or a \.png/);
});
