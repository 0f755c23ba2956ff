// Learning from a teacher: losses held to those of SciPy 1.17 (`T**2 * rel_entr(softmax(z/T), softmax(x/T)).sum()`), gradients to
// T (q - p) and to differences, and what a row counts that has one of truth and answer.

import { describe, expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { definitions, lower } from "@netwright/compiler";
import { dataDefinitions } from "@netwright/data";
import type { Catalog } from "@netwright/definitions";
import { verify } from "@netwright/ir";
import { analyze, type Model, renderDiagnostics } from "@netwright/lang";
import { compile } from "@netwright/runtime";
import { numbers } from "./support.ts";

const catalog: Catalog = {
  layer: definitions.layer,
  definitions: { ...definitions, ...dataDefinitions },
  metrics: new Map(),
};

interface Taught {
  readonly flow: string;
  readonly train: string;
  readonly target?: string;
  readonly teacher?: string;
}

/** A model of three features, `y` of these classes or numbers. */
function modelOf({ flow, train, target = "", teacher = '"p_*"' }: Taught): Model {
  const text = `netwright 1
data rows {
  source: "rows.csv"
  target: y
  features: [a, b, c]
  teacher: ${teacher}
  columns { ${target} }
}
model { ${flow} }
train { ${train} }
`;
  const host = { readFile: () => undefined, columns: () => undefined };
  const { model, diagnostics, sources } = analyze({ file: "test.net", text }, { catalog, host });
  if (model === undefined) throw new Error(renderDiagnostics(diagnostics, sources));
  return model;
}

const THREE = 'y: category(values: ["no", "maybe", "yes"])';
const TWO = 'y: category(values: ["no", "yes"])';

interface Rows {
  readonly x: readonly number[];
  readonly y: Int32Array | Float32Array;
  readonly teacher: readonly number[];
  /** Of each row whether it has a truth and whether it has an answer. */
  readonly answered: readonly number[];
}

/** The loss of a step, and the kernel of `dense_1` before and behind it. */
async function stepped(model: Model, { x, y, teacher, answered }: Rows, kernel?: Float32Array) {
  const rows = answered.length / 2;
  const executable = await compile(referenceBackend, lower(model, { step: [rows] }));
  executable.init(0);
  const name = "dense_1.kernel";
  if (kernel !== undefined) executable.writeState(new Map([[name, kernel]]));
  const before = Array.from(executable.readState().get(name) ?? []);
  const feeds = {
    x: Float32Array.from(x),
    y,
    teacher: Float32Array.from(teacher),
    answered: Float32Array.from(answered),
  };
  const { loss } = executable.step({ rows, feeds });
  return { loss, before, after: Array.from(executable.readState().get(name) ?? []) };
}

/** What the network gives is what it is given. */
const same = "dense(3, use_bias: false)";
const IDENTITY = Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
const sgd = "optimizer: sgd(learning_rate: 1)";
const z = [2, -1, 0.5, 0, 3, -2];
const x = [1, -2, 0.5, 3, 0.25, -1];
const both = [1, 1, 1, 1];

describe("classes", () => {
  const of = (settings: string, loss = "cross_entropy") =>
    modelOf({ flow: same, target: THREE, train: `loss: ${loss}\n ${sgd}\n ${settings}` });
  const rows: Rows = { x, y: Int32Array.of(2, 0), teacher: z, answered: both };

  test.each([
    [1, 1.2835855280480326],
    [2, 1.708100055860852],
    [4, 1.7388095448365282],
  ])("the teacher alone, with temperature %d", async (temperature, expected) => {
    const settings = `teacher_share: 100%, teacher_temperature: ${temperature}`;
    for (const loss of ["cross_entropy", "focal"]) {
      const { loss: found } = await stepped(of(settings, loss), rows, IDENTITY);
      expect(Math.abs(found - expected) / expected).toBeLessThan(1e-6);
    }
  });

  test.each([
    [1, 1.3978996539285868],
    [2, 2.766054704637192],
    [4, 6.396054109665174],
  ])("a probability of 0 costs what it does in SciPy, with temperature %d", async (temperature, expected) => {
    const logs = [0.7, 0.1, 0.2, 0, 0.95, 0.05].map((p) => (p === 0 ? -1e30 : Math.log(p)));
    const settings = `teacher_share: 100%, teacher_temperature: ${temperature}`;
    const { loss, after } = await stepped(of(settings), { ...rows, teacher: logs }, IDENTITY);
    expect(Math.abs(loss - expected) / expected).toBeLessThan(1e-6);
    expect(after.every(Number.isFinite)).toBe(true);
  });

  test("the gradient is T (q - p) x, and that of differences", async () => {
    const [temperature, count] = [3, 2];
    const model = of(`teacher_share: 100%, teacher_temperature: ${temperature}`);
    const kernel = numbers(9);
    const { before, after } = await stepped(model, rows, kernel);
    const softmax = (values: readonly number[]) => {
      const e = values.map((value) => Math.exp(value / temperature));
      return e.map((value) => value / e.reduce((a, b) => a + b));
    };
    const rowOf = (values: readonly number[], row: number) => values.slice(3 * row, 3 * row + 3);
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        let expected = 0;
        for (let row = 0; row < count; row++) {
          const given = rowOf(x, row);
          const logits = [0, 1, 2].map((c) =>
            given.reduce((sum, value, k) => sum + value * (kernel[3 * k + c] ?? 0), 0),
          );
          const q = softmax(logits)[j] ?? 0;
          const p = softmax(rowOf(z, row))[j] ?? 0;
          expected += (temperature * (q - p) * (given[i] ?? 0)) / count;
        }
        const at = 3 * i + j;
        expect((before[at] ?? 0) - (after[at] ?? 0)).toBeCloseTo(expected, 5);
        const shifted = async (by: number) => {
          const moved = Float32Array.from(kernel);
          moved[at] = (moved[at] ?? 0) + by;
          return (await stepped(model, rows, moved)).loss;
        };
        const slope = ((await shifted(0.01)) - (await shifted(-0.01))) / 0.02;
        expect(slope).toBeCloseTo(expected, 3);
      }
    }
  });

  test("two classes of one number", async () => {
    const model = modelOf({
      flow: "slice(0, 1)\n dense(1, use_bias: false)",
      target: TWO,
      train: `loss: binary_cross_entropy\n ${sgd}\n teacher_share: 1, teacher_temperature: 3`,
    });
    const logs = [0.3, 0.7, 0.9, 0.1].map(Math.log);
    const given = { x: [0.8, 0, 0, -1.5, 0, 0], y: Int32Array.of(0, 1), teacher: logs, answered: both };
    const { loss } = await stepped(model, given, Float32Array.of(1));
    const expected = (0.0002743321713976109 + 0.054658916344581476) / 2;
    // Of logarithms near 1 in 32 bits, whose difference is small.
    expect(Math.abs(loss - expected) / expected).toBeLessThan(1e-4);
  });

  test("a share mixes both losses, and a row that has one of them learns from that", async () => {
    const lossOf = async (share: string, answered: readonly number[]) =>
      (await stepped(of(`teacher_share: ${share}`), { ...rows, answered }, IDENTITY)).loss;
    const [truth, teacher] = [await lossOf("0%", both), await lossOf("100%", both)];
    expect(await lossOf("30%", both)).toBeCloseTo(0.7 * truth + 0.3 * teacher, 5);
    // Cross entropy of x by hand.
    const own = [
      -0.5 + Math.log(Math.exp(1) + Math.exp(-2) + Math.exp(0.5)),
      -3 + Math.log(Math.exp(3) + Math.exp(0.25) + Math.exp(-1)),
    ];
    expect(truth).toBeCloseTo(((own[0] ?? 0) + (own[1] ?? 0)) / 2, 5);
    // The first row has an answer alone, the second a truth alone, whatever the share; at 0% there is no teacher.
    for (const share of ["30%", "100%"])
      expect(await lossOf(share, [0, 1, 1, 0])).toBeCloseTo((0.08799521354508968 + (own[1] ?? 0)) / 2, 5);
  });

  test("what is fed in the place of a truth or an answer that is not there is nothing to the step", async () => {
    const model = of("teacher_share: 30%");
    const one = await stepped(model, { ...rows, answered: [0, 1, 1, 0] });
    const teacher = [...z.slice(0, 3), 9, -9, 4];
    const other = await stepped(model, { ...rows, y: Int32Array.of(0, 0), teacher, answered: [0, 1, 1, 0] });
    expect(other).toEqual(one);
  });
});

