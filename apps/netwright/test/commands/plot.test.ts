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

test.each([80, 40])(
  "curves that share a chart share no character, in a copied text of %i columns",
  async (columns) => {
    const names = ["relu", "elu", "selu", "tanh"];
    const { stdout } = await cli(["plot", "activation", ...names], { columns });
    const copied = withoutEscapes(stdout);
    const [values = "", slopes = ""] = copied.split("\n\n");
    expect(values).toMatch(/^\* relu {3}o elu {3}\+ selu {3}x tanh\n/);
    expect(slopes).toMatch(/^\* relu, derivative {3}o elu, derivative/);
    for (const picture of [values, slopes]) {
      const body = picture.split("\n").slice(1).join("\n");
      expect(body).not.toMatch(/[━┃┏┓┗┛]/);
      // One frame for all.
      for (const corner of ["▲", "└", "▶"]) expect(body.split(corner)).toHaveLength(2);
      expect(body).toMatch(/^ *-3 +0 +3$/m);
      // Where relu and elu are the same they take turns.
      for (const mark of ["*", "o", "+", "x"]) expect(body.split(mark).length).toBeGreaterThan(4);
    }
    for (const line of values.split("\n").slice(1)) expect(line.length).toBeLessThanOrEqual(columns);
  },
);

test("a single curve is a line, and many go on in another chart", async () => {
  const one = withoutEscapes((await cli(["plot", "activation", "tanh"], { columns: 80 })).stdout);
  expect(one).toMatch(/[━┃┏┓┗┛]/);
  const names = ["relu", "elu", "selu", "tanh", "sigmoid", "swish", "gelu", "softplus", "linear"];
  const many = await cli(["plot", "activation", ...names], { columns: 80 });
  expect(many).toMatchObject({ code: 0 });
  expect(many.stdout.match(/└/g)).toHaveLength(4);
});

function withoutEscapes(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are what it is about
  return text.replace(/\x1b\[[\d;]*m/g, "");
}

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
