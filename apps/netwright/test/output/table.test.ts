// A table in a terminal that is too narrow for it: one value below the other.

import { expect, test } from "@jest/globals";
import picocolors from "picocolors";
import { renderTable } from "../../src/output/table.ts";

test("an empty cell has its title where the others have theirs", () => {
  const colours = picocolors.createColors(false);
  const columns = [{ title: "kernel" }, { title: "tile" }, { title: "layers" }];
  expect(renderTable(columns, [["1 reduction", "", "dense_1"]], { colours, width: 20 })).toBe(
    "1 reduction\n  tile\n  layers  dense_1\n",
  );
});
