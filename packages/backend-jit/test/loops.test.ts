// Scans as loops: the bits of the steps written out, on any number of threads, in code that does not grow with them.

import { afterEach, describe, expect, test } from "@jest/globals";
import { jitBackend } from "@netwright/backend-jit";
import { referenceBackend } from "@netwright/backend-reference";
import { Builder, expand, type Program, scanOver, tensor, type Value } from "@netwright/ir";
import { type Backend, compile, type Executable } from "@netwright/runtime";
import { createJitBackend } from "../src/jit-backend.ts";
import { batchOf, numbers, programOf } from "./models.ts";
import { FREE, manyProcessors, oneByOne } from "./threads/one-by-one.ts";

const open = new Set<Executable>();
async function opened(backend: Backend, program: Program, threads?: number): Promise<Executable> {
  const executable = await compile(backend, program, threads === undefined ? {} : { threads });
  open.add(executable);
  return executable;
}
afterEach(() => {
  for (const executable of open) executable.dispose();
  open.clear();
});

const recurrent = (steps: number, flow: string, rows: number) =>
  programOf(
    { inputs: `${steps}, 3`, flow: `${flow}\n dense(2)`, train: "loss: mse\n optimizer: adam" },
    { step: [rows], predict: [rows], evaluate: [rows] },
  );

interface Trained {
  readonly losses: readonly number[];
  readonly state: ReturnType<Executable["readState"]>;
  readonly evaluated: unknown;
}

function train(executable: Executable, steps: number, rows: number): Trained {
  executable.init(3);
  const losses = [1, 2, 3].map((i) => executable.step(batchOf(rows, steps * 3, 2, i)).loss);
  const evaluated = executable.evaluate(batchOf(rows, steps * 3, 2, 9));
  return { losses, state: executable.readState(), evaluated };
}

const flows = [
  "simple_rnn(7)",
  "simple_rnn(20, return_sequences: true)\n simple_rnn(5, activation: relu)",
  "simple_rnn(16, go_backwards: true, return_sequences: true)\n flatten",
  "lstm(7, return_sequences: true)\n lstm(5)",
  "relu\n masking\n gru(6)",
  "relu\n masking\n bidirectional(gru(5, reset_after: false), merge_mode: ave)",
  "relu\n masking\n dense(4)\n multi_head_attention(2, causal: true, rotary: true)\n lstm(3, dropout: 20%)",
];

// Twelve rows may be shared equally in all kernels of a step, nine not.
describe.each(flows.flatMap((flow) => [9, 12].map((rows) => ({ flow, rows }))))(
  "$flow, $rows rows",
  ({ flow, rows }) => {
    const steps = 6;
    const program = recurrent(steps, flow, rows);

    test.each([
      ["one thread", jitBackend, 1],
      ["two threads, one after the other", oneByOne(2), undefined],
      ["four threads, one after the other", oneByOne(4), undefined],
      ["two real threads", createJitBackend({ sharing: FREE, prompt: true, host: manyProcessors() }), 2],
      ["four real threads", createJitBackend({ sharing: FREE, prompt: true, host: manyProcessors() }), 4],
    ] as const)("has the bits of the reference on %s", async (_, backend, threads) => {
      const [ours, reference] = [
        await opened(backend, program, threads),
        await opened(referenceBackend, program),
      ];
      expect(train(ours, steps, rows)).toEqual(train(reference, steps, rows));
    });

    test("has the bits of the steps written out", async () => {
      const written = expand(program, ({ name }) => name !== "scan");
      expect(written.functions.some(({ body }) => body.some(({ name }) => name === "scan"))).toBe(false);
      const [loop, straight] = [await opened(jitBackend, program), await opened(jitBackend, written)];
      expect(train(loop, steps, rows)).toEqual(train(straight, steps, rows));
    });
  },
);

/** What each step is given of carries, sequences and shared values, all [4, 5], and what it makes of them. */
type Step = (b: Builder, carries: readonly [Value, Value], element: Value, shared: Value) => Made;

interface Made {
  readonly carries: readonly [Value, Value];
  readonly outputs: readonly Value[];
}

function scanned(step: Step): Program {
  const b = new Builder();
  const x = b.parameter("x", tensor("f32", [4, 15]));
  const part = (i: number) => b.slice(x, [0, 5 * i], [4, 5 * i + 5]);
  const sequence = b.transpose(b.reshape(x, [4, 3, 5]), [1, 0, 2]);
  const { carries, outputs } = scanOver(
    b,
    {
      name: "body",
      carries: [part(0), part(1)],
      sequences: [sequence],
      shared: [part(2)],
      length: 3,
      order: "backwards",
    },
    (inner, { carries: given, elements: [element], shared: [factor] }) => step(inner, given, element, factor),
  );
  const results = [...carries, ...outputs].map((value, i) => ({ name: `result_${i}`, value }));
  return { name: "scanned", state: [], functions: [b.finish("trace", "trace", 4, results), ...b.functions] };
}

