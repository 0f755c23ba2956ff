// The kit itself: it fails what is broken, and says where.

import { describe, expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import {
  type Case,
  type ConformanceOptions,
  conformanceCases,
  type Report,
  runCases,
  runConformance,
} from "@netwright/conformance";
import { type OpName, ops, verify } from "@netwright/ir";
import type { Backend, TensorData } from "@netwright/runtime";
import { inexact, withCalls, withWrongOp, wrapped } from "./broken-backends.ts";

function casesNamed(fits: (name: string) => boolean, options: ConformanceOptions = {}): Case[] {
  return conformanceCases(options).filter(({ name }) => fits(name));
}

function failures({ results }: Report): string[] {
  return results.filter(({ status }) => status === "failed").map(({ name }) => name);
}

test("cases have different names and a group", () => {
  const names = conformanceCases().map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^[a-z]+\/./.test(name))).toEqual([]);
});

test("without a promise of bits the reference passes within the tolerances", async () => {
  const report = await runConformance(wrapped({ info: inexact }), { seed: 3, runs: 3 });
  expect(failures(report)).toEqual([]);
  expect(report.conforms).toBe(true);
}, 60_000);

test("the programs that backends get are valid", async () => {
  const problems = new Set<string>();
  const verifying = wrapped({
    program: (program) => {
      for (const { constraint, message } of verify(program)) {
        problems.add(`${constraint}: ${message}`);
      }
      return program;
    },
  });
  const cases = casesNamed((name) => name !== "training/memory does not grow", { runs: 1 });
  await runCases(verifying, cases, {});
  expect([...problems]).toEqual([]);
}, 60_000);

test("the network that is trained learns", async () => {
  const losses: number[] = [];
  const recording = wrapped({
    machine: withCalls("step", ({ run, outputs }) => ({
      run: () => {
        run();
        losses.push(outputs[0]?.[0] ?? Number.NaN);
      },
    })),
  });
  await runCases(
    recording,
    casesNamed((name) => name === "training/adam follows the reference"),
    {},
  );
  expect(losses).toHaveLength(50);
  expect(losses.at(-1)).toBeLessThan((losses.at(0) ?? 0) / 2);
});

describe("a backend with one wrong operation fails", () => {
  // Object.keys loses the key type; the table has no other keys.
  test.each(Object.keys(ops) as OpName[])("%s", async (name) => {
    const cases = casesNamed((caseName) => caseName.startsWith(`op/${name}/`));
    const report = await runCases(withWrongOp(name), cases, {});
    // Nothing can be wrong with no elements, and a thousandth of a NaN or of a subnormal is none.
    const found = (caseName: string) => !/(empty|NaN|subnormals)$/.test(caseName);
    expect(failures(report).filter(found)).toEqual(cases.map((each) => each.name).filter(found));
  });
});

test("a failure says what was computed, from what, and what was expected", async () => {
  const name = "op/subtract/i32 edge values";
  const report = await runCases(
    withWrongOp("subtract"),
    casesNamed((caseName) => caseName === name),
    {},
  );
  expect(report).toEqual({
    backend: "reference",
    conforms: false,
    results: [
      {
        name,
        status: "failed",
        message:
          "ConformanceError: subtract(tensor<512xi32>, tensor<512xi32>): result 0[0] is 1, " +
          "expected 0 exactly from 0, 0; 512 of 512 elements differ",
      },
    ],
  });
});

test("a generated failure is shrunk to a small one", async () => {
  const cases = casesNamed((name) => name === "op/transpose/i32 shapes");
  const [result] = (await runCases(withWrongOp("transpose"), cases, {})).results;
  expect(result).toMatchObject({
    message: expect.stringContaining('transpose(tensor<i32>) {"permutation":[]}: result 0[] is'),
  });
});

test("a backend that promises bits gets no tolerance", async () => {
  const nearly = (info: object) =>
    wrapped({
      info,
      machine: (machine) => ({
        readState: () => {
          const state = machine.readState();
          for (const data of state.values()) {
            if (data instanceof Float32Array)
              for (const [i, x] of data.entries()) data[i] = x * (1 + 2 ** -22);
          }
          return state;
        },
      }),
    });
  const cases = casesNamed((name) => name === "op/exponential/f32 shapes");
  expect((await runCases(nearly(inexact), cases, {})).conforms).toBe(true);
  expect((await runCases(nearly({}), cases, {})).conforms).toBe(false);
  const strict = { tolerance: { elementary: { absolute: 0, relative: 0 } } };
  const strictCases = casesNamed((name) => name === "op/exponential/f32 shapes", strict);
  expect((await runCases(nearly(inexact), strictCases, strict)).conforms).toBe(false);
});

