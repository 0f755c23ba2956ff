// Before and after of inlining composites.

import { expect, test } from "@jest/globals";
import { inline, parse, print, verify } from "@netwright/ir";

const call = (name: string, operands: string, count = 1) => {
  const types = new Array(count).fill("tensor<f32>").join(", ");
  return `composite(${operands}) {composite = c, settings = {}, decomposition = ${name}, types = [${types}]} : ${types}`;
};

const TEXT = `program p {
  state weight w : tensor<f32>

  func trace f batch 1 {
    %0 = state w : tensor<f32>
    %1 = parameter x : tensor<1xf32>
    %2 = negate(%0) : tensor<f32>
    %3, %4 = ${call("outer", "%2, %0", 2)}
    %5 = ${call("inner", "%4")}
    result a = %3
    result b = %5
  }

  func composite outer batch 0 {
    %0 = parameter a : tensor<f32>
    %1 = parameter b : tensor<f32>
    %2 = add(%0, %1) : tensor<f32>
    %3 = ${call("inner", "%2")}
    result first = %0
    result second = %3
  }

  func composite inner batch 0 {
    %0 = parameter a : tensor<f32>
    %1 = abs(%0) : tensor<f32>
    result r = %1
  }
}
`;

test("nested composites, a result that is an operand, several calls of one function", () => {
  const program = inline(parse(TEXT));
  expect(verify(program)).toEqual([]);
  expect(print(program)).toBe(`program p {
  state weight w : tensor<f32>

  func trace f batch 1 {
    %0 = state w : tensor<f32>
    %1 = parameter x : tensor<1xf32>
    %2 = negate(%0) : tensor<f32>
    %3 = add(%2, %0) : tensor<f32>
    %4 = abs(%3) : tensor<f32>
    %5 = abs(%4) : tensor<f32>
    result a = %2
    result b = %5
  }
}
`);
});

test("the inlined operations have the origin of the composite, or else their own", () => {
  const program = parse(TEXT);
  const functions = program.functions.map((func) => ({
    ...func,
    body: func.body.map((op, i) =>
      func.kind === "trace" && i === 2 ? op : { ...op, origin: { layer: `${func.name}_${i}` } },
    ),
  }));
  const [func] = inline({ ...program, functions }).functions;
  expect(func?.body.map(({ name, origin }) => [name, origin?.layer])).toEqual([
    ["negate", "f_0"],
    ["add", "f_1"],
    ["abs", "f_1"],
    ["abs", "inner_0"],
  ]);
});

test("a program without composites keeps its functions", () => {
  const program = inline(parse(TEXT));
  expect(inline(program).functions[0]).toBe(program.functions[0]);
});

test("recursion and a missing decomposition are our own bugs", () => {
  expect(() => inline(parse(TEXT.replace("abs(%0) : tensor<f32>", call("inner", "%0"))))).toThrow(
    "composite_c4: inner: recursion",
  );
  expect(() => inline(parse(TEXT.replace("decomposition = outer", "decomposition = absent")))).toThrow(
    "composite_c1: there is no absent",
  );
});
