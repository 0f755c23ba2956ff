import { expect, test } from "@jest/globals";
import { placesOf } from "@netwright/definitions";

test("each value has its places, in order", () => {
  expect([...placesOf(Float64Array.of(2, 0, 2, 1, 0))]).toEqual([
    [2, [0, 2]],
    [0, [1, 4]],
    [1, [3]],
  ]);
  expect([...placesOf([])]).toEqual([]);
});
