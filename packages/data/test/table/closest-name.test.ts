// "Did you mean": near enough, and not farther.

import { describe, expect, test } from "@jest/globals";
import { closestName } from "../../src/table/closest-name.ts";

const names = ["Cement", "FlyAsh", "CoarseAggregate", "FineAggregate", "Age", "CompressiveStrength"];

describe("closestName", () => {
  test.each([
    ["Cemnet", "Cement"],
    ["cement", "Cement"],
    ["fly_ash", "FlyAsh"],
    ["Fine Aggregate", "FineAggregate"],
    ["CompresiveStrenght", "CompressiveStrength"],
    ["Ag", "Age"],
  ])("%s is %s", (typed, meant) => expect(closestName(typed, names)).toBe(meant));

  test.each(["Water", "x", "Temperature", ""])("%j is none of them", (typed) =>
    expect(closestName(typed, names)).toBeUndefined(),
  );
});
