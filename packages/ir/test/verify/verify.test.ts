// A valid program, and for every label of the verifier a copy broken in one place.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { type AnyOp, type Func, type Program, parse, type TensorType, tensor, verify } from "@netwright/ir";

const TEXT = `program p {
  state weight w : tensor<3x1xf32>
  state counter n : tensor<i32>

  func init init batch 0 {
    %0 = parameter seed : tensor<u32>
    %1 = constant() {type = tensor<3x1xf32>, values = [0]} : tensor<3x1xf32>
    %2 = constant() {type = tensor<i32>, values = [0]} : tensor<i32>
    state w = %1
    state n = %2
  }

  func step step_2 batch 2 {
    %0 = state w : tensor<3x1xf32>
    %1 = state n : tensor<i32>
    %2 = parameter x : tensor<2x3xf32>
    %3 = parameter y : tensor<2x1xf32>
    %4 = composite(%0, %0) {composite = optimizer_update.sgd, settings = {}, decomposition = update, types = [tensor<3x1xf32>]} : tensor<3x1xf32>
    %5 = reduce(%3) {kind = sum, dimensions = [0, 1]} : tensor<f32>
    state w = %4
    state n = %1
    result loss = %5
  }

  func predict predict_2 batch 2 {
    %0 = state w : tensor<3x1xf32>
    %1 = state n : tensor<i32>
    %2 = parameter x : tensor<2x3xf32>
    %3 = dot_general(%2, %0) {lhsBatching = [], rhsBatching = [], lhsContracting = [1], rhsContracting = [0]} : tensor<2x1xf32>
    %4 = tanh(%3) : tensor<2x1xf32>
    result prediction = %4
  }

  func evaluate evaluate_2 batch 2 {
    %0 = state w : tensor<3x1xf32>
    %1 = state n : tensor<i32>
    %2 = parameter x : tensor<2x3xf32>
    %3 = parameter y : tensor<2x1xf32>
    %4 = parameter weight : tensor<2xf32>
    %5 = reduce(%3) {kind = sum, dimensions = [0, 1]} : tensor<f32>
    %6 = reduce(%4) {kind = sum, dimensions = [0]} : tensor<f32>
    result loss_sum = %5
    result weight_sum = %6
    result prediction = %3
  }

  func trace trace_2 batch 2 {
    %0 = state w : tensor<3x1xf32>
    %1 = state n : tensor<i32>
    %2 = parameter x : tensor<2x3xf32>
    result dense_1 = %2
  }

  func composite update batch 0 {
    %0 = parameter weight : tensor<3x1xf32>
    %1 = parameter slope : tensor<3x1xf32>
    %2 = subtract(%0, %1) : tensor<3x1xf32>
    result weight = %2
  }
}
`;

const CALL =
  "composite(%0, %0) {composite = optimizer_update.sgd, settings = {}, decomposition = update, types = [tensor<3x1xf32>]}";
const CALL_OF_SCAN =
  "scan(%0, %0) {body = update, length = 2, carries = 1, sequences = 0, order = forwards, types = [tensor<3x1xf32>]}";

const valid = parse(TEXT);
const f32 = tensor("f32");
const [STEP, PREDICT, TRACE, UPDATE] = [1, 2, 4, 5];

/** The text with one place changed; the change must apply. */
function edited(from: string, to: string): Program {
  expect(TEXT).toContain(from);
  return parse(TEXT.replace(from, to));
}

/** The valid program with one function changed, for what the text form cannot say. */
function withFunc(index: number, change: (func: Func) => Partial<Func>): Program {
  return {
    ...valid,
    functions: valid.functions.map((func, i) => (i === index ? { ...func, ...change(func) } : func)),
  };
}

function withOp(index: number, position: number, change: (op: AnyOp) => object): Program {
  return withFunc(index, ({ body }) => ({
    // The point is a broken operation, which the types rightly refuse.
    body: body.map((op, i) => (i === position ? ({ ...op, ...change(op) } as AnyOp) : op)),
  }));
}

function withState(state: Program["state"]): Program {
  return { ...valid, state };
}

const notAType: TensorType = { dtype: "f32", shape: [-1] };

