// A table in a terminal that is too narrow for it: one value below the other.

import { PassThrough } from "node:stream";
import { expect, test } from "@jest/globals";
import picocolors from "picocolors";
import { coloursFor, shown } from "../../src/output/colours.ts";
import { renderTable } from "../../src/output/table.ts";

test("an empty cell has no line, as a title alone looks as if its value were left out", () => {
  const colours = picocolors.createColors(false);
  const columns = [{ title: "kernel" }, { title: "tile" }, { title: "layers" }];
  expect(renderTable(columns, [["1 reduction", "", "dense_1"]], { colours, width: 20 })).toBe(
    "kernel:\n1 reduction\n  layers  dense_1\n",
  );
});

test("the title of the first column stands above the blocks, where it has one", () => {
  const look = { colours: picocolors.createColors(false), width: 16 };
  const titled = (title: string) => [{ title }, { title: "MAE" }, { title: "RMSE (MPa)" }];
  const rows = [
    ["linear", "8.4", "10.5"],
    ["network", "3.1", "4.4"],
  ];
  const blocks =
    "linear\n  MAE\n    8.4\n  RMSE (MPa)\n    10.5\nnetwork\n  MAE\n    3.1\n  RMSE (MPa)\n    4.4\n";
  expect(renderTable(titled("validation"), rows, look)).toBe(`validation:\n${blocks}`);
  expect(renderTable(titled(""), rows, look)).toBe(blocks);
});

test("characters that take two places are counted so", () => {
  const look = { colours: picocolors.createColors(false), width: 14 };
  const columns = [{ title: "列" }, { title: "平均値段" }];
  expect(renderTable(columns, [["面積", "1.5"]], look)).toBe("列    平均値段\n面積  1.5\n");
  expect(renderTable(columns, [["面積", "1.5"]], { ...look, width: 13 })).toBe(
    "列:\n面積\n  平均値段\n    1.5\n",
  );
});

test("colours move nothing: a coloured table is the plain one, painted", () => {
  const terminal = coloursFor(Object.assign(new PassThrough(), { isTTY: true }), {}, true);
  const columns = [{ title: "layer" }, { title: "parameters", align: "right" as const }];
  const cells = (paint: (text: string) => string) => [[paint("dense_1"), "4,608"]];
  const painted = shown(renderTable(columns, cells(terminal.cyan), { colours: terminal, width: 19 }));
  expect(painted).toContain("\u001b[1mlayer\u001b[22m");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is how a terminal is told of colours
  expect(painted.replace(/\u001b\[\d+m/g, "")).toBe("layer    parameters\ndense_1       4,608\n");
});
