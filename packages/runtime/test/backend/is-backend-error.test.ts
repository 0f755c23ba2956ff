import { describe, expect, test } from "@jest/globals";
import { BackendError, isBackendError } from "@netwright/runtime";

describe("isBackendError", () => {
  test("knows our own", () => {
    expect(isBackendError(new BackendError("jit", "no SIMD here", "Use wasm."))).toBe(true);
  });

  test("knows that of another copy of this package", () => {
    class Other extends Error {
      readonly remedy = "Use wasm.";
      override readonly name = "BackendError";
    }
    expect(isBackendError(new Other("no SIMD here"))).toBe(true);
  });

  test.each([
    [new Error("x")],
    [{ name: "BackendError" }],
    [{ name: "BackendError", message: "x" }],
    ["x"],
    [null],
  ])("nothing else: %p", (thrown) => {
    expect(isBackendError(thrown)).toBe(false);
  });
});