describe("numbers", () => {
  const of = (settings: string, loss = "mse") =>
    modelOf({
      flow: "slice(0, 1)\n dense(1, use_bias: false)",
      teacher: "t",
      train: `loss: ${loss}\n ${sgd}\n ${settings}`,
    });
  const rows: Rows = {
    x: [1, 0, 0, -2, 0, 0],
    y: Float32Array.of(2, 1),
    teacher: [3, -3],
    answered: both,
  };

  test("the answer takes the place of the truth in the loss", async () => {
    const kernel = Float32Array.of(1);
    const lossOf = async (settings: string, loss?: string) =>
      (await stepped(of(settings, loss), rows, kernel)).loss;
    // Errors to the truth are -1 and -3, those to the teacher -2 and 1.
    expect(await lossOf("teacher_share: 0")).toBe(5);
    expect(await lossOf("teacher_share: 1")).toBe(2.5);
    expect(await lossOf("")).toBe(3.75);
    expect(await lossOf("teacher_share: 25%", "mae")).toBe(0.75 * 2 + 0.25 * 1.5);
  });
});

test("members learn from the teacher each, and programs are sound, also of several batches in an update", () => {
  const flow = "members(4)\n member_dense(8, relu)\n member_dense(3)";
  const train = `loss: cross_entropy\n ${sgd}\n accumulate: 2`;
  const model = modelOf({ flow, train, target: THREE });
  const sizes = { step: [4], accumulate: [4], evaluate: [4], predict: [4] };
  expect(verify(lower(model, { ...sizes, stepsPerEpoch: 4 }))).toEqual([]);
});

test("rows are mixed where nothing is learned of the teacher, and nowhere else", () => {
  const of = (share: string) =>
    modelOf({
      flow: same,
      target: THREE,
      train: `loss: cross_entropy\n ${sgd}\n mixup: 0.2, teacher_share: ${share}`,
    });
  expect(verify(lower(of("0"), { step: [2] }))).toEqual([]);
  expect(() => of("10%")).toThrow("NW0748");
});

test("what predicts and evaluates takes no answers", () => {
  const model = modelOf({ flow: same, target: THREE, train: `loss: cross_entropy\n ${sgd}` });
  const program = lower(model, { step: [2], evaluate: [2], predict: [2] });
  const feeds = (kind: string) =>
    program.functions.find((func) => func.kind === kind)?.parameters.map(({ name }) => name);
  expect(feeds("step")).toEqual(expect.arrayContaining(["teacher", "answered"]));
  for (const kind of ["evaluate", "predict"]) expect(feeds(kind)).not.toContain("teacher");
});
