// Whole numbers beyond 2^53 are known of in every format, so that a draft takes them for ids.

import { expect, test } from "@jest/globals";
import {
  DuckDbTable,
  type FormatResult,
  readTable,
  summarize,
  type TableInput,
  tableFromRecords,
  whenLoaded,
} from "../../src/index.ts";
import { bytesOf, resultOf } from "./support.ts";

const ROWS = Array.from({ length: 6 }, (_, i) => i);
const IDS = ROWS.map((i) => String(2n ** 60n + 3n * BigInt(i)));
const TOLD = "has numbers of more digits than are exact, in 6 rows.";

function found(result: FormatResult) {
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  const { table, warnings } = result;
  const long = summarize(table).columns.filter(({ pattern }) => pattern === "long");
  return {
    inexact: table.inexact ?? [],
    long: long.map(({ name }) => name),
    told: warnings.map(({ code, column, message }) => ({ code, column, message })),
  };
}

const told = (name: string, columns: readonly string[]) =>
  columns.map((column) => ({
    code: "NW0673",
    column,
    message: `Column \`${column}\` of \`${name}\` ${TOLD}`,
  }));

test.each<[what: string, input: TableInput]>([
  ["text", `id,y\n${IDS.map((id, i) => `${id},${i}`).join("\n")}\n`],
  ["lines of JSON", IDS.map((id, i) => `{"id": ${id}, "y": ${i}}\n`).join("")],
  ["a list of records", `[${IDS.map((id, i) => `{"id":${id},"y":${i}}`).join()}]`],
  ["columns of JSON", `{"id": [${IDS.join(", ")}], "y": [${ROWS.join()}]}`],
  [
    "JSON as pandas splits it",
    `{"columns":["id","y"],"data":[${IDS.map((id, i) => `[${id},${i}]`).join()}]}`,
  ],
])("%s", async (_, input) => {
  expect(found(await resultOf("t", input))).toEqual({
    inexact: [{ name: "id", rows: 6 }],
    long: ["id"],
    told: told("t", ["id"]),
  });
});

test("NumPy says so of each column of an array", async () => {
  const { inexact, ...rest } = found(await resultOf("ids.npz"));
  expect(inexact).toEqual([
    { name: "both1", rows: 6 },
    { name: "unsigned", rows: 6 },
  ]);
  expect(rest).toEqual({ long: ["both1", "unsigned"], told: told("ids.npz", ["both1", "unsigned"]) });
});

test.each(["ids.parquet", "ids.arrow"])(
  "%s: decimals lose what is no zero at their end, and are no ids",
  async (name) => {
    const { long, ...rest } = found(await resultOf(name));
    expect(long).toEqual(["signed", "unsigned", "whole"]);
    const lost = ["signed", "unsigned", "whole", "third"];
    expect(rest).toEqual({ inexact: lost.map((name) => ({ name, rows: 6 })), told: told(name, lost) });
  },
);

test("a query has the same numbers", () => {
  const type = (typeId: number, scale?: number) => ({ typeId, ...(scale === undefined ? {} : { scale }) });
  const decimal = (value: bigint) => ({ value });
  const table = new DuckDbTable(
    [
      { name: "signed", type: type(5) },
      { name: "whole", type: type(19, 0) },
      { name: "price", type: type(19, 18) },
      { name: "third", type: type(19, 18) },
    ],
    { name: "db", missingWords: [] },
  );
  const values = [
    IDS.map(BigInt),
    ROWS.map((i) => decimal(10n ** 19n + 7n * BigInt(i))),
    ROWS.map((i) => decimal(BigInt(10 * i * i + 5) * 10n ** 17n)),
    ROWS.map((i) => decimal(333_333_333_333_333_333n + BigInt(i))),
  ];
  table.add(6, (column) => values[column] ?? []);
  const { long, told } = found(table.result());
  expect(long).toEqual(["signed", "whole"]);
  expect(told.map(({ column }) => column)).toEqual(["signed", "whole", "third"]);
});

test("files of several formats add them up", async () => {
  const lines = new TextEncoder().encode(IDS.map((id, i) => `{"id": ${id}, "y": ${i}}\n`).join(""));
  const files = ["a.jsonl", "b.jsonl"].map((name) => ({ name, input: lines }));
  const result = await whenLoaded(() => readTable({ files }, { name: "*.jsonl" }));
  expect(found(result)).toMatchObject({ inexact: [{ name: "id", rows: 12 }], long: ["id"] });
  const arrays = ["a.npz", "b.npz"].map((name) => ({ name, input: bytesOf("ids.npz") }));
  const several = await whenLoaded(() => readTable({ files: arrays }, { name: "*.npz" }));
  expect(found(several).inexact).toEqual([
    { name: "both1", rows: 12 },
    { name: "unsigned", rows: 12 },
  ]);
});

test("of a program, its texts and whole numbers of any size", () => {
  const records = IDS.map((id, i) => ({ text: id, big: BigInt(id), y: i }));
  expect(tableFromRecords(records).inexact).toEqual([
    { name: "text", rows: 6 },
    { name: "big", rows: 6 },
  ]);
  expect(tableFromRecords([{ y: 1e300 }, { y: 5 }]).inexact).toBeUndefined();
  // Among words they stay as they are written.
  expect(tableFromRecords([{ y: "9007199254740993" }, { y: "a" }]).inexact).toBeUndefined();
});

test("large measures are no ids, nor are digits within a text of JSON", async () => {
  const lines = ROWS.map((i) => `{"mass": ${i + 1}e23, "note": "of 1234567890123456789", "y": ${i}}\n`).join(
    "",
  );
  expect(found(await resultOf("t", lines))).toEqual({ inexact: [], long: [], told: [] });
  // Beside an id in the same record, too.
  const beside = ROWS.map((i) => `{"mass": ${i + 1}e23, "id": ${IDS[i]}, "y": ${i}}\n`).join("");
  expect(found(await resultOf("t", beside)).inexact).toEqual([{ name: "id", rows: 6 }]);
});
