// Arrays of NumPy.

import { expect, test } from "@jest/globals";
import { bytesOf, complaintsOf, read } from "./support.ts";

const MATRIX = { column1: [1.5, -0, 1e300], column2: [2, Number.NaN, 3] };

test.each([
  ["f8", MATRIX],
  ["f8-fortran", MATRIX],
  ["f8-big", MATRIX],
  ["f4", { column1: [0.5, 1.25, -3] }],
  ["f2", { column1: [1.5, -0, 2 ** -24, Number.POSITIVE_INFINITY, Number.NaN] }],
  ["i8", { column1: [1, -2, 2 ** 53] }],
  ["u8", { column1: [0, 2 ** 63, 7] }],
  ["i2-big", { column1: [1, -2, 300] }],
  ["bool", { column1: [1, 0, 1] }],
  ["text", { column1: ["a", "", "bä😀"] }],
])("%s", async (name, expected) => {
  expect((await read(`${name}.npy`)).columns).toEqual(expected);
});

test.each(["arrays.npz", "packed.npz"])("%s: a matrix is a column for each of its own", async (name) => {
  expect((await read(name)).columns).toEqual({ x1: [0, 2, 4], x2: [1, 3, 5], y: [1, 0, 1] });
});

test.each(["cube.npy", "cube-fortran.npy"])(
  "%s: a row of an array of pictures is its numbers, the last dimension first",
  async (name) => {
    const { columns } = await read(name);
    expect(columns).toEqual(
      Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`column${i + 1}`, [i, i + 12]])),
    );
  },
);

test.each([
  ["bytes.npy", "holds bytes (`|S2`)"],
  ["complex.npy", "holds complex numbers (`<c16`)"],
  ["dates.npy", "holds dates (`<M8[D]`)"],
  ["objects.npy", "holds objects of Python (`|O`)"],
  ["structured.npy", "holds a structured array"],
  ["uneven.npz", "`x` has 3 rows and `y` has 2"],
  ["i8.npy", "NW0673"],
])("%s is refused by name, or told", async (name, message) => {
  expect((await complaintsOf(name))[0]).toContain(message);
});

test("what is cut short, at any place, is a problem and no exception", async () => {
  for (const name of ["f8.npy", "text.npy", "packed.npz"]) {
    const bytes = bytesOf(name);
    for (let length = 8; length < bytes.length; length += 7) {
      const complaints = await complaintsOf(name, bytes.slice(0, length));
      expect(complaints[0]).toMatch(/^NW06/);
    }
  }
});