const steps: Readonly<Record<string, Step>> = {
  "carries that change places": (_, [one, other], element) => ({ carries: [other, one], outputs: [element] }),
  "a carry that stays, and one that another takes": (b, [one, other], element) => ({
    carries: [one, one],
    outputs: [b.add(other, element)],
  }),
  "a carry that is used after the next is known": (b, [one, other], element) => {
    const next = b.add(one, element);
    return { carries: [next, b.multiply(one, other)], outputs: [next, one] };
  },
  "a carry over which a product cannot be written": (b, [one, other], element, shared) => {
    const square = b.dotGeneral(one, shared, {
      lhsBatching: [],
      rhsBatching: [],
      lhsContracting: [0],
      rhsContracting: [0],
    });
    return { carries: [b.matmul(one, square), b.add(other, element)], outputs: [square] };
  },
  "what all steps share as a carry, and twice as an output": (_, [one], element, shared) => ({
    carries: [shared, one],
    outputs: [shared, shared, element],
  }),
  "constants as carries and outputs": (b, [one], element) => ({
    carries: [b.like(one, 2), b.literal(one.type, [...numbers(20)])],
    outputs: [b.like(element, -0)],
  }),
  "a reduction longer than a block, of what is repeated": (b, [one, other], element) => {
    const wide = b.broadcastInDim(other, [400, 4, 5], [1, 2]);
    return { carries: [b.sum(wide, [0]), b.add(one, element)], outputs: [b.sum(wide)] };
  },
  "a loop in each step": (b, [one, other], element, shared) => {
    const { carries, outputs } = scanOver(
      b,
      { name: "within", carries: [one], sequences: [other], shared: [shared], length: 4, order: "forwards" },
      (inner, { carries: [sum], elements: [row], shared: [factor] }) => {
        const next = inner.add(inner.multiply(sum, factor), inner.broadcastInDim(row, [4, 5], [1]));
        return { carries: [next], outputs: [inner.sum(next, [0])] };
      },
    );
    return { carries: [b.add(carries[0], element), ...outputs.slice(0, 1)] as [Value, Value], outputs };
  },
};

test.each(Object.entries(steps))("%s", async (_, step) => {
  const program = scanned(step);
  const batch = { rows: 4, feeds: { x: numbers(60) } };
  const expected = (await opened(referenceBackend, program)).trace(batch);
  for (const backend of [jitBackend, oneByOne(2), oneByOne(3)]) {
    expect((await opened(backend, program)).trace(batch)).toEqual(expected);
  }
});

async function explained(length: number, flow: string) {
  const explanation = await jitBackend.explain?.(recurrent(length, flow, 8), { threads: 1 });
  const step = explanation?.functions.find(({ kind }) => kind === "step");
  if (explanation === undefined || step === undefined) throw new Error("jit explains a step");
  return { kernels: step.kernels, bytes: explanation.memory.total };
}

test("neither code nor kernels grow with the steps, and memory by what the steps carry alone", async () => {
  const flow = "simple_rnn(16)";
  const [short, long, longer] = [
    await explained(10, flow),
    await explained(100, flow),
    await explained(1000, flow),
  ];
  expect(long.kernels.map(({ kind, ops }) => [kind, ops])).toEqual(
    short.kernels.map(({ kind, ops }) => [kind, ops]),
  );
  const loops = long.kernels.filter(({ kind }) => kind === "loop");
  expect(loops.map(({ shape, layers }) => [shape, layers])).toEqual([
    [[100], ["simple_rnn_1"]],
    [[100], ["simple_rnn_1"]],
  ]);
  // Two for each multiply-add of the product of a step, and one for the sum and for the activation.
  expect(loops[0]).toMatchObject({ ops: ["dot_general", "add", "tanh"], flops: 100 * 8 * 16 * (2 * 16 + 2) });
  expect((longer.bytes - long.bytes) / 900).toBeLessThan(1.1 * ((long.bytes - short.bytes) / 90));
});

test.each([
  "lstm(16)",
  "gru(16)",
  "relu\n masking\n bidirectional(lstm(8, return_sequences: true))\n gru(4)",
])("nor do those of %s", async (flow) => {
  const [short, long] = [await explained(10, flow), await explained(1000, flow)];
  expect(long.kernels.map(({ kind, ops }) => [kind, ops])).toEqual(
    short.kernels.map(({ kind, ops }) => [kind, ops]),
  );
});
