// Training on several devices of the real plugin: equal bits on all of them, and what one device gives up to rounding.

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { createXlaBackend } from "@netwright/backend-xla";
import { lower } from "@netwright/compiler";
import { feedsOf, type Program } from "@netwright/ir";
import type { Call, Machine, NamedTensors, TensorData } from "@netwright/runtime";
import { memoryFiles, openProject, train } from "netwright";
import { compileKept } from "../../src/node/cache/compile-kept.ts";
import { executableCache } from "../../src/node/cache/executable-cache.ts";
import type { Compile } from "../../src/node/machine.ts";
import { machineOn } from "../../src/node/machine.ts";
import { machineOnDevices } from "../../src/node/machine-on-devices.ts";
import { Client } from "../../src/node/pjrt/client.ts";
import { loadNative } from "../../src/node/pjrt/native.ts";
import { findPlugin } from "../../src/node/plugin/find-plugin.ts";
import { describeWithPlugin } from "../with-plugin.ts";

const ROWS = 16;
const STEPS = 10;
const SGD = "loss: mse\n optimizer: sgd(learning_rate: 0.05)";

function programOf(flow: string, settings = SGD, rows = ROWS): Program {
  const text = `netwright 1\nmodel {\n ${flow}\n}\ntrain {\n ${settings}\n}\n`;
  const { model, diagnostics } = openProject({ file: "test.net", text }, { files: memoryFiles(new Map()) });
  if (model === undefined) throw new Error(JSON.stringify(diagnostics));
  return lower(model, { step: [rows], predict: [rows], stepsPerEpoch: STEPS });
}

const opened = new Map<number, Client>();

/** A processor as so many devices. */
function clientOf(devices: number): Client {
  const client =
    opened.get(devices) ?? new Client(loadNative(process.env), findPlugin(process.env), { devices });
  opened.set(devices, client);
  return client;
}

function machineFor(program: Program, devices: number, client = clientOf(devices), kept?: Compile) {
  const compile: Compile = kept ?? ((text, take, count) => take(client.compile(text, count), false));
  const how = { compile, threads: 1 };
  if (devices > 1) return machineOnDevices(client, program, how, devices);
  const machine = machineOn(client, program, how);
  return { ...machine, readStateOf: () => machine.readState() };
}

type Turned = (turn?: number) => Call;

/** A function that is fed other numbers in each turn. */
function callOf(machine: Machine, program: Program, kind: "init" | "step" | "predict"): Turned {
  const func = program.functions.find((each) => each.kind === kind);
  if (func === undefined) throw new Error(`there is no ${kind}`);
  const call = machine.call(func.name);
  return (turn = 0) => {
    feedsOf(func).forEach(({ value }, i) => {
      call.inputs[i]?.set(numbers(value.type.dtype, call.inputs[i]?.length ?? 0, turn));
    });
    call.run();
    return call;
  };
}

/** Without pattern, the same every time. */
function numbers(dtype: string, length: number, turn: number): TensorData {
  if (dtype === "f32")
    return Float32Array.from({ length }, (_, i) => Math.sin(12.9898 * (i + 1 + 31 * turn) ** 1.3));
  return Int32Array.from({ length }, (_, i) => (i * 7 + turn) % 5);
}

function trained(program: Program, devices: number, client?: Client, kept?: Compile) {
  const machine = machineFor(program, devices, client, kept);
  callOf(machine, program, "init")();
  const begun = machine.readState();
  const step = callOf(machine, program, "step");
  const losses = Array.from({ length: STEPS }, (_, turn) => step(turn).outputs[0]?.[0] ?? Number.NaN);
  const states = Array.from({ length: devices }, (_, device) => machine.readStateOf(device));
  const prediction = callOf(machine, program, "predict")().outputs[0]?.slice();
  machine.dispose();
  return { begun, losses, states, prediction };
}

