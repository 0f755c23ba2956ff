// What is exported as StableHLO is a whole training: the modules, read back, begin one and go on with it.

import { expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import type { Func, StateVariable } from "@netwright/ir";
import { compile, type Executable } from "@netwright/runtime";
import { parseStablehlo } from "@netwright/stablehlo";
import { exportStablehlo, train } from "netwright";

const data = Array.from({ length: 40 }, (_, i) => {
  const [a, b] = [((i * 37) % 100) / 50 - 1, ((i * 53) % 90) / 45 - 1];
  return { a, b, y: 2 * a - b };
});

const fileOf = (accumulate: number, between = "") => `netwright 1
data small { source: "small.csv", target: y }
model { dense(4, tanh) -> ${between}dense(1) }
train { optimizer: nadam(0.01), epochs: 1, accumulate: ${accumulate} }
`;

/** The modules of a run as one program, with the state that they name. */
async function exported(file: string, rows: number) {
  const model = await train(file, { data, backend: "reference" });
  const outcome = await exportStablehlo(model.bundle, { rows });
  await model.dispose();
  if (!outcome.ok) throw new Error("it is refused");
  const { name, modules } = outcome.value;
  const read = modules.map(({ text }) => parseStablehlo(text));
  const state = new Map<string, StateVariable>();
  for (const { program } of read) for (const variable of program.state) state.set(variable.name, variable);
  const functions = read.flatMap(({ program }): readonly Func[] => program.functions);
  return {
    kinds: modules.map(({ kind }) => kind),
    donates: read.map(({ donates }) => donates),
    init: functions.find(({ kind }) => kind === "init"),
    state,
    executable: await compile(referenceBackend, { name, state: [...state.values()], functions }),
  };
}

const values = (count: number, offset: number) =>
  Float32Array.from({ length: count }, (_, i) => Math.sin(12.9898 * (i + 1 + offset) ** 1.3));
const all = { x: values(12, 0), y: values(6, 50) };

function fed(executable: Executable, kind: "step" | "accumulate", from: number, rows: number): void {
  const invocation = executable.invocation(kind, rows);
  invocation.inputs.get("x")?.set(all.x.subarray(2 * from, 2 * (from + rows)));
  invocation.inputs.get("y")?.set(all.y.subarray(from, from + rows));
  invocation.run();
}

test("`init` makes the whole state of what a training runs", async () => {
  const { kinds, donates, init, state } = await exported(fileOf(2, "dropout(50%) -> "), 3);
  expect(kinds).toEqual(["init", "step", "accumulate", "evaluate", "predict"]);
  expect(donates).toEqual([false, true, true, false, false]);
  expect([...(init?.writes ?? [])].sort()).toEqual([...state.keys()].sort());
  const roles = [...state.values()].map(({ role }) => role);
  expect(roles).toEqual(expect.arrayContaining(["weight", "slot", "gradient", "counter", "random"]));
});

test("two batches that make one update are as one batch of both", async () => {
  const [halves, whole] = await Promise.all([exported(fileOf(2), 3), exported(fileOf(1), 6)]);
  expect(whole.kinds).toEqual(["init", "step", "evaluate", "predict"]);
  for (const { executable } of [halves, whole]) executable.init(7);
  fed(halves.executable, "accumulate", 0, 3);
  fed(halves.executable, "step", 3, 3);
  fed(whole.executable, "step", 0, 6);
  const found = halves.executable.readState();
  const expected = whole.executable.readState();
  for (const { name, role } of whole.state.values()) {
    if (role !== "weight") continue;
    const weights = expected.get(name) ?? [];
    expect(found.get(name)).toHaveLength(weights.length);
    for (let i = 0; i < weights.length; i++)
      expect(found.get(name)?.[i]).toBeCloseTo(weights[i] ?? Number.NaN, 5);
  }
});
