// Why a module is not compiled: each cause has words of its own, found without those of the engine.

import { describe, expect, jest, test } from "@jest/globals";
import { jitBackend } from "@netwright/backend-jit";
import { BackendError, compile } from "@netwright/runtime";
import { type Compiler, compileModule } from "../src/compile-module.ts";
import { engine } from "../src/wasm/engine.ts";
import { beyondLimits } from "../src/wasm/limits.ts";
import { ModuleBuilder } from "../src/wasm/module-builder.ts";
import { programOf } from "./models.ts";

function moduleOf(words: number, locals = 0): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder();
  module.exportFunction(
    module.func("run", { params: [], results: [] }, (fn) => {
      for (let i = 0; i < locals; i++) fn.local(i % 2 === 0 ? "i32" : "f32");
      const local = fn.local("i32");
      for (let i = 0; i < words; i++) fn.i32(2 ** 30).set(local);
    }),
  );
  return module.toBytes();
}

/** Refuses as an engine does whose compiler says so of every module that `refuses` picks. */
function refusing(
  error: Error,
  {
    refuses = () => true,
    hasSimd = true,
  }: { refuses?: (bytes: Uint8Array) => boolean; hasSimd?: boolean } = {},
): Compiler {
  const refuse = (bytes: Uint8Array) => {
    if (refuses(bytes)) throw error;
  };
  return {
    ...{ CompileError: engine.CompileError, validate: () => hasSimd },
    Module: class extends engine.Module {
      constructor(bytes: Uint8Array<ArrayBuffer>) {
        refuse(bytes);
        super(bytes);
      }
    },
    compile: async (bytes) => {
      refuse(bytes);
      return engine.compile(bytes);
    },
  };
}

async function thrown(bytes: Uint8Array<ArrayBuffer>, compiler?: Compiler): Promise<unknown> {
  return compileModule(bytes, compiler).then(
    () => undefined,
    (error: unknown) => error,
  );
}

const small = moduleOf(1);
const isOurs = (bytes: Uint8Array) => bytes.length === small.length;

test("a sound module is compiled, at once and beside the thread", async () => {
  expect(await thrown(small)).toBeUndefined();
  const large = moduleOf(700_000);
  expect(large.length).toBeGreaterThan(1 << 22);
  expect(await thrown(large)).toBeUndefined();
});

describe("an engine's refusal", () => {
  const said = new engine.CompileError("Compiling function #0 failed: as it likes to say it");

  test("without SIMD is told so", async () => {
    const error = await thrown(small, refusing(said, { hasSimd: false }));
    expect(error).toBeInstanceOf(BackendError);
    expect(error).toMatchObject({
      message: "this engine does not take WebAssembly with 128-bit SIMD",
      remedy: "Update Node or the browser, or use another backend.",
    });
  });

  test("of every module is what its host forbids", async () => {
    const error = await thrown(small, refusing(said));
    expect(error).toBeInstanceOf(BackendError);
    expect(error).toMatchObject({ message: `WebAssembly may not be compiled here: ${said.message}` });
    expect((error as BackendError).remedy).toContain("'wasm-unsafe-eval'");
  });

  test("of memory, as WebKit's, is told in the same words, and lack of memory as such", async () => {
    const program = programOf({ inputs: 1, flow: "dense(1)", train: "loss: mse" }, { predict: [1] });
    const memory = async (error: Error) => {
      const refused = jest.spyOn(engine, "Memory").mockImplementation(() => {
        throw error;
      });
      try {
        return await compile(jitBackend, program).catch((thrown: unknown) => thrown);
      } finally {
        refused.mockRestore();
      }
    };
    const policy = await memory(new EvalError("Refused to create a WebAssembly object"));
    expect(policy).toMatchObject({
      message: "WebAssembly may not be compiled here: Refused to create a WebAssembly object",
      remedy: expect.stringContaining("'wasm-unsafe-eval'"),
    });
    expect(await memory(new RangeError("could not allocate memory"))).toMatchObject({ lacks: "memory" });
  });

  test("of this one alone is a mistake of ours, with what the engine says", async () => {
    const error = await thrown(small, refusing(said, { refuses: isOurs }));
    expect(error).not.toBeInstanceOf(BackendError);
    expect(error).toMatchObject({
      message: `the engine refuses the module that was made for it: ${said.message}`,
      cause: said,
    });
  });

  test("for lack of room is one of memory", async () => {
    const error = await thrown(
      small,
      refusing(new RangeError("Out of memory: as it says"), { refuses: isOurs }),
    );
    expect(error).toMatchObject({ lacks: "memory" });
    expect(String(error)).toContain("Out of memory: as it says");
  });

  test("that is none stays what it is", async () => {
    const other = new TypeError("a mistake elsewhere");
    expect(await thrown(small, refusing(other))).toBe(other);
  });
});

test("the engine that is here refuses a module that is none, and says why", async () => {
  const damaged = small.slice();
  damaged[damaged.length - 1] = 0xff;
  const error = await thrown(damaged);
  expect(error).not.toBeInstanceOf(BackendError);
  expect(error).toHaveProperty("cause", expect.any(engine.CompileError));
});

test("a function that is too large for any engine is so for the one that is here", async () => {
  const bytes = moduleOf(1_100_000);
  expect(await thrown(bytes)).toMatchObject({
    lacks: "memory",
    message: expect.stringMatching(
      /^the program is too large: a function of its module has \d{7,} bytes, and engines take 7654321$/,
    ),
  });
});

test("and one of too many variables, counted over all of their types", async () => {
  expect(beyondLimits(moduleOf(1, 49_000))).toBeNull();
  const bytes = moduleOf(1, 50_001);
  expect(await thrown(bytes)).toMatchObject({
    lacks: "memory",
    message: "the program is too large: a function of its module has 50002 variables, and engines take 50000",
  });
});

describe("a module that only the engine finds wrong", () => {
  const refused = refusing(new engine.CompileError("type error in f0"), { refuses: isOurs });
  const found = (check: () => void) =>
    compileModule(small, refused, check).then(
      () => undefined,
      (error: unknown) => error,
    );

  test("is checked by us, who know the place", async () => {
    const ours = new Error("f0, instruction 3: i32 where f32 is wanted");
    const check = () => {
      throw ours;
    };
    expect(await found(check)).toBe(ours);
  });

  test("is told in the engine's words where we find nothing", async () => {
    expect(await found(() => {})).toMatchObject({ message: expect.stringContaining("type error in f0") });
  });
});