describe("defects of executables", () => {
  const unchanged = new Map<string, TensorData>();
  let held = 0;
  const defects: Readonly<
    Record<string, readonly [backend: Backend, failing: string, options?: ConformanceOptions]>
  > = {
    "the last element of a vector's tail is lost": [
      wrapped({
        info: inexact,
        machine: (machine) => ({
          readState: () =>
            new Map(
              [...machine.readState()].map(([name, data]) => {
                if (data.length > 4 && data.length % 4 !== 0) data[data.length - 1] = 0;
                return [name, data];
              }),
            ),
        }),
      }),
      "op/add/f32 shapes",
    ],
    "init ignores its seed": [
      wrapped({
        machine: withCalls("init", ({ inputs, run }) => ({
          run: () => {
            inputs[0]?.fill(0);
            run();
          },
        })),
      }),
      "init/the same seed gives the same bits, another gives others",
    ],
    "state does not come back": [
      wrapped({ machine: () => ({ writeState: () => {} }) }),
      "training/continues from its state with the same bits",
    ],
    "state comes out under other names": [
      wrapped({
        machine: ({ readState }) => ({
          readState: () => new Map([...readState()].map(([name, data]) => [`${name}:0`, data])),
        }),
      }),
      "state/what is written is read",
    ],
    "integer state comes out as floats": [
      wrapped({
        machine: ({ readState }) => ({
          readState: () => new Map([...readState()].map(([name, data]) => [name, Float32Array.from(data)])),
        }),
      }),
      "state/what is written is read",
    ],
    "readState gives the arrays it works on": [
      wrapped({
        machine: ({ readState, writeState }) => {
          const live = new Map<string, TensorData>();
          return {
            writeState: (state) => {
              writeState(state);
              for (const [name, data] of state) live.set(name, data);
            },
            readState: () => new Map([...readState(), ...live]),
          };
        },
      }),
      "state/arrays in and out are copies",
    ],
    "executables share their state": [
      wrapped({
        machine: (machine, program) => ({
          ...withCalls("step", ({ run }) => ({
            run: () => {
              run();
              for (const [name, data] of machine.readState()) unchanged.set(name, data);
            },
          }))(machine, program),
          readState: () => {
            if (unchanged.size > 0) machine.writeState(unchanged);
            return machine.readState();
          },
        }),
      }),
      "contract/two executables of one program are independent",
    ],
    "each step keeps a tensor": [
      wrapped({
        machine: withCalls("step", ({ run }) => ({
          run: () => {
            held += 1;
            run();
          },
        })),
      }),
      "training/memory does not grow",
      { memory: () => held },
    ],
    "dispose leaves something behind": [
      wrapped({
        machine: () => {
          held += 1;
          return {};
        },
      }),
      "training/memory does not grow",
      { memory: () => held },
    ],
    "the loss is a sum in place of a mean": [
      wrapped({
        info: inexact,
        machine: withCalls("step", ({ run, outputs }, rows) => ({
          run: () => {
            run();
            const [loss] = outputs;
            if (loss !== undefined) loss[0] = (loss[0] ?? 0) * rows;
          },
        })),
      }),
      "training/sgd follows the reference",
    ],
    "evaluate trains": [
      wrapped({
        machine: (machine, program) =>
          withCalls("evaluate", ({ run, inputs }, rows) => ({
            run: () => {
              run();
              const step = program.functions.find(({ kind, batch }) => kind === "step" && batch === rows);
              const call = machine.call(step?.name ?? "");
              call.inputs.forEach((input, i) => {
                input.set(inputs[i] ?? []);
              });
              call.run();
            },
          }))(machine, program),
      }),
      "training/predict, evaluate and trace follow the reference",
    ],
    "describe has another name": [wrapped({ info: { name: "other" } }), "contract/describe says what runs"],
    "an operation is refused": [
      { ...referenceBackend, supports: ({ name }) => name !== "erf" || "no kernel" },
      "gradient/erf/any",
    ],
  };
  test.each(Object.entries(defects))("%s", async (_, [backend, failing, options = {}]) => {
    const cases = casesNamed((name) => name === failing, options);
    expect(cases).toHaveLength(1);
    expect(failures(await runCases(backend, cases, options))).toEqual([failing]);
    expect(failures(await runCases(referenceBackend, cases, {}))).toEqual([]);
  });
});

describe("declared gaps", () => {
  const name = "op/erf/f32 shapes";
  const run = (backend: Backend, declaredGaps: Readonly<Record<string, string>>) =>
    runCases(
      backend,
      casesNamed((caseName) => caseName === name),
      { declaredGaps },
    );

  test("a gap that is one is reported with its reason", async () => {
    expect(await run(withWrongOp("erf"), { [name]: "a coarse formula" })).toEqual({
      backend: "reference",
      conforms: true,
      results: [{ name, status: "gap", reason: "a coarse formula" }],
    });
  });

  test("a gap that passes fails", async () => {
    expect(await run(referenceBackend, { [name]: "a coarse formula" })).toEqual({
      backend: "reference",
      conforms: false,
      results: [
        {
          name,
          status: "failed",
          message: `${name} passes, but is declared as a gap ("a coarse formula"): remove the declaration`,
        },
      ],
    });
  });

  test("a gap that names no case fails", async () => {
    const report = await run(referenceBackend, { "op/erf/f32 shape": "misspelled" });
    expect(report.conforms).toBe(false);
    expect(report.results.at(-1)).toEqual({
      name: "declared gaps",
      status: "failed",
      message: 'the declared gap "op/erf/f32 shape" is no case of the kit: correct the name or remove it',
    });
  });
});
