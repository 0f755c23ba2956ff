import { expect, test } from "@jest/globals";
import { sha256 } from "@noble/hashes/sha2.js";
import { createSha256 } from "../src/sha256.ts";

test.each([0, 1, 63, 64, 65, 1000])("%i bytes, at once and in parts", (size) => {
  const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 31) % 251);
  const expected = [...sha256(bytes)];
  const parts = createSha256().update(bytes.subarray(0, 7)).update(bytes.subarray(7)).digest();
  expect([...createSha256().update(bytes).digest()]).toEqual(expected);
  expect([...parts]).toEqual(expected);
});
