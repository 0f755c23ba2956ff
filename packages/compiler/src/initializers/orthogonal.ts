// Orthogonal weights: the orthogonal matrix that is nearest to one of normal numbers, which is equally likely to be any.
// It is found by products alone, as Newton and Schulz do it, so it costs the same few operations at every size.

import { real } from "@netwright/definitions";
import { type Builder, sizeOf, type Value } from "@netwright/ir";
import { defineInitializer } from "./initializer.ts";

/** Each step makes small singular values 1.5 times as large, until they are near to 1, and then squares the distance. */
const STEPS = 40;

export const orthogonal = defineInitializer({
  name: "orthogonal",
  doc: "A matrix whose rows or columns, whichever are fewer, are of length 1 and at right angles; it keeps the scale of what passes through often, as in recurrent layers.",
  formula: "gain Q, Q from the polar decomposition of a normal matrix",
  example: "dense(64, kernel_initializer: orthogonal)",
  source:
    'Saxe, McClelland, Ganguli 2013, "Exact Solutions to the Nonlinear Dynamics of Learning in Deep Linear Neural Networks"',
  params: { gain: real({ doc: "Factor of the matrix.", default: 1 }) },
  build: (b, sampler, shape, { gain }) => {
    const rows = sizeOf(shape.slice(0, -1));
    const columns = shape.at(-1) ?? 1;
    const [long, short] = rows >= columns ? [rows, columns] : [columns, rows];
    const matrix = orthogonalColumns(b, sampler.normal([long, short]));
    const turned = rows >= columns ? matrix : b.transpose(matrix, [1, 0]);
    return b.reshape(b.multiply(turned, b.like(turned, gain)), shape);
  },
});

/** The nearest matrix with orthogonal columns: X becomes 1.5 X - 0.5 X (X' X) until nothing changes. */
function orthogonalColumns(b: Builder, start: Value): Value {
  const { shape } = start.type;
  // No singular value is greater than the root of the sum of squares.
  const size = b.sqrt(b.sum(b.multiply(start, start)));
  let x = b.divide(start, b.spread(size, shape));
  for (let i = 0; i < STEPS; i++) {
    const squares = b.matmul(b.transpose(x, [1, 0]), x);
    const cubes = b.matmul(x, squares);
    x = b.subtract(b.multiply(x, b.like(x, 1.5)), b.multiply(cubes, b.like(x, 0.5)));
  }
  return x;
}
