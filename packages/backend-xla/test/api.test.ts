// Whom the client works with: versions, functions that are not there, errors, told by a plugin of plain memory.

import { describe, expect, test } from "@jest/globals";
import { BackendError } from "@netwright/runtime";
import { Api } from "../src/node/pjrt/api.ts";
import { Client } from "../src/node/pjrt/client.ts";
import { compileOptions, LIBRARY_OPTION } from "../src/node/pjrt/compile-options.ts";
import { plainPlugin } from "./plain-plugin.ts";

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
    expect(new Api(plainPlugin({ version: [0, 200] }).native, "p.so").version).toBe("0.200");
    const older = new Api(plainPlugin({ version: [0, 81], slots: 91 }).native, "p.so");
    expect(older.has("Executable_OutputElementTypes")).toBe(true);
  });

  test("another API is refused, and so is one without what is needed", () => {
    expect(refusal(() => new Api(plainPlugin({ version: [1, 0] }).native, "p.so"))).toContain(
      "the plugin p.so has version 1.0 of PJRT; this backend is made for 0",
    );
    expect(refusal(() => new Api(plainPlugin({ slots: 60 }).native, "p.so"))).toContain(
      "has no Executable_OutputElementTypes, Buffer_ToHostBuffer | Take a newer plugin",
    );
  });
});

test.each([
  [8, "Take a smaller batch"],
  [12, "take another plugin"],
  [13, "Try again"],
])("an error with code %i says what the plugin says, and what to do", (code, remedy) => {
  const plugin = plainPlugin();
  plugin.fail({ name: "Client_Create", code, text: "out of everything" });
  const api = new Api(plugin.native, "p.so");
  const told = refusal(() => api.invoke("Client_Create"));
  expect(told).toContain("the plugin says: out of everything | ");
  expect(told).toContain(remedy);
});

test.each([
  [3, "takes no options", 2],
  [12, "takes no options", 2],
  [8, "has no memory", 1],
  [14, "has no device", 1],
])(
  "a client is made without options where code %i says that the plugin %s, and once otherwise",
  (code, text, times) => {
    const plugin = plainPlugin();
    plugin.fail({ name: "Client_Create", code, text, turn: 1 });
    const told = refusal(() => new Client(plugin.native, "p.so"));
    expect(plugin.calls.filter((name) => name === "Client_Create")).toHaveLength(times);
    expect(told).toContain(times === 2 ? "none" : text);
  },
);

test("a plugin of the processor that knows no library's name compiles all the same, and is asked once", () => {
  const plugin = plainPlugin({ platform: "cpu" });
  const client = new Client(plugin.native, "p.so");
  const text = `No such compile option: '${LIBRARY_OPTION}'`;
  plugin.fail({ name: "Client_Compile", turn: 1, code: 3, text });
  const compiled = () => plugin.calls.filter((name) => name === "Client_Compile").length;
  client.compile("");
  expect(compiled()).toBe(2);
  client.compile("");
  expect(compiled()).toBe(3);
  plugin.fail({ name: "Client_Compile", code: 3, text: "no module" });
  expect(() => client.compile("")).toThrow("no module");
  expect(compiled()).toBe(4);
});

test("every program is compiled so that a maximum keeps NaN", () => {
  expect(new TextDecoder().decode(compileOptions())).toContain(LIBRARY_OPTION);
  const bytes = compileOptions([], false);
  expect(new TextDecoder().decode(bytes)).toContain("xla_cpu_enable_fast_min_max");
  // CompileOptionsProto: executable_build_options (3) of one replica and one partition, then the override (7): false.
  expect([...bytes.slice(0, 6)]).toEqual([26, 4, 32, 1, 40, 1]);
  expect([...bytes.slice(-4)]).toEqual([18, 2, 16, 0]);
});
