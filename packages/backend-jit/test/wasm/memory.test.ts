// Loads, stores, single lanes, bulk copies and atomics, on a memory of our own.

import { describe, expect, test } from "@jest/globals";
import { accessInstructions, laneAccessInstructions } from "../../src/wasm/instructions/memory.ts";
import { type Built, build } from "./run.ts";

const view = ({ memory }: Built) => new DataView(memory.buffer);
const loads = {
  "i32.load": ["i32", -2],
  "i64.load": ["i64", -2n],
  "f32.load": ["f32", 1.5],
  "f64.load": ["f64", 0.1],
  "i32.load8_s": ["i32", -128],
  "i32.load8_u": ["i32", 128],
  "i32.load16_u": ["i32", 0xff80],
  "i32.atomic.load": ["i32", -2],
} as const;

describe("memory instructions", () => {
  test.each(Object.entries(loads))("%s reads at address plus offset", (key, [type, expected]) => {
    const name = key as keyof typeof loads; // the keys of the table above
    const built = build(["i32"], [type], (fn) => fn.get(fn.param(0)).mem(name, 24), true);
    const v = view(built);
    if (name === "f32.load") v.setFloat32(32, 1.5, true);
    else if (name === "f64.load") v.setFloat64(32, 0.1, true);
    else if (name === "i32.load8_s" || name === "i32.load8_u") v.setUint8(32, 128);
    else if (name === "i32.load16_u") v.setUint16(32, 0xff80, true);
    else v.setBigInt64(32, -2n, true);
    expect(built.call(8)).toBe(expected);
  });

  test.each([
    ["i32.store", "i32", -2, (v: DataView) => v.getInt32(32, true)],
    ["i64.store", "i64", -2n, (v: DataView) => v.getBigInt64(32, true)],
    ["f32.store", "f32", 1.5, (v: DataView) => v.getFloat32(32, true)],
    ["f64.store", "f64", 0.1, (v: DataView) => v.getFloat64(32, true)],
    ["i32.store8", "i32", 200, (v: DataView) => v.getUint8(32)],
    ["i32.store16", "i32", 60000, (v: DataView) => v.getUint16(32, true)],
    ["i32.atomic.store", "i32", -2, (v: DataView) => v.getInt32(32, true)],
  ] as const)("%s writes at address plus offset", (name, type, value, read) => {
    const built = build(["i32", type], [], (fn) => fn.get(fn.param(0)).get(fn.param(1)).mem(name, 24), true);
    built.call(8, value);
    expect(read(view(built))).toBe(value);
  });

  test.each([
    ["v128.load", [1, 2, 3, 4]],
    ["v128.load32_splat", [1, 1, 1, 1]],
    ["v128.load64_splat", [1, 2, 1, 2]],
    ["v128.load32_zero", [1, 0, 0, 0]],
    ["v128.load64_zero", [1, 2, 0, 0]],
    ["v128.load8_splat", [0x01010101, 0x01010101, 0x01010101, 0x01010101]],
  ] as const)("%s", (name, expected) => {
    const built = build([], [], (fn) => fn.i32(64).i32(4).mem(name).mem("v128.store"));
    new Int32Array(built.memory.buffer).set([9, 1, 2, 3, 4, 9]);
    built.call();
    expect([...new Int32Array(built.memory.buffer, 64, 4)]).toEqual(expected);
  });

  test.each([
    ["v128.load32_lane", 3, [0, 0, 0, 1]],
    ["v128.load64_lane", 1, [0, 0, 1, 2]],
  ] as const)("%s", (name, lane, expected) => {
    const built = build([], [], (fn) => fn.i32(64).i32(4).i32x4(0).memLane(name, 4, lane).mem("v128.store"));
    new Int32Array(built.memory.buffer).set([9, 9, 1, 2]);
    built.call();
    expect([...new Int32Array(built.memory.buffer, 64, 4)]).toEqual(expected);
  });

  test.each([
    ["v128.store32_lane", 3, [4, 0, 0]],
    ["v128.store64_lane", 1, [3, 4, 0]],
  ] as const)("%s", (name, lane, expected) => {
    const built = build([], [], (fn) => fn.i32(60).i32x4(1, 2, 3, 4).memLane(name, 4, lane));
    built.call();
    expect([...new Int32Array(built.memory.buffer, 64, 3)]).toEqual(expected);
  });

  test("bulk copy and fill", () => {
    const built = build([], [], (fn) =>
      fn.i32(0).i32(7).i32(4).memoryFill().i32(16).i32(2).i32(4).memoryCopy(),
    );
    built.call();
    expect([...new Uint8Array(built.memory.buffer, 0, 6)]).toEqual([7, 7, 7, 7, 0, 0]);
    expect([...new Uint8Array(built.memory.buffer, 16, 4)]).toEqual([7, 7, 0, 0]);
  });

  test.each([
    ["i32.atomic.rmw.add", 13],
    ["i32.atomic.rmw.sub", 7],
    ["i32.atomic.rmw.and", 2],
    ["i32.atomic.rmw.or", 11],
    ["i32.atomic.rmw.xchg", 3],
  ] as const)("%s gives the old value", (name, after) => {
    const built = build([], ["i32"], (fn) => fn.atomicFence().i32(8).i32(3).mem(name, 8), true);
    view(built).setInt32(16, 10, true);
    expect(built.call()).toBe(10);
    expect(view(built).getInt32(16, true)).toBe(after);
  });

  test("compare and exchange", () => {
    const built = build(
      ["i32"],
      ["i32"],
      (fn) => fn.i32(16).get(fn.param(0)).i32(5).mem("i32.atomic.rmw.cmpxchg"),
      true,
    );
    expect([built.call(1), view(built).getInt32(16, true)]).toEqual([0, 0]);
    expect([built.call(0), view(built).getInt32(16, true)]).toEqual([0, 5]);
  });

  test("wait returns at once when the value differs, and after its time; notify wakes nobody", () => {
    const built = build(
      ["i32"],
      ["i32"],
      (fn) => fn.i32(16).get(fn.param(0)).i64(1000n).mem("memory.atomic.wait32"),
      true,
    );
    expect(built.call(1)).toBe(1);
    expect(built.call(0)).toBe(2);
    const notify = build([], ["i32"], (fn) => fn.i32(16).i32(1).mem("memory.atomic.notify"), true);
    expect(notify.call()).toBe(0);
  });

  test("the tests above name every instruction of the tables", () => {
    expect(Object.keys(accessInstructions)).toHaveLength(30);
    expect(Object.keys(laneAccessInstructions)).toHaveLength(4);
  });

  test("a lane that does not exist is refused", () => {
    expect(() => build([], [], (fn) => fn.i32(0).i32x4(0).memLane("v128.store32_lane", 0, 4))).toThrow(
      /lanes 0 to 3, got 4/,
    );
  });
});