const BROKEN: readonly (readonly [label: string, what: string, broken: () => Program, message: string])[] = [
  [
    "program_c1",
    "two functions of one name",
    () => edited("func trace trace_2", "func trace predict_2"),
    "there is an earlier function of the name predict_2",
  ],
  [
    "program_c2",
    "two functions of one kind and batch",
    () => withFunc(TRACE, () => ({ ...valid.functions[PREDICT], name: "other" })),
    "there is an earlier function of kind predict for batch 2",
  ],
  [
    "program_c3",
    "two state variables of one name",
    () => withState([...valid.state, { name: "w", role: "weight", type: f32 }]),
    "there are two state variables of the name w",
  ],
  [
    "program_c4",
    "a counter of another type",
    () => edited("state counter n : tensor<i32>", "state counter n : tensor<u32>"),
    "state variable n is tensor<u32>; a counter is tensor<i32>",
  ],
  [
    "program_c4",
    "a random state of another size",
    () => edited("state counter n : tensor<i32>", "state random n : tensor<3xu32>"),
    "state variable n is tensor<3xu32>; a random is tensor<6xu32>",
  ],
  [
    "program_c4",
    "a weight of truth values",
    () => edited("state weight w : tensor<3x1xf32>", "state weight w : tensor<3x1xpred>"),
    "state variable w is tensor<3x1xpred>; a weight is a tensor of numbers",
  ],
  [
    "program_c5",
    "a negative dimension in the state",
    () => withState([{ name: "w", role: "weight", type: notAType }, ...valid.state.slice(1)]),
    "state variable w has no valid type",
  ],
  [
    "func_c1",
    "a parameter defined again",
    () => withOp(PREDICT, 1, ({ results }) => ({ results: results.map(({ type }) => ({ id: 2, type })) })),
    "tanh: value 2 is defined twice",
  ],
  [
    "func_c1",
    "two parameters of one id",
    () =>
      withFunc(TRACE, ({ parameters }) => ({
        parameters: parameters.map(({ name, value }) => ({ name, value: { ...value, id: 0 } })),
        results: [],
      })),
    "value 0 is defined twice",
  ],
  [
    "func_c2",
    "an operand defined below",
    () => withFunc(PREDICT, ({ body }) => ({ body: [...body].reverse() })),
    "tanh: value 3 is not defined above",
  ],
  [
    "func_c2",
    "an undefined result",
    () => withFunc(TRACE, () => ({ results: [{ name: "r", value: { id: 99, type: f32 } }] })),
    "value 99 is not defined above",
  ],
  [
    "func_c3",
    "an operand of another type than defined",
    () => withOp(PREDICT, 1, () => ({ operands: [{ id: 3, type: f32 }] })),
    "tanh: value 3 is defined as tensor<2x1xf32> and used as tensor<f32>",
  ],
  [
    "func_c4",
    "a result of a type that is none",
    () => withOp(PREDICT, 1, () => ({ results: [{ id: 4, type: notAType }] })),
    "tanh: value 4 has no valid type",
  ],
  [
    "func_c4",
    "an operand of a type that is none",
    () => withOp(PREDICT, 1, () => ({ operands: [{ id: 3, type: notAType }] })),
    "tanh: value 3 is used with no valid type",
  ],
  [
    "attribute_c1",
    "a composite without types",
    () =>
      withOp(STEP, 0, () => ({
        attributes: { composite: "optimizer_update.sgd", settings: {}, decomposition: "update" },
      })),
    "composite: attribute types is not of kind types",
  ],
  [
    "operation_c1",
    "an operation of another version",
    () => withOp(PREDICT, 1, () => ({ name: "foo" })),
    "foo: there is no such operation",
  ],
  [
    "operation_c1",
    "an operation that is called like something every object has",
    () => withOp(PREDICT, 1, () => ({ name: "constructor" })),
    "constructor: there is no such operation",
  ],
  [
    "operand_count",
    "too many operands",
    () => edited("tanh(%3)", "tanh(%3, %3)"),
    "tanh: takes 1 operands, has 2",
  ],
  [
    "operand_count",
    "no operands of a variadic operation",
    () => edited("%4 = tanh(%3) :", "%4 = concatenate() {dimension = 0} :"),
    "concatenate: takes at least one operand, has 0",
  ],
  [
    "result_count",
    "too many results",
    () => edited("%4 = tanh(%3) : tensor<2x1xf32>", "%4, %5 = tanh(%3) : tensor<2x1xf32>, tensor<2x1xf32>"),
    "tanh: has 1 results, 2 are recorded",
  ],
  [
    "result_type",
    "another recorded type",
    () => edited("%4 = tanh(%3) : tensor<2x1xf32>", "%4 = tanh(%3) : tensor<2x2xf32>"),
    "tanh: result 0 is tensor<2x1xf32>, recorded is tensor<2x2xf32>",
  ],
  [
    "attribute_c1",
    "a fraction for a dimension",
    () => withOp(STEP, 1, () => ({ attributes: { kind: "sum", dimensions: [0, 0.5] } })),
    "reduce: attribute dimensions is not of kind integers",
  ],
  [
    "attribute_c1",
    "a missing attribute",
    () => withOp(STEP, 1, () => ({ attributes: { kind: "sum" } })),
    "reduce: attribute dimensions is not of kind integers",
  ],
  [
    "attribute_c2",
    "a fraction in an i32 constant",
    () => edited("{type = tensor<i32>, values = [0]}", "{type = tensor<i32>, values = [0.5]}"),
    "constant: 0.5 is not a value of i32",
  ],
  [
    "attribute_c2",
    "an i32 out of range",
    () => edited("{type = tensor<i32>, values = [0]}", "{type = tensor<i32>, values = [2147483648]}"),
    "constant: 2147483648 is not a value of i32",
  ],
  [
    "signature_c1",
    "state in another order",
    () =>
      edited("state w : tensor<3x1xf32>\n    %1 = state n", "state n : tensor<3x1xf32>\n    %1 = state w"),
    "the state comes first in the parameters: expected n : tensor<i32>, found n : tensor<3x1xf32>",
  ],
  [
    "signature_c1",
    "a variable that is not in the state",
    () => edited("state n = %1\n    result loss", "state m = %1\n    result loss"),
    "it writes m, which is no state variable",
  ],
  [
    "signature_c1",
    "new state of another type",
    () => edited("state w = %4", "state w = %3"),
    "the state comes first in the results: expected w : tensor<3x1xf32>, found w : tensor<2x1xf32>",
  ],
  [
    "signature_c1",
    "an init that leaves a variable as it is",
    () => edited("    state n = %2\n", ""),
    "init does not write n",
  ],
  [
    "signature_c1",
    "an init that reads",
    () => edited("%0 = parameter seed : tensor<u32>", "%0 = state n : tensor<i32>"),
    "init reads no state",
  ],
  [
    "signature_c1",
    "a prediction that writes",
    () => edited("    result prediction = %4", "    state w = %0\n    result prediction = %4"),
    "predict writes no state",
  ],
  [
    "signature_c1",
    "a batch of an update that changes a weight and a counter before it",
    () => withFunc(STEP, () => ({ kind: "accumulate" })),
    "accumulate writes what only an update changes: w, a weight; n, a counter",
  ],
  [
    "signature_c1",
    "a composite that reads",
    () => withFunc(UPDATE, () => ({ reads: ["w"] })),
    "a composite has no state",
  ],
  [
    "signature_c2",
    "an init without a seed",
    () => edited("%0 = parameter seed : tensor<u32>", "%0 = parameter seed : tensor<i32>"),
    "parameters of init: expected seed : tensor<u32>, found seed : tensor<i32>",
  ],
  [
    "signature_c2",
    "an evaluation without weights of rows",
    () => edited("%4 = parameter weight", "%4 = parameter weights"),
    "evaluate takes weight : tensor<2xf32>",
  ],
  [
    "signature_c2",
    "rows that are not the batch",
    () => edited("func trace trace_2 batch 2", "func trace trace_2 batch 3"),
    "feeds of trace: expected a tensor of 3 rows, found x : tensor<2x3xf32>",
  ],
  [
    "signature_c2",
    "a feed without rows",
    () =>
      withFunc(TRACE, ({ parameters }) => ({
        parameters: [...parameters, { name: "y", value: { id: 50, type: f32 } }],
      })),
    "feeds of trace: expected a tensor of 2 rows, found y : tensor<f32>",
  ],
  [
    "signature_c3",
    "a missing result",
    () => edited("    result loss = %5\n", ""),
    "results of step: expected loss : tensor<f32>, found no more",
  ],
  [
    "signature_c3",
    "a loss that is no scalar",
    () => edited("result loss_sum = %5", "result loss_sum = %3"),
    "results of evaluate: expected loss_sum : tensor<f32>, found loss_sum : tensor<2x1xf32>",
  ],
  [
    "signature_c4",
    "init with a batch",
    () => edited("func init init batch 0", "func init init batch 2"),
    "init has batch 0, this has 2",
  ],
  [
    "signature_c4",
    "a composite with a batch",
    () => edited("update batch 0", "update batch 2"),
    "a composite has batch 0, this has 2",
  ],
  [
    "signature_c5",
    "results of one name",
    () => withFunc(TRACE, ({ results }) => ({ results: [...results, ...results] })),
    "there is an earlier result of the name dense_1",
  ],
  [
    "signature_c5",
    "parameters of one name",
    () => edited("parameter slope", "parameter weight"),
    "there is an earlier parameter of the name weight",
  ],
  [
    "composite_c1",
    "a missing decomposition",
    () => edited("decomposition = update", "decomposition = absent"),
    "the decomposition absent of optimizer_update.sgd is not in the program",
  ],
  [
    "composite_c1",
    "a decomposition of another kind",
    () => edited("decomposition = update", "decomposition = predict_2"),
    "the decomposition predict_2 of optimizer_update.sgd is a function of kind predict",
  ],
  [
    "composite_c2",
    "operands of other types",
    () => edited("composite(%0, %0)", "composite(%0, %2)"),
    "operands are (tensor<3x1xf32>, tensor<2x3xf32>), update has (tensor<3x1xf32>, tensor<3x1xf32>)",
  ],
  [
    "composite_c3",
    "results of other types",
    () =>
      withFunc(UPDATE, ({ results }) => ({
        results: [...results, { name: "again", value: { id: 2, type: tensor("f32", [3, 1]) } }],
      })),
    "types are (tensor<3x1xf32>), update has (tensor<3x1xf32>, tensor<3x1xf32>)",
  ],
  [
    "scan_c4",
    "a missing body",
    () => edited(CALL, CALL_OF_SCAN.replace("body = update", "body = absent")),
    "the body absent is not in the program",
  ],
  [
    "scan_c4",
    "a body of another kind",
    () => edited(CALL, CALL_OF_SCAN.replace("body = update", "body = predict_2")),
    "the body predict_2 is a function of kind predict",
  ],
  [
    "scan_c5",
    "a body of other operands",
    () => edited(CALL, CALL_OF_SCAN.replace("%0, %0", "%0")),
    "update takes (tensor<3x1xf32>, tensor<3x1xf32>), a step (tensor<3x1xf32>)",
  ],
  [
    "composite_c4",
    "recursion",
    () =>
      edited(
        "%2 = subtract(%0, %1)",
        "%2 = composite(%0, %1) {composite = test.c, settings = {}, decomposition = update, types = [tensor<3x1xf32>]}",
      ),
    "update calls itself",
  ],
];

