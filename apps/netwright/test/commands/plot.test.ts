import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { cli, lastLine } from "../support/cli.ts";

const folder = mkdtempSync(join(tmpdir(), "netwright-plot-"));

test.each([undefined, 80, 40])("in the terminal, %s columns", async (columns) => {
  const env = { NO_COLOR: "1" };
  const played = await cli(["plot", "activation", "elu"], columns === undefined ? { env } : { columns, env });
  expect(played).toMatchObject({ code: 0, stderr: "" });
  expect(`\n${played.stdout}`).toMatchSnapshot();
  for (const line of played.stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(columns ?? 82);
});

test("with colours all curves share a chart", async () => {
  const { stdout } = await cli(["plot", "activation", "elu", "selu", "swish"], { columns: 80 });
  expect(stdout.match(/└/g)).toHaveLength(2);
  const plain = await cli(["plot", "activation", "elu", "selu", "swish"]);
  expect(plain.stdout.match(/└/g)).toHaveLength(6);
});

test("an SVG and a PNG with their names in them", async () => {
  const svg = join(folder, "a.svg");
  expect(await cli(["plot", "activation", "elu", "selu", "--output", svg])).toMatchObject({
    code: 0,
    stderr: "",
  });
  expect(readFileSync(svg, "utf8")).toMatch(/^<svg [\s\S]*selu, derivative[\s\S]*<\/svg>\n$/);
  const again = await cli(["plot", "activation", "tanh", "--output", svg]);
  expect(again.code).toBe(1);
  expect(again.stderr).toMatch(/NW0902 .*exists already/);
  expect(readFileSync(svg, "utf8")).toContain("selu, derivative");
  expect((await cli(["plot", "activation", "tanh", "--output", svg, "--force"])).code).toBe(0);
  expect(readFileSync(svg, "utf8")).not.toContain("selu");
  const png = join(folder, "a.png");
  expect(await cli(["plot", "activation", "elu", "selu", "--output", png])).toMatchObject({
    code: 0,
    stderr: "",
  });
  const bytes = readFileSync(png);
  expect(bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1280, 800]);
});

test("as numbers, of another range", async () => {
  const played = await cli(["plot", "activation", "relu", "--from", "-1", "--to", "1e1", "--format", "json"]);
  const { curves } = lastLine(played) as { curves: { name: string; x: number[]; y: number[] }[] };
  expect(curves[0]?.name).toBe("relu");
  expect([curves[0]?.x[0], curves[0]?.x.at(-1), curves[0]?.y.at(-1)]).toEqual([-1, 10, 10]);
});

test.each([
  [["softmax"], /softmax has no curve/],
  [["rely"], /no activation is named `rely`[\s\S]*`relu`/],
  [["elu", "--from", "3", "--to", "1"], /from 3 to 1/],
  [["elu", "--from", "x"], /Expected a number/],
  [["elu", "-o", "a.jpg"], /a \.svg or a \.png/],
])("wrong usage: %s", async (args, message) => {
  const played = await cli(["plot", "activation", ...args]);
  expect(played.code).toBe(2);
  expect(played.stderr).toMatch(message);
});
