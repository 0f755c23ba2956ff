// A program on a plugin of plain memory: whatever fails, nothing is held on the device but the state.

import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { Builder, type Program, tensor } from "@netwright/ir";
import { compileKept } from "../src/node/cache/compile-kept.ts";
import { executableCache } from "../src/node/cache/executable-cache.ts";
import { type Compile, machineOn } from "../src/node/machine.ts";
import { Client } from "../src/node/pjrt/client.ts";
import { Executable } from "../src/node/pjrt/executable.ts";
import { ELEMENT_TYPES, type FunctionName } from "../src/node/pjrt/layout.ts";
import { type PlainPlugin, plainPlugin, type Told } from "./plain-plugin.ts";

const f32 = ELEMENT_TYPES.f32;
const RESULTS = [f32, f32, f32, f32];

/** Two state variables, two inputs, two outputs. */
function program(): Program {
  const type = tensor("f32", [2]);
  const b = new Builder();
  const [v, w] = [b.read("v", type), b.read("w", type)];
  const [x, y] = [b.parameter("x", type), b.parameter("y", type)];
  const step = b.finish("step", "step", 1, [
    { name: "v", value: b.add(v, x) },
    { name: "w", value: b.add(w, y) },
    { name: "sum", value: b.add(x, y) },
    { name: "product", value: b.multiply(x, y) },
  ]);
  return {
    name: "twice",
    state: ["v", "w"].map((name) => ({ name, role: "weight", type })),
    functions: [{ ...step, writes: ["v", "w"] }],
  };
}

function opened(told: Told = { results: { compiled: RESULTS, loaded: RESULTS } }) {
  const plugin = plainPlugin(told);
  const client = new Client(plugin.native, "p.so");
  const compile: Compile = (text, take) => take(client.compile(text), false);
  return { plugin, client, compile };
}

function failing(plugin: PlainPlugin, name: FunctionName, turn: number): void {
  plugin.fail({ name, turn, code: 8, text: "no memory" });
}

describe("what is on the device", () => {
  test("is the state between two calls, and nothing at the end", () => {
    const { plugin, client, compile } = opened();
    const machine = machineOn(client, program(), { compile, threads: 1 });
    const call = machine.call("step");
    for (let i = 0; i < 3; i++) call.run();
    machine.writeState(new Map([["v", Float32Array.of(1, 2)]]));
    expect(plugin.held("buffer")).toBe(2);
    machine.dispose();
    expect(["buffer", "loaded", "executable"].map((kind) => plugin.held(kind as "buffer"))).toEqual([
      0, 0, 0,
    ]);
  });

  test.each([
    ["Client_BufferFromHostBuffer", 1],
    ["Client_BufferFromHostBuffer", 2],
    ["LoadedExecutable_Execute", 1],
    ["Buffer_ToHostBuffer", 1],
    ["Buffer_ToHostBuffer", 2],
  ] as const)("is the state where %s fails in its call %i, and the next call works", (name, turn) => {
    const { plugin, client, compile } = opened();
    const machine = machineOn(client, program(), { compile, threads: 1 });
    const call = machine.call("step");
    call.run();
    failing(plugin, name, turn);
    expect(() => call.run()).toThrow("the plugin says: no memory");
    expect(plugin.held("buffer")).toBe(2);
    plugin.fail(undefined);
    call.run();
    expect(plugin.held("buffer")).toBe(2);
  });

  test("is nothing where the state does not fit", () => {
    const { plugin, client, compile } = opened();
    const machine = machineOn(client, program(), { compile, threads: 1 });
    const call = machine.call("step");
    // Two inputs are sent, and then the zeros of the first variable; the second one has no place.
    failing(plugin, "Client_BufferFromHostBuffer", 4);
    expect(() => call.run()).toThrow("no memory");
    machine.dispose();
    expect(plugin.held("buffer")).toBe(0);
  });
});

