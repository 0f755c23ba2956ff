// Explaining and timing a program on a plugin: what it tells, what it leaves out, and that nothing stays on the device.

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { createXlaBackend } from "@netwright/backend-xla";
import { Builder, type Program, tensor } from "@netwright/ir";
import { canExplain, canProfile } from "@netwright/runtime";
import { compileKept } from "../../src/node/cache/compile-kept.ts";
import { executableCache } from "../../src/node/cache/executable-cache.ts";
import { explainProgram } from "../../src/node/explain/explain-program.ts";
import { profileStep } from "../../src/node/explain/profile-step.ts";
import { type Compile, machineOn } from "../../src/node/machine.ts";
import { Client } from "../../src/node/pjrt/client.ts";
import { ELEMENT_TYPES } from "../../src/node/pjrt/layout.ts";
import { plainPlugin, type Told } from "../plain-plugin.ts";
import { describeWithPlugin } from "../with-plugin.ts";

const f32 = ELEMENT_TYPES.f32;

/** A weight of 3 numbers, which a step with two rows adds what it is fed to. */
function program(): Program {
  const type = tensor("f32", [3]);
  const b = new Builder();
  const w = b.read("layer.w", type);
  const x = b.at({ layer: "layer" }, () => b.parameter("x", tensor("f32", [2, 3])));
  const written = b.at({ layer: "optimizer" }, () => b.add(w, b.reduce(x, "sum", [0])));
  const step = b.finish("step_2", "step", 2, [
    { name: "layer.w", value: written },
    { name: "loss", value: b.reduce(w, "sum", [0]) },
  ]);
  return {
    name: "adding",
    state: [{ name: "layer.w", role: "weight", type }],
    functions: [{ ...step, writes: ["layer.w"] }],
  };
}

function opened(told: Told = {}) {
  const plugin = plainPlugin({ results: { compiled: [f32, f32], loaded: [f32, f32] }, ...told });
  const client = new Client(plugin.native, "p.so");
  const compile: Compile = (text, take) => take(client.compile(text), false);
  const held = () => (["buffer", "loaded", "executable"] as const).map((kind) => plugin.held(kind));
  return { plugin, client, compile, held };
}

function timing(client: Client, compile: Compile) {
  const options = { compile, threads: 1, devices: 1 };
  return { ...options, machine: () => machineOn(client, program(), options) };
}

const memory = { arguments: 36, outputs: 16, aliases: 12, temporary: 24, code: 4096 };

describe("explaining on a plugin", () => {
  test("that tells nothing of what it has made", () => {
    const { plugin, client, compile, held } = opened();
    plugin.fail({ name: "Executable_GetCostAnalysis", code: 12, text: "not implemented" });
    const { functions } = explainProgram(client, program(), { compile, threads: 2, devices: 1 });
    expect(functions).toMatchObject([
      {
        name: "step_2",
        batch: 2,
        kernels: [],
        flops: 0,
        compiled: { kept: false, shown: false, analysed: false },
      },
    ]);
    expect(held()).toEqual([0, 0, 0]);
  });

  test("that is older than these functions", () => {
    const { client, compile } = opened({ slots: 91 });
    const { functions } = explainProgram(client, program(), { compile, threads: 2, devices: 1 });
    expect(functions[0]?.compiled).not.toHaveProperty("memory");
  });

  test("that shows it in another way, or in bytes that cannot be read", () => {
    for (const told of [
      { format: "mlir", bytes: Uint8Array.of(1) },
      { format: "hlo", bytes: Uint8Array.of(255) },
    ]) {
      const { client, compile, held } = opened({ program: told });
      expect(
        explainProgram(client, program(), { compile, threads: 1, devices: 1 }).functions[0],
      ).toMatchObject({
        kernels: [],
        compiled: { shown: false },
      });
      expect(held()).toEqual([0, 0, 0]);
    }
  });

  test("that counts memory: what is beside the state is what is fed, results of their own, and temporary", () => {
    const { client, compile } = opened({ memory });
    const explained = explainProgram(client, program(), { compile, threads: 2, devices: 1 });
    expect(explained.functions[0]?.compiled?.memory).toEqual({
      ...{ arguments: 36, results: 16, reused: 12, temporary: 24, code: 4096 },
    });
    expect(explained.memory).toEqual({ state: 12, constants: 0, arena: 24 + 4 + 24, total: 64, limit: null });
  });

  test("says of a program whether it was compiled at an earlier time", () => {
    const root = mkdtempSync(join(tmpdir(), "netwright-xla-explain-"));
    const path = join(root, "p.so");
    writeFileSync(path, "a plugin");
    const kept = (threads: number) => {
      const { client } = opened();
      const compile = compileKept(
        client,
        { path, threads },
        executableCache(join(root, "executables"), root),
      );
      return explainProgram(client, program(), { compile, threads, devices: 1 }).functions[0]?.compiled?.kept;
    };
    // Loops are divided by the number of threads, so what is compiled for one is not for two.
    expect([kept(1), kept(1), kept(2), kept(2)]).toEqual([false, true, false, true]);
  });
});

