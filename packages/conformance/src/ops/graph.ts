// A graph: operands and the operations on them. The kit runs it twice: as it is by the reference interpreter,
// and wrapped into a program whose training step reads the operands from state variables and writes the results
// to others. State is the one way that carries integers, so this also tests state in and out; that it holds
// integers of any shape in the role of weights is peculiar to the kit.

import { interpret, type Tensor } from "@netwright/backend-reference";
import {
  Builder,
  type Func,
  type NamedValue,
  type Program,
  type StateVariable,
  type TensorType,
  tensor,
  type Value,
} from "@netwright/ir";
import { type Backend, compile, type TensorData } from "@netwright/runtime";
import { require } from "../kit/case.ts";
import { requireSupport } from "./require-support.ts";

export interface Graph {
  readonly operands: readonly Tensor[];
  readonly build: (builder: Builder, operands: readonly Value[]) => readonly Value[];
  /** How products and their sums are rounded; absent for each by itself. */
  readonly numerics?: "fused";
  /** Decompositions of the composites in it, and bodies of scans that the builder does not know. */
  readonly functions?: readonly Func[];
}

/** The results by the definition of the operations. */
export function evaluateGraph({ operands, build, numerics, functions = [] }: Graph): readonly Tensor[] {
  const builder = new Builder();
  const values = operands.map(({ type }, i) => builder.parameter(`operand_${i}`, type));
  const results = build(builder, values).map((value, i) => ({ name: `result_${i}`, value }));
  const main = builder.finish("main", "composite", 0, results);
  return interpret(
    {
      name: "graph",
      ...(numerics && { numerics }),
      state: [],
      functions: [main, ...builder.functions, ...functions],
    },
    main,
    operands,
  );
}

const scalarRow = tensor("f32", [1, 1]);
const ROW = new Float32Array(1);

/** pred has no state arrays: outside of the graph it is i32, 0 or 1. */
function storedType({ type }: { readonly type: TensorType }): TensorType {
  return type.dtype === "pred" ? tensor("i32", type.shape) : type;
}

/** State `operand_i` and `result_i`; `step` for one row reads all operands and writes all results. */
export function graphProgram({ operands, build, numerics, functions = [] }: Graph): Program {
  // Built once only to learn the types of the results, which the state variables need first.
  const resultTypes = build(...parametersOf(operands)).map(storedType);
  const variable = (name: string, type: TensorType): StateVariable => ({ name, role: "weight", type });
  const state = [
    ...operands.map((operand, i) => variable(`operand_${i}`, storedType(operand))),
    ...resultTypes.map((type, i) => variable(`result_${i}`, type)),
  ];

  const b = new Builder();
  const x = b.parameter("x", scalarRow);
  const inputs = operands.map((operand, i) => {
    const stored = b.read(`operand_${i}`, storedType(operand));
    return operand.type.dtype === "pred" ? b.convert(stored, "pred") : stored;
  });
  const writes = build(b, inputs).map(
    (value, i): NamedValue => ({
      name: `result_${i}`,
      value: value.type.dtype === "pred" ? b.convert(value, "i32") : value,
    }),
  );
  const step = b.finish("step", "step", 1, [{ name: "loss", value: b.reshape(x, []) }], writes);
  return {
    name: "graph",
    ...(numerics && { numerics }),
    state,
    functions: [step, ...b.functions, ...functions],
  };
}

function parametersOf(operands: readonly Tensor[]): [Builder, readonly Value[]] {
  const b = new Builder();
  return [b, operands.map(({ type }, i) => b.parameter(`operand_${i}`, type))];
}

/**
 * The results by the backend, in the arrays of the contract.
 * @throws ConformanceError when the backend refuses an operation, or a result is missing.
 */
export async function runGraph(
  backend: Backend,
  label: string,
  graph: Graph,
): Promise<readonly TensorData[]> {
  const program = graphProgram(graph);
  requireSupport(backend, label, program);
  const executable = await compile(backend, program);
  try {
    executable.writeState(new Map(graph.operands.map((operand, i) => [`operand_${i}`, toState(operand)])));
    executable.step({ rows: 1, feeds: { x: ROW } });
    const state = executable.readState();
    return program.state.slice(graph.operands.length).map(({ name }) => {
      const data = state.get(name);
      require(data !== undefined, `${label}: readState gives no ${name} after the step`);
      return data;
    });
  } finally {
    executable.dispose();
  }
}

function toState({ data }: Tensor): TensorData {
  return data instanceof Uint8Array ? Int32Array.from(data) : data;
}
