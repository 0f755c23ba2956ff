// A run as the first release saved it, with encoders of version 1: it is loaded, and predicts what it did.

import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { load } from "netwright";

const saved = fileURLToPath(new URL("./format-1", import.meta.url));
const input = [
  { a: 1, b: 2, c: 3, d: 0.5 },
  { a: -2, b: null, c: 10, d: 1 },
];

test.each(["reference", "jit"])("predicts the same bits on %s", async (backend) => {
  const model = load(saved, { backend });
  expect(await model.predict(input)).toEqual([{ y: 8.524704830370139 }, { y: 3.5953564015754216 }]);
  await model.dispose();
});

test("its contract is held against new data", async () => {
  await expect(load(saved).predict({ a: 11, b: 2, c: 3, d: 1 })).rejects.toThrow("maximum of 10 m");
  await expect(load(saved).predict({ a: 1, b: 2, c: 3, d: "one" })).rejects.toThrow(
    "where a number is expected",
  );
});
