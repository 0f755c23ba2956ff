// One body at several addresses.

import { expect, test } from "@jest/globals";
import { engine } from "../../src/wasm/engine.ts";
import { openAddress } from "../../src/wasm/function-body.ts";
import { ModuleBuilder } from "../../src/wasm/module-builder.ts";

const NUMBER = { params: [], results: ["i32"] } as const;

test("addresses are put in as constants and as offsets, small and above 2 GiB, with what is added to them", () => {
  const module = new ModuleBuilder();
  module.ownMemory({ initial: 1 });
  const [from, to] = [openAddress(0), openAddress(1)];
  const body = module.body("copy", NUMBER, (fn) => {
    fn.i32(0)
      .i32(0)
      .mem("i32.load", from + 4)
      .mem("i32.store", to + 8);
    fn.i32(to + 12)
      .i32(from)
      .op("i32.sub");
  });
  const add = (name: string, addresses: readonly number[]) =>
    module.exportFunction(module.add(name, NUMBER, body, addresses));
  add("near", [0, 40]);
  add("far", [1000, 30_000]);
  add("huge", [0, 2 ** 31 + 2 ** 30]);
  const { exports } = new engine.Instance(new engine.Module(module.toBytes()));
  const call = (name: string) => (exports[name] as () => number)();
  expect(call("near")).toBe(52);
  expect(call("far")).toBe(29_012);
  // The last one writes outside of the memory, as its address says.
  expect(() => call("huge")).toThrow(engine.RuntimeError);
});

test("a body without a place for its addresses is refused", () => {
  const module = new ModuleBuilder();
  expect(() => module.func("f", NUMBER, (fn) => fn.i32(openAddress(0)))).toThrow(/open address/);
});
