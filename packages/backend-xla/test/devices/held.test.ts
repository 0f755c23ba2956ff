// A program on several devices of a plugin of plain memory: what is sent, to whom, and that nothing is held but the state of each.

import { describe, expect, test } from "@jest/globals";
import { createXlaBackend } from "@netwright/backend-xla";
import { Builder, type Program, tensor } from "@netwright/ir";
import { BackendError } from "@netwright/runtime";
import type { Compile } from "../../src/node/machine.ts";
import { machineOnDevices } from "../../src/node/machine-on-devices.ts";
import { Client } from "../../src/node/pjrt/client.ts";
import { compileOptions } from "../../src/node/pjrt/compile-options.ts";
import { ELEMENT_TYPES, type FunctionName } from "../../src/node/pjrt/layout.ts";
import { plainPlugin } from "../plain-plugin.ts";

const DEVICES = 3;

/** One state variable, and steps of `rows` rows. */
function program(rows: number): Program {
  const b = new Builder();
  const w = b.read("w", tensor("f32", [2]));
  const x = b.parameter("x", tensor("f32", [rows, 2]));
  const sums = b.sum(x, [0]);
  const step = b.finish("step", "step", rows, [
    { name: "w", value: b.add(w, sums) },
    { name: "loss", value: b.sum(sums) },
  ]);
  return {
    name: "sums",
    state: [{ name: "w", role: "weight", type: tensor("f32", [2]) }],
    functions: [{ ...step, writes: ["w"] }],
  };
}

function opened(rows = 6) {
  const results = [ELEMENT_TYPES.f32, ELEMENT_TYPES.f32];
  const plugin = plainPlugin({ devices: DEVICES, results: { compiled: results, loaded: results } });
  const client = new Client(plugin.native, "p.so");
  const texts: string[] = [];
  const compile: Compile = (text, take, devices) => {
    texts.push(text);
    return take(client.compile(text, devices), false);
  };
  const machine = () => machineOnDevices(client, program(rows), { compile, threads: 1 }, DEVICES);
  return { plugin, client, machine, texts };
}

test.each([0, -1, 1.5, Number.NaN])("%s devices are refused, whatever plugin there is", async (devices) => {
  const backend = createXlaBackend({ devices, keep: false });
  await expect(backend.describe()).rejects.toMatchObject({ remedy: "Give a whole number from 1 on." });
});

describe("what is held", () => {
  test("is the state on each device between calls, and nothing at the end", () => {
    const { plugin, machine } = opened();
    const made = machine();
    const call = made.call("step");
    for (let i = 0; i < 3; i++) call.run();
    made.writeState(new Map([["w", Float32Array.of(1, 2)]]));
    expect(plugin.held("buffer")).toBe(DEVICES);
    made.dispose();
    expect([plugin.held("buffer"), plugin.held("loaded"), plugin.held("executable")]).toEqual([0, 0, 0]);
  });

  test.each<[FunctionName, number]>([
    ["Client_BufferFromHostBuffer", 1],
    ["Client_BufferFromHostBuffer", 3],
    ["LoadedExecutable_Execute", 1],
    ["Buffer_ToHostBuffer", 1],
  ])("is the same where %s fails in its call %i", (name, turn) => {
    const { plugin, machine } = opened();
    const call = machine().call("step");
    call.run();
    plugin.fail({ name, turn, code: 8, text: "no memory" });
    expect(() => call.run()).toThrow("the plugin says: no memory");
    expect(plugin.held("buffer")).toBe(DEVICES);
    plugin.fail(undefined);
    call.run();
    expect(plugin.held("buffer")).toBe(DEVICES);
  });

  test("is nothing where the state does not fit on each", () => {
    const { plugin, machine } = opened();
    const made = machine();
    const call = made.call("step");
    // Three shares of the input, and then the zeros of each device.
    plugin.fail({ name: "Client_BufferFromHostBuffer", turn: 5, code: 8, text: "no memory" });
    expect(() => call.run()).toThrow("no memory");
    made.dispose();
    expect(plugin.held("buffer")).toBe(0);
  });
});

test("rows are divided where they can be, and are whole on each device otherwise", () => {
  const shares = [6, 7].map((rows) => {
    const { machine, texts } = opened(rows);
    machine().call("step").run();
    return /%arg1: .*?(\[\{.*\]>)/.exec(texts[0] ?? "")?.[1];
  });
  expect(shares).toEqual(['[{"rows"}, {}]>', "[{}, {}]>"]);
});

test("more devices than there are is an error that says how many there are", () => {
  const { client } = opened();
  client.holdDevices(3);
  const told = [plainPlugin().native, plainPlugin({ devices: 2 }).native].map((native) => {
    try {
      return new Client(native, "p.so").holdDevices(4);
    } catch (error) {
      return error instanceof BackendError ? `${error.message} | ${error.remedy}` : error;
    }
  });
  expect(told).toEqual([
    "the plugin has 1 device, and 4 are asked for | Leave `--devices` out.",
    "the plugin has 2 devices, and 4 are asked for | Take no more than there are: `--devices 2`.",
  ]);
});

test("programs for several devices name them, and are divided by Shardy", () => {
  // ExecutableBuildOptionsProto: one replica (4), two partitions (5), SPMD (6), the devices 5 and 6 (9), Shardy (19).
  const [field, length, ...build] = compileOptions([5, 6]);
  expect([field, ...build.slice(0, length)]).toEqual([
    26, 32, 1, 40, 2, 48, 1, 74, 12, 8, 1, 16, 2, 26, 2, 8, 5, 26, 2, 8, 6, 152, 1, 1,
  ]);
});
