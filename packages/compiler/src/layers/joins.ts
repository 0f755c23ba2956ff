// Layers that take many inputs, as the branches of a `parallel`: side by side, or number by number.

import {
  describeShape,
  type LayerParts,
  numbersOf,
  type Shape,
  type ShapeProblem,
  type Some,
  sameShape,
  type ValueType,
} from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import { apartParts, defineLayer, shapesOf } from "./layer.ts";

type OutputOf = (inputs: Some<ValueType>) => ValueType | ShapeProblem;

function onShapes(shapeOf: (shapes: Some<Shape>) => Shape | ShapeProblem): OutputOf {
  return (inputs) => {
    const shapes = shapesOf(inputs);
    const output = "problem" in shapes ? shapes : shapeOf(shapes);
    return "problem" in output ? output : numbersOf(output);
  };
}

export const concat = defineLayer({
  name: "concat",
  doc: "Puts its inputs side by side, along the last size.",
  formula: "[x_1, x_2, ...]",
  example: "parallel { wide { dense(64, relu) } deep { repeat 3 { dense(16, relu) } } } -> concat",
  source: "Keras, `Concatenate`",
  params: {},
  takes: "many",
  output: onShapes((shapes) => {
    const [first, ...others] = shapes;
    const front = first.slice(0, -1);
    const fit = others.every(
      (shape) => shape.length === first.length && sameShape(shape.slice(0, -1), front),
    );
    if (first.length > 0 && fit)
      return [...front, shapes.reduce((sum, shape) => sum + (shape.at(-1) ?? 0), 0)];
    return {
      problem: "the branches differ in more than the last size and `concat` cannot join them",
      note: "`concat` joins along the last size.",
    };
  }),
  parts: () => ({ ...apartParts, joins: "side by side" }),
  build: ({ b }, inputs) => b.concatenate(inputs, inputs[0].type.shape.length - 1),
});

interface ElementwiseJoin {
  readonly name: string;
  readonly doc: string;
  readonly formula: string;
  readonly source: string;
  readonly joins: NonNullable<LayerParts["joins"]>;
  readonly build: (b: Builder, inputs: Some<Value>) => Value;
}

function elementwise({ name, doc, formula, source, joins, build }: ElementwiseJoin) {
  return defineLayer({
    name,
    doc,
    formula,
    example: `parallel { a { dense(16, relu) } b { dense(16, tanh) } } -> ${name}`,
    source,
    params: {},
    takes: "many",
    output: onShapes((shapes) => {
      const [first, ...others] = shapes;
      const other = others.find((shape) => !sameShape(shape, first));
      if (other === undefined) return first;
      return {
        problem: `the branches have different shapes and \`${name}\` cannot join them`,
        note: `\`${name}\` works number by number, and ${describeShape(first)} is not ${describeShape(other)}.`,
      };
    }),
    parts: () => ({ ...apartParts, joins }),
    build: ({ b }, inputs) => build(b, inputs),
  });
}

function pairwise(combine: (b: Builder, x: Value, y: Value) => Value) {
  return (b: Builder, inputs: Some<Value>): Value => inputs.reduce((x, y) => combine(b, x, y));
}

const sum = pairwise((b, x, y) => b.add(x, y));

export const add = elementwise({
  name: "add",
  doc: "Adds its inputs, number by number.",
  formula: "x_1 + x_2 + ...",
  source: "Keras, `Add`",
  joins: "sum",
  build: sum,
});

export const multiply = elementwise({
  name: "multiply",
  doc: "Multiplies its inputs, number by number.",
  formula: "x_1 * x_2 * ...",
  source: "Keras, `Multiply`",
  joins: "product",
  build: pairwise((b, x, y) => b.multiply(x, y)),
});

export const average = elementwise({
  name: "average",
  doc: "The mean of its inputs, number by number.",
  formula: "(x_1 + ... + x_n) / n",
  source: "Keras, `Average`",
  joins: "mean",
  build: (b, inputs) => {
    const total = sum(b, inputs);
    return b.divide(total, b.like(total, inputs.length));
  },
});