function bitsOf(state: NamedTensors | undefined): unknown {
  return [...(state ?? new Map())].map(([name, data]) => [
    name,
    Buffer.from(data.slice().buffer).toString("base64"),
  ]);
}

/**
 * The furthest that a variable is off, by its own largest number or the hundredth of the largest of all: the gradient of a bias before a
 * batch norm is nothing but rounding.
 */
function distance(one: NamedTensors | undefined, other: NamedTensors | undefined): number {
  const variables = [...(one ?? new Map<string, TensorData>())];
  const largest = (data: TensorData) => Math.max(0, ...Array.from(data, Math.abs));
  const floats = variables.filter(([, data]) => data instanceof Float32Array);
  const least = Math.max(...floats.map(([, data]) => largest(data))) / 100;
  return Math.max(
    ...variables.map(([name, data]) => {
      const there = other?.get(name);
      const off = data.map((value, i) => Math.abs(value - (there?.[i] ?? Number.NaN)));
      return largest(off) / Math.max(largest(data), least);
    }),
  );
}

describeWithPlugin("ten steps on several devices", () => {
  test.each([
    ["dense layers", "input(6)\n dense(32, tanh)\n dense(32, relu)\n dense(2)"],
    ["dropout", "input(6)\n dense(32, relu)\n dropout(50%)\n dense(32, relu)\n dropout(20%)\n dense(2)"],
    ["a batch norm, which is of all rows", "input(6)\n dense(32)\n batch_norm\n dense(2)"],
    ["words and a recurrent layer", "input(5, below: 9)\n embedding(8)\n simple_rnn(8)\n dense(2)"],
    ["a convolution", "input(8, 2)\n conv1d(4, 3)\n relu\n flatten\n dense(2)"],
  ])(
    "with %s end alike on all, and near those of one",
    (_, flow) => {
      const program = programOf(flow);
      const one = trained(program, 1);
      for (const devices of [2, 4]) {
        const several = trained(program, devices);
        expect(bitsOf(several.begun)).toEqual(bitsOf(one.begun));
        for (const state of several.states) expect(bitsOf(state)).toEqual(bitsOf(several.states[0]));
        expect(distance(one.states[0], several.states[0])).toBeLessThan(1e-5);
        several.losses.forEach((loss, i) => {
          expect(Math.abs(loss / (one.losses[i] ?? Number.NaN) - 1)).toBeLessThan(1e-5);
        });
        expect(several.prediction).toHaveLength(2 * ROWS);
      }
    },
    120_000,
  );

  test("drop the same numbers on any number of devices", () => {
    // Without hidden layers a step moves what was not dropped: where a weight stays, all of its inputs were.
    const program = programOf("input(40)\n dropout(90%)\n dense(1)", SGD, 4);
    const still = [1, 2, 4].map((devices) => {
      const machine = machineFor(program, devices);
      callOf(machine, program, "init")();
      const before = machine.readState().get("dense_1.kernel") ?? [];
      callOf(machine, program, "step")();
      const after = machine.readState().get("dense_1.kernel") ?? [];
      machine.dispose();
      return Array.from(before, (value, i) => value === after[i]);
    });
    expect(new Set(still[0])).toEqual(new Set([true, false]));
    expect(still[1]).toEqual(still[0]);
    expect(still[2]).toEqual(still[0]);
  }, 60_000);

  test("of rows that cannot be divided are computed whole on each: the bits of one device", () => {
    const program = programOf("input(6)\n dense(16, tanh)\n dropout(50%)\n dense(2)", SGD, 7);
    const [one, two] = [trained(program, 1), trained(program, 2)];
    for (const state of two.states) expect(bitsOf(state)).toEqual(bitsOf(one.states[0]));
  }, 60_000);

  test("go on from weights that are written, on each device", () => {
    const program = programOf("input(6)\n dense(16, tanh)\n dense(2)");
    const given = trained(program, 1).begun;
    const machine = machineFor(program, 2);
    callOf(machine, program, "init")();
    callOf(machine, program, "step")(3);
    machine.writeState(given);
    for (const device of [0, 1]) expect(bitsOf(machine.readStateOf(device))).toEqual(bitsOf(given));
    machine.dispose();
  }, 60_000);

  test("are the same from programs that are kept, and those are of so many devices alone", () => {
    const root = mkdtempSync(join(tmpdir(), "netwright-devices-"));
    const program = programOf("input(6)\n dense(16, tanh)\n dense(2)");
    const kept = (devices: number) => {
      const client = clientOf(devices);
      const compile = compileKept(
        client,
        { path: findPlugin(process.env), threads: 1 },
        executableCache(join(root, "kept"), root),
      );
      return trained(program, devices, client, compile).states[0];
    };
    const entries = () => readdirSync(join(root, "kept")).length;
    const first = kept(2);
    // A beginning, a step and a prediction.
    expect(entries()).toBe(3);
    expect(bitsOf(kept(2))).toEqual(bitsOf(first));
    expect(entries()).toBe(3);
    kept(4);
    // Predicting is for one device either way.
    expect(entries()).toBe(5);
    rmSync(root, { recursive: true });
  }, 60_000);

  test("leave a program for one device its bits, where a client has more", () => {
    const program = programOf("input(6)\n dense(16, tanh)\n dense(2)");
    const [alone, beside] = [trained(program, 1), trained(program, 1, clientOf(4))];
    expect(bitsOf(beside.states[0])).toEqual(bitsOf(alone.states[0]));
  }, 60_000);
});

