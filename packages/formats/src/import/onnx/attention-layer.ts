// From attention with its projections to the layer.

import { type FloatTensor, zerosOf } from "../../model/layouts.ts";
import type { Constant } from "./constant.ts";
import { identity } from "./heads.ts";
import { type Size, sameFactors } from "./layout.ts";
import type { NodeContext } from "./node-context.ts";
import type { Attention, Flow, Term } from "./terms.ts";

/** Attention with its output, [heads x numbers, output], as a layer; null of what is none. */
export function withOutput(c: NodeContext, flow: Flow, kernel: Constant): Flow | null {
  const { meaning, shape } = flow.term;
  const last = flow.axes[1] ?? [];
  if (meaning.kind !== "attention" || flow.axes.length !== 2 || !sameFactors(last, flow.dims.at(-1) ?? []))
    return null;
  const output = { shape: kernel.shape, data: Float32Array.from(kernel.data) };
  const made = headed(c.term.bind(c), meaning, output, shape[0] ?? 1, c.wanted(kernel));
  const [, units = 1] = kernel.shape;
  const size: Size = units === 1 ? [] : [{ size: units, isRows: false }];
  return {
    kind: "flow",
    term: made,
    axes: [flow.axes[0] ?? [], size],
    dims: [...flow.dims.slice(0, -1), size],
  };
}

/** The layer, with an output kernel; an identity where the file has none. */
export function headed(
  term: NodeContext["term"],
  meaning: Attention,
  given: FloatTensor | null,
  steps: number,
  wanted: string,
): Term {
  const { heads, shared, query, key, value, causal, rotary } = meaning;
  const values = (value.kernel.shape[1] ?? 1) / shared;
  const output = given ?? identity(heads * values);
  const keys = (query.kernel.shape[1] ?? 1) / heads;
  const units = output.shape[1] ?? 1;
  const width = query.input.shape[1] ?? 1;
  const weights = new Map<string, FloatTensor>();
  const all = { query, key, value };
  for (const [name, { kernel, bias }] of Object.entries(all)) {
    weights.set(`${name}_kernel`, kernel);
    if (bias !== null) weights.set(`${name}_bias`, bias);
  }
  weights.set("output_kernel", output);
  const args = {
    num_heads: heads,
    ...(keys * heads === width ? {} : { key_dim: keys }),
    ...(values === keys ? {} : { value_dim: values }),
    ...(units === width ? {} : { output_shape: units }),
    ...(shared === heads ? {} : { num_key_value_heads: shared }),
    ...(causal ? { causal } : {}),
    ...(rotary ? { rotary } : {}),
  };
  const inputs =
    query.input === value.input && key.input === value.input
      ? [query.input]
      : key.input === value.input
        ? [query.input, value.input]
        : [query.input, value.input, key.input];
  return term(
    { kind: "layer", layer: "multi_head_attention", args, weights },
    inputs,
    [steps, units],
    wanted,
  );
}

/** All four biases or none: those that are not there are 0. */
export function withBiases(weights: ReadonlyMap<string, FloatTensor>): ReadonlyMap<string, FloatTensor> {
  const names = ["query", "key", "value", "output"];
  if (!names.some((name) => weights.has(`${name}_bias`))) return weights;
  return new Map(
    names.flatMap((name) => {
      const kernel = weights.get(`${name}_kernel`);
      if (kernel === undefined) return [];
      const bias = weights.get(`${name}_bias`) ?? zerosOf([kernel.shape[1] ?? 1]);
      return [[`${name}_kernel`, kernel] as const, [`${name}_bias`, bias] as const];
    }),
  );
}
