import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { partsOf, withParts } from "../../src/splits/parts-of.ts";
import { readSplits } from "../../src/splits/read-splits.ts";

describe("the parts of a stated split", () => {
  const parts = partsOf(100, [3, 50, 99], 0, 0.1);
  const rowsOf = (part: string) => parts.flatMap((one, row) => (one === part ? [row] : []));

  test("have the stated rows for the test, and of the others a share for validation", () => {
    expect(rowsOf("test")).toEqual([3, 50, 99]);
    expect(rowsOf("validation")).toHaveLength(10);
    expect(rowsOf("train")).toHaveLength(87);
  });

  test("are drawn in another way for another split, and for the same one in the same way", () => {
    expect(partsOf(100, [3, 50, 99], 0, 0.1)).toEqual(parts);
    expect(partsOf(100, [3, 50, 99], 1, 0.1)).not.toEqual(parts);
  });

  test("name no row that the table has not", () => {
    expect(() => partsOf(100, [100], 0, 0.1)).toThrow("100 rows");
  });

  test("are a column of the table", () => {
    expect(withParts(["a,b", "1,2", "3,4"], ["test", "train"])).toBe("a,b,part\n1,2,test\n3,4,train\n");
  });
});

test.each(["{}", "[]", '{"test": []}', '{"test": [[1, -2]]}', '{"test": [[0.5]]}', '{"test": [[]]}'])(
  "%s states no splits",
  (text) => {
    const folder = mkdtempSync(join(tmpdir(), "netwright-splits-"));
    try {
      const file = join(folder, "splits.json");
      writeFileSync(file, text);
      expect(() => readSplits(file)).toThrow("is not");
      writeFileSync(file, '{"note": "of a paper", "test": [[1, 2], [3]]}');
      expect(readSplits(file)).toEqual([[1, 2], [3]]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