describe("a call that is begun", () => {
  test("leaves its results on the device until it is waited for, in any order", () => {
    const { plugin, compile } = opened();
    const client = new Client(plugin.native, "p.so", { asynchronous: true });
    const machine = machineOn(client, program(), { compile, threads: 1 });
    const { begin } = machine.call("step");
    const waits = [begin?.(), begin?.(), begin?.()];
    // The state, and two results of each.
    expect(plugin.held("buffer")).toBe(2 + 3 * 2);
    for (const [i, turn] of [2, 0, 1].entries()) {
      waits[turn]?.();
      expect(plugin.held("buffer")).toBe(2 + (2 - i) * 2);
    }
    failing(plugin, "Buffer_ToHostBuffer", 1);
    expect(begin?.()).toThrow("no memory");
    expect(plugin.held("buffer")).toBe(2);
  });

  test("is there where a client comes back before it is done", () => {
    const machine = (told: Partial<Told>, asynchronous: boolean) => {
      const { plugin, compile } = opened({ results: { compiled: RESULTS, loaded: RESULTS }, ...told });
      const client = new Client(plugin.native, "p.so", { asynchronous });
      return machineOn(client, program(), { compile, threads: 1 });
    };
    expect(machine({ platform: "cpu" }, false).call("step").begin).toBeUndefined();
    expect(machine({ platform: "cpu" }, true).call("step").begin).toBeDefined();
    expect(machine({ platform: "cuda" }, false).call("step").begin).toBeDefined();
  });
});

test("a program is given numbers of its parameters' types alone: a plugin looks at the size", () => {
  const { client, compile } = opened({ results: { compiled: [f32], loaded: [f32] } });
  const type = tensor("f32", [2]);
  const executable = compile(
    "",
    (loaded) => new Executable(client, loaded, { parameters: [type], results: [type] }),
  );
  const whole = client.send(client.host(tensor("i32", [2])));
  expect(() => executable.run([whole])).toThrow("argument 0 is tensor<2xi32>, expected tensor<2xf32>");
});

describe("what is kept of compiled programs", () => {
  const file = () => {
    const root = mkdtempSync(join(tmpdir(), "netwright-xla-"));
    const path = join(root, "p.so");
    writeFileSync(path, "");
    return { root, path, folder: join(root, "executables") };
  };
  const run = ({ root, path, folder }: ReturnType<typeof file>, told: Told) => {
    const { plugin, client } = opened(told);
    const compile = compileKept(client, { path, threads: 1 }, executableCache(folder, root));
    const machine = machineOn(client, program(), { compile, threads: 1 });
    machine.call("step").run();
    machine.dispose();
    return {
      compiled: plugin.calls.filter((name) => name === "Client_Compile").length,
      loaded: plugin.held("loaded"),
    };
  };

  test("is compiled again where it gives other results, and both are destroyed", () => {
    const place = file();
    const good = { results: { compiled: RESULTS, loaded: RESULTS } };
    expect(run(place, good)).toEqual({ compiled: 1, loaded: 0 });
    expect(run(place, good)).toEqual({ compiled: 0, loaded: 0 });
    const others = { results: { compiled: RESULTS, loaded: [f32] } };
    expect(run(place, others)).toEqual({ compiled: 1, loaded: 0 });
    expect(readdirSync(place.folder)).toHaveLength(1);
  });

  test("is of one version of the platform, such as a driver", () => {
    const place = file();
    const of = (platformVersion: string) =>
      run(place, { platformVersion, results: { compiled: RESULTS, loaded: RESULTS } }).compiled;
    expect([of("cuda 12"), of("cuda 13"), of("cuda 12")]).toEqual([1, 1, 0]);
  });

  test("is nothing of a plugin that cannot write it down, which computes all the same", () => {
    const { root, path, folder } = file();
    const { plugin, client } = opened();
    plugin.fail({ name: "Executable_Serialize", code: 12, text: "not implemented" });
    const compile = compileKept(client, { path, threads: 1 }, executableCache(folder, root));
    machineOn(client, program(), { compile, threads: 1 }).call("step").run();
    expect(readdirSync(folder)).toEqual([]);
    expect(plugin.held("executable")).toBe(0);
  });
});