test("a valid program has no problems", () => {
  expect(verify(valid)).toEqual([]);
  expect(verify(edited(CALL, CALL_OF_SCAN))).toEqual([]);
  expect(valid.functions.map(({ kind }) => kind)).toEqual([
    "init",
    "step",
    "predict",
    "evaluate",
    "trace",
    "composite",
  ]);
});

test.each(BROKEN)("%s: %s", (constraint, _, broken, message) => {
  expect(verify(broken())).toContainEqual(expect.objectContaining({ constraint, message }));
});

test("a problem says where it is", () => {
  const program = edited("%4 = tanh(%3) : tensor<2x1xf32>", "%4 = tanh(%3) : tensor<2x2xf32>");
  expect(verify(program)).toContainEqual({
    constraint: "result_type",
    func: "predict_2",
    op: 1,
    message: "tanh: result 0 is tensor<2x1xf32>, recorded is tensor<2x2xf32>",
  });
});

test("recursion is found on the cycle alone, not in what calls it or is called", () => {
  const call = (name: string) =>
    `composite(%0) {composite = test.c, settings = {}, decomposition = ${name}, types = [tensor<f32>]} : tensor<f32>`;
  const composite = (name: string, callees: readonly string[]) =>
    [
      `func composite ${name} batch 0 {`,
      "%0 = parameter a : tensor<f32>",
      ...callees.map((callee, i) => `%${i + 1} = ${call(callee)}`),
      "result r = %0",
      "}",
    ].join("\n");
  const program = parse(
    [
      "program p {",
      composite("outer", ["ring_1"]),
      composite("ring_1", ["ring_2"]),
      composite("ring_2", ["ring_1", "leaf"]),
      composite("leaf", []),
      "}",
    ].join("\n"),
  );
  expect(verify(program).map(({ constraint, func }) => [constraint, func])).toEqual([
    ["composite_c4", "ring_1"],
    ["composite_c4", "ring_2"],
  ]);
});

test("every label in src/verify has a broken program above", () => {
  const folder = new URL("../../src/verify/", import.meta.url);
  const text = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), "utf8"));
  const labels = text.flatMap((source) =>
    [...source.matchAll(/"((?:[a-z]+_c\d+)|operand_count|result_count|result_type)"/g)].map(
      ([, label]) => label,
    ),
  );
  expect([...new Set(labels)].sort()).toEqual([...new Set(BROKEN.map(([label]) => label))].sort());
});
