// Columns of whole numbers.

import { expect, test } from "@jest/globals";
import { encodeInput, prepare, readEncoders, writeEncoders } from "../../src/index.ts";
import { described, opened, planOf, prepared, problemsOf, table } from "../support.ts";

const columns = { rooms: described("integer", { min: 1, max: 9, unit: "rooms" }) };
const rooms = table("rooms,y\n1,1\n3,2\n5.0,3\n");

test("whole numbers are numbers like others, also as 5.0", () => {
  const { encoders, splits } = prepared(rooms, { columns, scale: "none" });
  expect(splits.train.x).toEqual(Float32Array.of(1, 3, 5));
  expect(encoders.fitted.features[0]?.contract).toEqual({ unit: "rooms", min: 1, max: 9, whole: true });
  // A column of numbers says nothing of it, so that what was saved of one stays as it is.
  const other = prepared(rooms, { columns: { rooms: described("number") } }).encoders;
  expect(other.fitted.features[0]?.contract).toEqual({ unit: null, min: null, max: null });
});

test("a fraction is an error where it stands, when training and when predicting", () => {
  const bad = table("rooms,y\n1,1\n2.5,2\n3.5,3\n");
  expect(problemsOf(prepare(bad, planOf({ columns })))).toMatchObject([
    {
      code: "NW0652",
      row: 2,
      line: 3,
      column: "rooms",
      setting: "columns.rooms",
      message:
        "In row 2 (line 3) of `data.csv`, column `rooms` is 2.5 rooms, and the model states whole numbers.",
    },
  ]);
  const read = readEncoders(writeEncoders(prepared(rooms, { columns }).encoders.fitted));
  if ("problems" in read) throw new Error("not read");
  const encoders = opened(read.encoders);
  expect(problemsOf(encodeInput(encoders, [{ rooms: 2 }, { rooms: 2.5 }]))).toMatchObject([
    { code: "NW0652", row: 2 },
  ]);
  expect(problemsOf(encodeInput(encoders, [{ rooms: 10 }]))).toMatchObject([{ code: "NW0633" }]);
});

test("what says otherwise in a saved run is damaged", () => {
  const text = writeEncoders(prepared(rooms, { columns }).encoders.fitted);
  const read = readEncoders(text.replace('"whole":true', '"whole":1'));
  expect(problemsOf(read)).toMatchObject([{ code: "NW0660" }]);
});