describeWithPlugin("the backend on two devices", () => {
  const backend = createXlaBackend({ keep: false });
  const text = `netwright 1
model {
  input(2)
  dense(8, tanh)
  dense(1)
}
data {
  source: "given.csv"
  target: y
  split { train: 80%, validation: 0%, test: 20% }
}
train {
  loss: mse
  optimizer: sgd(learning_rate: 0.05)
  batch: 16
  epochs: 3
}
`;
  const data = Array.from({ length: 60 }, (_, i) => ({
    a: Math.sin(i),
    b: Math.cos(2 * i),
    y: Math.sin(i) * 2,
  }));
  const weighted = data.map((row, i) => ({ ...row, w: 1 + (i % 3) }));

  test.each([
    ["", data, {}],
    [" with several batches of an update", data, { "train.accumulate": 2, "train.batch": 8 }],
    [" with weights of rows", weighted, { "data.weight": "w" }],
  ])(
    "trains near to one device%s, says so in its record, and predicts",
    async (_, rows, set) => {
      const [one, two] = [
        await train(text, { data: rows, backend, set }),
        await train(text, { data: rows, backend, set, devices: 2 }),
      ];
      expect([one.record.backend.devices, two.record.backend.devices]).toEqual([undefined, 2]);
      expect(two.record.hash.run).not.toBe(one.record.hash.run);
      one.history.forEach(({ loss }, i) => {
        expect(Math.abs((two.history[i]?.loss ?? Number.NaN) / loss - 1)).toBeLessThan(1e-5);
      });
      const row = { a: 0.5, b: -0.5 };
      const predicted = async (model: typeof one) => Number((await model.predict(row))["y"]);
      expect(Math.abs((await predicted(two)) / (await predicted(one)) - 1)).toBeLessThan(1e-5);
    },
    60_000,
  );

  test("says where a number stopped being finite", async () => {
    const set = { "train.optimizer": "sgd(learning_rate: 1e30)" };
    await expect(train(text, { data, backend, set, devices: 2 })).rejects.toThrow("NW0801");
  }, 60_000);

  test("describes itself with them", async () => {
    expect((await backend.describe()).devices).toBeUndefined();
    expect((await backend.onDevices?.(2).describe())?.devices).toBe(2);
  });
});
