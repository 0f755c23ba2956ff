// Whom the client works with: versions, functions that are not there, errors, told by a plugin of plain memory.

import { describe, expect, test } from "@jest/globals";
import { BackendError } from "@netwright/runtime";
import { Api } from "../src/node/pjrt/api.ts";
import { compileOptions } from "../src/node/pjrt/compile-options.ts";
import { API, SLOTS } from "../src/node/pjrt/layout.ts";
import type { Native } from "../src/node/pjrt/native.ts";

interface Told {
  readonly version?: readonly [number, number];
  /** Functions that it has: all before this slot. */
  readonly slots?: number;
  /** The function that fails, with a code and a text. */
  readonly failing?: { readonly slot: number; readonly code: number; readonly text: string };
}

const TABLE = 4096;
const TEXT = 65536;
const ERROR = 77;

/** Addresses that it hands out stand for buffers; a function's address is its slot and 1000. */
function plugin({ version = [0, 115], slots = 120, failing }: Told): Native {
  const buffers = new Map<number, ArrayBuffer>();
  const head = new DataView(new ArrayBuffer(API.functions));
  head.setBigUint64(API.size, BigInt(API.functions + 8 * slots), true);
  head.setInt32(API.major, version[0], true);
  head.setInt32(API.minor, version[1], true);
  const table = BigUint64Array.from({ length: slots }, (_, slot) => BigInt(1000 + slot));
  return {
    open: () => TABLE,
    call: (pointer, argument) => {
      const slot = pointer - 1000;
      const struct = new DataView(buffers.get(argument) ?? new ArrayBuffer(256));
      if (slot === SLOTS.Error_Message) {
        struct.setUint32(24, TEXT, true);
        struct.setUint32(32, failing?.text.length ?? 0, true);
      }
      if (slot === SLOTS.Error_GetCode) struct.setInt32(24, failing?.code ?? 0, true);
      return slot === failing?.slot ? ERROR : 0;
    },
    addressOf: (buffer) => {
      const address = 1_000_000 + buffers.size;
      buffers.set(address, buffer);
      return address;
    },
    read: (address) =>
      address === TABLE
        ? head.buffer
        : address === TEXT
          ? new TextEncoder().encode(failing?.text ?? "").buffer
          : table.buffer,
  };
}

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof BackendError) return `${error.message} | ${error.remedy}`;
    throw error;
  }
  return "none";
}

describe("versions", () => {
  test("newer and older plugins of the same major number are taken, by the functions that they have", () => {
    expect(new Api(plugin({ version: [0, 200] }), "p.so").version).toBe("0.200");
    const older = new Api(plugin({ version: [0, 81], slots: 95 }), "p.so");
    expect(older.has("Executable_OutputElementTypes")).toBe(true);
    expect(older.has("Executable_GetCompiledMemoryStats")).toBe(false);
  });

  test("another API is refused, and so is one without what is needed", () => {
    expect(refusal(() => new Api(plugin({ version: [1, 0] }), "p.so"))).toContain(
      "the plugin p.so has version 1.0 of PJRT; this backend is made for 0",
    );
    expect(refusal(() => new Api(plugin({ slots: 60 }), "p.so"))).toContain(
      "has no Executable_OutputElementTypes, Buffer_ToHostBuffer | Take a newer plugin",
    );
  });
});

test.each([
  [8, "Take a smaller batch"],
  [12, "take another plugin"],
  [13, "Try again"],
])("an error with code %i says what the plugin says, and what to do", (code, remedy) => {
  const failing = { slot: SLOTS.Client_Create, code, text: "out of everything" };
  const api = new Api(plugin({ failing }), "p.so");
  const told = refusal(() => api.invoke("Client_Create"));
  expect(told).toContain("the plugin says: out of everything | ");
  expect(told).toContain(remedy);
});

test("every program is compiled so that a maximum keeps NaN", () => {
  const bytes = compileOptions();
  expect(new TextDecoder().decode(bytes)).toContain("xla_cpu_enable_fast_min_max");
  // CompileOptionsProto: executable_build_options (3) of one replica and one partition, then the override (7): false.
  expect([...bytes.slice(0, 6)]).toEqual([26, 4, 32, 1, 40, 1]);
  expect([...bytes.slice(-4)]).toEqual([18, 2, 16, 0]);
});
