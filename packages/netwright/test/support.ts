// A small problem with a known answer: y = 2 a - b + noise-free curvature.

export const source = `netwright 1

data line {
  source: "line.csv"
  target: y
  columns { a: number(unit: "m", min: -10, max: 10) }
  split: { train: 60%, validation: 20%, test: 20%, seed: 1 }
}

model {
  dense(8, tanh)
  dense(1)
}

train {
  loss: mse
  optimizer: adam(learning_rate: 0.02)
  batch: 16
  epochs: 30
  seed: 3
}

expect {
  test.r2 > 0.9
}
`;

export interface Point {
  readonly a: number;
  readonly b: number;
  readonly y: number;
}

/** A full grid, so that every split sees the whole range. */
export const points: readonly Point[] = Array.from({ length: 100 }, (_, i) => {
  const [a, b] = [(i % 10) - 4.5, Math.floor(i / 10) - 4.5];
  return { a, b, y: 2 * a - b + 0.1 * a * b };
});

export const csv = ["a,b,y", ...points.map(({ a, b, y }) => `${a},${b},${y}`)].join("\n");