test("the parts of a step are a step, and nothing stays on the device", () => {
  const { client, compile, held } = opened();
  const batches = [{ rows: 2, feeds: { x: new Float32Array(6) } }];
  const state = new Map([["layer.w", new Float32Array(3)]]);
  const {
    parts = [],
    steps,
    seconds,
  } = profileStep(client, program(), { state, batches, seconds: 0 }, timing(client, compile));
  expect(parts.map(({ part }) => part)).toEqual([
    "send rows",
    "execute",
    "wait for results",
    "receive results",
    "free old state",
    "between the calls",
  ]);
  expect(parts.every((part) => part.seconds >= 0)).toBe(true);
  expect(steps).toBe(6);
  expect(seconds).toBeGreaterThan(0);
  expect(held()).toEqual([0, 0, 0]);
});

test("a step is timed on batches that it is for", () => {
  const { client, compile } = opened();
  const batches = [{ rows: 5, feeds: { x: new Float32Array(15) } }];
  expect(() =>
    profileStep(client, program(), { state: new Map(), batches }, timing(client, compile)),
  ).toThrow("has no step function for all 1 batches");
});

describeWithPlugin("a program that XLA has compiled", () => {
  test("for several devices is that of one of them, with its share of the rows", async () => {
    const two = createXlaBackend({ keep: false, devices: 2 });
    if (!canExplain(two) || !canProfile(two)) throw new Error("xla explains and profiles");
    const [step] = (await two.explain(program())).functions;
    expect(step?.compiled?.memory).toMatchObject({ arguments: 12 + 12 });
    const batches = [{ rows: 2, feeds: { x: new Float32Array(6) } }];
    const { parts } = await two.profile(program(), { state: new Map(), batches, seconds: 0 });
    expect(parts).toHaveLength(6);
  });

  const backend = createXlaBackend({ keep: false });

  test("has kernels of the program's layers, and memory for its state", async () => {
    if (!canExplain(backend)) throw new Error("xla explains");
    const { functions, memory: needed } = await backend.explain(program());
    const [step] = functions;
    expect(step?.kernels.flatMap(({ updates }) => updates)).toEqual(["layer.w"]);
    expect(step?.kernels.flatMap(({ layers }) => layers)).toContain("optimizer");
    expect(step?.compiled?.memory).toMatchObject({ arguments: 12 + 24, reused: 12 });
    expect(needed.state).toBe(12);
  });

  test("is timed as a whole and in parts", async () => {
    if (!canProfile(backend)) throw new Error("xla profiles");
    const {
      parts = [],
      seconds,
      processor,
    } = await backend.profile(program(), {
      state: new Map(),
      batches: [{ rows: 2, feeds: { x: new Float32Array(6) } }],
      seconds: 0.1,
    });
    const sum = parts.reduce((total, part) => total + part.seconds, 0);
    expect(sum).toBeGreaterThan(0.3 * seconds);
    expect(processor).toBeGreaterThan(0);
  });
});
