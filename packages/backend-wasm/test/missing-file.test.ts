import { expect, jest, test } from "@jest/globals";
import { createWasmBackend } from "@netwright/backend-wasm";
import { BackendError, compile } from "@netwright/runtime";
import { denseProgram } from "./dense-program.ts";

test("a missing .wasm file is an error that says what to do, however often it is tried", async () => {
  // The loader of tfjs prints what it throws.
  const quiet = ["error", "warn"] as const;
  for (const method of quiet) jest.spyOn(console, method).mockImplementation(() => undefined);
  const program = denseProgram({ widths: [2, 1], batches: [1] });
  const broken = createWasmBackend({ wasmPaths: "/nowhere/" });
  for (let attempt = 0; attempt < 2; attempt++) {
    const error = await compile(broken, program).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(BackendError);
    expect(error).toMatchObject({ backend: "wasm", remedy: expect.stringContaining("wasmPaths") });
    expect(String(error)).toContain("the wasm backend cannot be used here: its .wasm file does not load");
  }
});
