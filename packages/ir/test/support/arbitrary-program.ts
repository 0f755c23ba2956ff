// Random small valid programs over all operations, for property tests: a trace function over state and input,
// and a composite that it may call. Shrinks by leaving out operations.

import { Builder, type OpName, ops, type Program, rngState, tensor, type Value } from "@netwright/ir";
import fc from "fast-check";
import { Choices } from "./choices.ts";
import { generators, type Scope } from "./op-generators.ts";

interface Step {
  readonly op: OpName;
  readonly choices: readonly number[];
}

const pair = tensor("f32", [2, 3]);
const COMPOSITE = "pair_update";
/** Operations that passes combine with one another; half of all, so that they meet. */
const COMBINING = [
  "add",
  "subtract",
  "multiply",
  "divide",
  "negate",
  "compare",
  "select",
  "convert",
  "broadcast_in_dim",
  "reshape",
  "transpose",
  "reverse",
  "reduce",
  "concatenate",
] as const satisfies OpName[];
const OP_NAMES = Object.keys(ops) as OpName[];

function build(steps: readonly Step[], inner: readonly Step[], kept: readonly boolean[]): Program {
  const main = new Builder();
  const state = [
    { name: "dense_1.kernel", role: "weight", type: pair },
    { name: "dropout 1", role: "random", type: rngState },
    { name: "steps", role: "counter", type: tensor("i32") },
  ] as const;
  const pool: Value[] = [...state.map(({ name, type }) => main.read(name, type)), main.parameter("x", pair)];
  const callComposite = (): readonly Value[] => {
    const pairs = pool.filter(({ type }) => type.dtype === "f32" && String(type.shape) === "2,3");
    const [first] = pairs;
    const last = pairs.at(-1);
    if (first === undefined || last === undefined) return [];
    return main.emit("composite", [last, first], {
      composite: "test.pair",
      settings: { rate: 0.1, "odd key": -0 },
      decomposition: COMPOSITE,
      types: [pair, pair],
    });
  };
  const callScan = (length: number): readonly Value[] => {
    const pairs = pool.filter(({ type }) => type.dtype === "f32" && String(type.shape) === "2,3");
    const [first] = pairs;
    const last = pairs.at(-1);
    if (first === undefined || last === undefined) return [];
    const inSteps = tensor("f32", [length, 2, 3]);
    const sequence = length === 0 ? main.fill(inSteps, 0) : main.broadcastInDim(first, inSteps.shape, [1, 2]);
    return main.emit("scan", [last, sequence], {
      body: COMPOSITE,
      length,
      carries: 1,
      sequences: 1,
      order: length % 2 === 0 ? "forwards" : "backwards",
      types: [pair, inSteps],
    });
  };
  run(main, pool, steps, { callComposite, callScan });
  const results = pool.flatMap((value, i) =>
    kept[i % Math.max(kept.length, 1)] === false ? [] : [{ name: `value ${i}`, value }],
  );

  const composite = new Builder();
  const innerPool = [composite.parameter("a", pair), composite.parameter("b", pair)];
  run(composite, innerPool, inner, { callComposite: undefined, callScan: undefined });
  const pairs = innerPool.filter(({ type }) => type.dtype === "f32" && String(type.shape) === "2,3");
  const innerResults = [pairs.at(-1), pairs.at(-2)].flatMap((value, i) =>
    value === undefined ? [] : [{ name: `r${i}`, value }],
  );
  return {
    name: "random",
    state,
    functions: [
      main.finish("trace_2", "trace", 2, results),
      composite.finish(COMPOSITE, "composite", 0, innerResults),
    ],
  };
}

function run(
  builder: Builder,
  pool: Value[],
  steps: readonly Step[],
  calls: Pick<Scope, "callComposite" | "callScan">,
): void {
  steps.forEach(({ op, choices }, i) => {
    const scope = { builder, pool, choices: new Choices(choices), ...calls };
    const origin = i % 3 === 0 ? undefined : { layer: `layer_${i}` };
    pool.push(...builder.at(origin, () => generators[op](scope)));
  });
}

/** Without the operations in `except`. */
export function arbitraryProgram(except: readonly OpName[] = []): fc.Arbitrary<Program> {
  const names = OP_NAMES.filter((name) => !except.includes(name));
  const step = fc.record({
    op: fc.oneof(fc.constantFrom(...names), fc.constantFrom(...COMBINING)),
    choices: fc.array(fc.nat(1000), { maxLength: 24, size: "max" }),
  });
  const steps = (maxLength: number) => fc.array(step, { maxLength, size: "max" });
  return fc
    .tuple(steps(40), steps(8), fc.array(fc.boolean(), { maxLength: 12, size: "max" }))
    .map(([main, inner, kept]) => build(main, inner, kept));
}
