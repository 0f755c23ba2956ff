// Control flow, locals and the checks of the function builder; modules with several functions.

import { describe, expect, test } from "@jest/globals";
import { engine } from "../../src/wasm/engine.ts";
import { ModuleBuilder } from "../../src/wasm/module-builder.ts";
import { build } from "./run.ts";

describe("control flow", () => {
  test("a loop runs until its branch is not taken", () => {
    const { call } = build(["i32"], ["i32"], (fn) => {
      const [n, sum] = [fn.param(0), fn.local("i32")];
      fn.loop((again) => {
        fn.get(sum).get(n).op("i32.add").set(sum);
        fn.get(n).i32(1).op("i32.sub").tee(n).brIf(again);
      });
      fn.get(sum);
    });
    expect(call(10)).toBe(55);
  });

  test("a branch leaves the block that its label names", () => {
    const { call } = build(["i32"], ["i32"], (fn) => {
      fn.block((outer) => {
        fn.i32(1);
        fn.block((inner) => fn.get(fn.param(0)).brIf(inner).i32(2).br(outer));
        fn.drop("i32").i32(3);
      }, "i32");
    });
    expect(call(0)).toBe(2);
    expect(call(1)).toBe(3);
  });

  test("if with and without else, select, return", () => {
    const { call } = build(["i32"], ["i32"], (fn) => {
      fn.get(fn.param(0)).op("i32.eqz");
      fn.ifElse(() => fn.i32(7).return());
      fn.get(fn.param(0)).i32(1).op("i32.eq");
      fn.ifElse(
        () => fn.i32(10),
        () => fn.i32(20).i32(30).get(fn.param(0)).i32(2).op("i32.eq").select("i32"),
        "i32",
      );
    });
    expect([0, 1, 2, 3].map((x) => call(x))).toEqual([7, 10, 20, 30]);
  });

  test("unreachable traps", () => {
    const { call } = build([], ["i32"], (fn) => fn.unreachable());
    expect(() => call()).toThrow(engine.RuntimeError);
  });

  test("integer constants at the ends of their encodings", () => {
    for (const value of [0, 63, 64, -64, -65, 8191, 8192, 2147483647, -2147483648]) {
      expect(build([], ["i32"], (fn) => fn.i32(value)).call()).toBe(value);
      const long = BigInt(value) * 0x1_0000_0000n;
      expect(build([], ["i64"], (fn) => fn.i64(long)).call()).toBe(long);
    }
  });
});

describe("locals", () => {
  test("a scope's locals are used again, by type", () => {
    build([], [], (fn) => {
      const first = fn.scope(() => [fn.local("i32"), fn.local("v128")]);
      const second = fn.scope(() => [fn.local("v128"), fn.local("i32"), fn.local("i32")]);
      expect(second[1]).toBe(first[0]);
      expect(second[0]).toBe(first[1]);
      expect(first).not.toContain(second[2]);
    });
  });

  test("a local of an open scope is nobody else's", () => {
    build([], [], (fn) => {
      fn.scope(() => {
        const outer = fn.local("i32");
        fn.scope(() => expect(fn.local("i32")).not.toBe(outer));
      });
    });
  });
});

describe("checks while building", () => {
  test("a wrong operand is named", () => {
    expect(() => build([], [], (fn) => fn.i32(1).f32(1).op("i32.add"))).toThrow(
      'function "main": i32.add takes i32, i32, but operand 2 is f32',
    );
  });

  test("a missing operand is named", () => {
    expect(() => build([], [], (fn) => fn.i32(1).op("i32.add"))).toThrow(/the stack is empty at operand 1/);
    expect(() => build([], [], (fn) => fn.i32(1).block(() => fn.op("i32.eqz").drop("i32")))).toThrow(/empty/);
  });

  test("a value too many and a value too few at the end", () => {
    expect(() => build([], [], (fn) => fn.i32(1))).toThrow(/leaves i32 on the stack/);
    expect(() => build([], ["i32"], () => undefined)).toThrow(/the stack is empty/);
  });

  test("a branch to a label that has ended", () => {
    expect(() =>
      build([], [], (fn) => {
        const labels: { level: number }[] = [];
        fn.block((label) => labels.push(label));
        for (const label of labels) fn.br(label);
      }),
    ).toThrow(/a label that has ended/);
  });
});

describe("modules", () => {
  test("imports, calls ahead of definition, exports and data", () => {
    const module = new ModuleBuilder();
    const twice = module.importFunction("env", "twice", { params: ["i32"], results: ["i32"] });
    module.ownMemory({ initial: 1 }, "memory");
    const later = module.declare("later", { params: ["i32"], results: ["i32"] });
    module.exportFunction(
      module.func("main", { params: [], results: ["i32"] }, (fn) => fn.i32(5).call(later)),
    );
    module.define(later, (fn) => fn.get(fn.param(0)).call(twice).i32(16).mem("i32.load").op("i32.add"));
    module.data(16, new Uint8Array([100, 0, 0, 0]));
    const bytes = module.toBytes();
    expect(engine.validate(bytes)).toBe(true);
    const instance = new engine.Instance(new engine.Module(bytes), {
      env: { twice: (x: number) => 2 * x },
    });
    const main = instance.exports["main"] as () => number; // by construction
    expect(main()).toBe(110);
    expect(Object.keys(instance.exports).sort()).toEqual(["main", "memory"]);
  });

  test("mistakes are refused", () => {
    const module = new ModuleBuilder();
    const ref = module.declare("f", { params: [], results: [] });
    expect(() => module.toBytes()).toThrow('"f" is declared but not defined');
    module.define(ref, () => undefined);
    expect(() => module.define(ref, () => undefined)).toThrow('"f" is defined twice');
    expect(() => module.importFunction("env", "g", { params: [], results: [] })).toThrow(/imported before/);
  });
});
