// Memory that only an address tells of is freed as soon as the engine likes: what is pointed to has to be held.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "@jest/globals";
import { placed, Struct } from "../src/node/pjrt/memory.ts";
import type { Native } from "../src/node/pjrt/native.ts";

setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");

const native: Native = {
  open: () => 0,
  openAhead: () => {},
  call: () => 0,
  addressOf: (buffer) => buffer.byteLength,
  setVariable: () => {},
  read: () => new ArrayBuffer(0),
  copy: () => {},
};

/** Whether memory that nothing else knows is there after a collection, while the struct is. */
async function isThere(point: (struct: Struct<"Program">, text: string) => WeakRef<ArrayBuffer>) {
  const struct = new Struct(native, "Program");
  const memory = point(struct, "a module");
  // A weak reference holds until the end of the turn.
  await new Promise((resolve) => setTimeout(resolve, 0));
  if (typeof collect === "function") collect();
  return { isHeld: memory.deref() !== undefined, address: struct.get("code") };
}

test("a struct holds the memory that it points to", async () => {
  const held = await isThere((struct, text) => {
    const code = placed(native, text);
    struct.set("code", code);
    return new WeakRef(code.buffer);
  });
  expect(held).toEqual({ isHeld: true, address: 8 });
});
