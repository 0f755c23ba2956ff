import { expect, test } from "@jest/globals";
import { sha256 as portable } from "@noble/hashes/sha2.js";
import { sha256 } from "../src/sha256.ts";

test.each([0, 1, 63, 64, 65, 1000])("%i bytes, at once and in parts", (size) => {
  const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 31) % 251);
  const expected = [...portable(bytes)];
  const parts = sha256.create().update(bytes.subarray(0, 7)).update(bytes.subarray(7)).digest();
  expect([...sha256(bytes)]).toEqual(expected);
  expect([...parts]).toEqual(expected);
});
