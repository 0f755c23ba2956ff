// Attention held to Keras where which keys a query sees is stated for each of them, which no layer of a graph can say, and
// the encodings of places to their formulas.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { modelVariables } from "@netwright/compiler";
import { some } from "@netwright/definitions";
import { Builder, gradients, type NamedValue, tensor, type Value } from "@netwright/ir";
import { maskedSoftmax } from "../src/layers/attend.ts";
import type { LayerContext } from "../src/layers/layer.ts";
import { attention } from "../src/layers/multi-head-attention.ts";
import { compiled, modelOf, numbers } from "./support.ts";

type Nested = number | boolean | readonly Nested[];

interface Golden {
  readonly name: string;
  readonly layer: string;
  readonly args?: Readonly<Record<string, number | boolean>>;
  readonly inputs: readonly Nested[];
  readonly weights?: readonly { readonly name: string; readonly value: Nested }[];
  readonly mask?: Nested;
  /** Which keys each query sees: [rows, steps of the queries, of the keys]. */
  readonly allowed?: Nested;
  readonly output: Nested;
  readonly cotangent?: Nested;
  readonly grad_weights?: readonly Nested[];
  readonly grad_inputs?: readonly Nested[];
}

const cases = readFileSync(new URL("./golden/keras-attention.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line): Golden => JSON.parse(line));

function shapeOf(nested: Nested): readonly number[] {
  return typeof nested === "object" ? [nested.length, ...shapeOf(nested[0] ?? 0)] : [];
}

function flat(nested: Nested): number[] {
  return typeof nested === "object" ? nested.flatMap(flat) : [Number(nested)];
}

const never = () => {
  throw new Error("attention alone asks for none of this");
};

function contextOf(b: Builder, weights: ReadonlyMap<string, Value>, inputs: readonly Value[]): LayerContext {
  return {
    b,
    get output() {
      return never();
    },
    training: false,
    drops: false,
    variable: (name) => weights.get(name) ?? never(),
    masks: some(inputs.map(() => null)),
    update: never,
    activate: never,
    uniform: never,
    normal: never,
    now: never,
    scan: never,
    show: () => {},
  };
}

async function run({ layer, args, inputs, weights = [], mask, allowed, cotangent }: Golden) {
  const b = new Builder();
  const fed: number[][] = [];
  const parameter = (name: string, value: Nested): Value => {
    fed.push(flat(value));
    return b.parameter(name, tensor("f32", shapeOf(value)));
  };
  const given = some(inputs.map((value, i) => parameter(`x${i}`, value)));
  const known = new Map(weights.map(({ name, value }) => [name, parameter(name, value)]));
  const truths = (value: Nested) => b.literal(tensor("pred", shapeOf(value)), flat(value));
  const isCausal = args?.["causal"] === true;
  const seen = (shape: readonly number[]): Value | null => {
    if (allowed === undefined) return null;
    const pairs = b.broadcastInDim(truths(allowed), shape, [0, 2, 3]);
    if (!isCausal) return pairs;
    const places = tensor("i32", shape);
    return b.binary("and", pairs, b.compare(b.iota(places, 2), "GE", b.iota(places, 3)));
  };
  const context = contextOf(b, known, given);
  const output =
    layer === "softmax"
      ? maskedSoftmax(context, given[0], mask === undefined ? null : truths(mask))
      : attention(
          context,
          given,
          {
            num_heads: Number(args?.["num_heads"]),
            num_key_value_heads: null,
            use_bias: args?.["use_bias"] !== false,
            rotary: false,
            dropout: 0,
          },
          seen,
        );
  const sources = [...known.values(), ...given];
  const slopes =
    cotangent === undefined
      ? []
      : gradients(b, b.sum(b.multiply(output, parameter("cotangent", cotangent))), sources);
  const results = [output, ...slopes].map((value, i): NamedValue => ({ name: `${i}`, value }));
  const program = { name: "attention", state: [], functions: [b.finish("predict_1", "predict", 1, results)] };
  const call = (await referenceBackend.load(program)).call("predict_1");
  for (const [i, values] of fed.entries()) call.inputs[i]?.set(values);
  call.run();
  return call.outputs.map((values) => Float32Array.from(values));
}

describe("as in Keras", () => {
  test.each(cases.map((one) => [`${one.layer}: ${one.name}`, one] as const))("%s", async (_, golden) => {
    const found = await run(golden);
    const expected = [golden.output, ...(golden.grad_weights ?? []), ...(golden.grad_inputs ?? [])];
    expect(found).toHaveLength(expected.length);
    for (const [k, values] of expected.entries()) {
      for (const [i, value] of flat(values).entries()) {
        const apart = Math.abs((found[k]?.[i] ?? Number.NaN) - value);
        expect(apart).toBeLessThan(3e-6 * Math.max(1, Math.abs(value)));
      }
    }
  });
});

describe("multi_head_attention", () => {
  test("has its weights, by heads side by side", () => {
    const shapes = (flow: string) =>
      modelVariables(modelOf({ input: "5, 8", flow })).map(({ id, shape }) => [id.split(".")[1], shape]);
    expect(shapes("multi_head_attention(2, use_bias: false)")).toEqual([
      ["query_kernel", [8, 8]],
      ["key_kernel", [8, 8]],
      ["value_kernel", [8, 8]],
      ["output_kernel", [8, 8]],
    ]);
    expect(shapes("multi_head_attention(2, key_dim: 3, value_dim: 5, output_shape: 7)")).toEqual([
      ["query_kernel", [8, 6]],
      ["query_bias", [6]],
      ["key_kernel", [8, 6]],
      ["key_bias", [6]],
      ["value_kernel", [8, 10]],
      ["value_bias", [10]],
      ["output_kernel", [10, 7]],
      ["output_bias", [7]],
    ]);
  });

  test("takes a sequence, or queries of one and values of another, with keys or without", () => {
    const typeOf = (flow: string) => modelOf({ input: "5, 8", flow }).outputs[0]?.type.shape;
    expect(typeOf("multi_head_attention(2)")).toEqual([5, 8]);
    const cross = (branches: string) => `parallel { ${branches} } -> multi_head_attention(2, key_dim: 3)`;
    expect(typeOf(cross("query { dense(4) } value { }"))).toEqual([5, 4]);
    expect(typeOf(cross("value { dense(4) } query { conv1d(8, 4) } key { }"))).toEqual([2, 8]);
    expect(() => typeOf(cross("query { } key { }"))).toThrow("`query`, `value` and `key`");
    expect(() => typeOf(cross("query { } value { } key { conv1d(8, 4) }"))).toThrow("Each value has its key");
    expect(() => typeOf("multi_head_attention(4, num_key_value_heads: 3)")).toThrow("share each head");
    expect(() => typeOf("multi_head_attention(3)")).toThrow("`key_dim` says");
    expect(() => typeOf("multi_head_attention(2, key_dim: 3, rotary: true)")).toThrow("in pairs");
    expect(() => modelOf({ input: 8, flow: "multi_head_attention(2)" })).toThrow("steps and numbers");
  });

  test("of steps turned by their places knows how far they are apart, and not where they are", async () => {
    const flow = "multi_head_attention(2, key_dim: 4, rotary: true, causal: false)";
    const executable = await compiled({ input: "6, 3", flow }, { step: [1], predict: [1] });
    executable.init(1);
    // The same two steps, the one behind the other, among steps that give no values.
    const [one, other] = [numbers(3), numbers(3, 5)];
    const outputs = (first: number) => {
      const x = new Float32Array(18);
      x.set(one, 3 * first);
      x.set(other, 3 * first + 6);
      const found = executable.predict({ rows: 1, feeds: { x } });
      return [...found.subarray(3 * first, 3 * first + 3)];
    };
    const [early, late] = [outputs(0), outputs(3)];
    for (const [i, value] of early.entries()) expect(late[i]).toBeCloseTo(value, 5);
    const swapped = new Float32Array(18);
    swapped.set(one, 0);
    swapped.set(other, 15);
    const far = executable.predict({ rows: 1, feeds: { x: swapped } });
    expect(Math.abs((far[0] ?? 0) - (early[0] ?? 0))).toBeGreaterThan(1e-5);
  });
});

describe("places in a sequence", () => {
  test.each([4, 5])("are sines and cosines for %d numbers", async (width) => {
    const executable = await compiled(
      { input: `6, ${width}`, flow: "sine_position_encoding(max_wavelength: 100)" },
      { predict: [1] },
    );
    const found = executable.predict({ rows: 1, feeds: { x: new Float32Array(6 * width) } });
    for (let t = 0; t < 6; t++) {
      for (let i = 0; i < width; i++) {
        const angle = t / 100 ** ((2 * Math.floor(i / 2)) / width);
        expect(found[t * width + i]).toBeCloseTo(i % 2 === 0 ? Math.sin(angle) : Math.cos(angle), 5);
      }
    }
  });

  test("have vectors that are learnt", async () => {
    const executable = await compiled({ input: "3, 2", flow: "position_embedding" }, { predict: [2] });
    executable.writeState(new Map([["position_embedding_1.embeddings", Float32Array.of(1, 2, 3, 4, 5, 6)]]));
    const x = Float32Array.of(10, 10, 10, 10, 10, 10, 20, 20, 20, 20, 20, 20);
    expect([...executable.predict({ rows: 2, feeds: { x } })]).toEqual([
      11, 12, 13, 14, 15, 16, 21, 22, 23, 24, 25, 26,
    ]);
  });
});
