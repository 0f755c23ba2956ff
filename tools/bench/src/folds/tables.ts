// The models of `npm run bench -- folds`: one for each table, written once and for all folds.

export const FOLDS = 10;

export interface FoldTable {
  readonly name: string;
  /** The `.net` text for one file of the table, with that split. */
  readonly text: (source: string, split: string) => string;
}

const LINEAR = {
  model: "dense(outputs, kernel_regularizer: l2(1e-3))",
  rate: "cosine(5e-2)",
  batch: 32,
  epochs: 60,
};

export const FOLD_TABLES: readonly FoldTable[] = [
  table("digits", {
    scale: "minmax",
    model: "dense(256, relu) -> dropout(0.3) -> dense(256, relu) -> dropout(0.3) -> dense(outputs)",
    rate: "cosine(3e-3)",
    batch: 64,
    epochs: 60,
  }),
  table("iris", {
    ...LINEAR,
    model: "dense(16, tanh) -> dense(outputs)",
    rate: "cosine(1e-2)",
  }),
  table("wine", LINEAR),
  table("penguins", {
    ...LINEAR,
    model: "dense(16, relu) -> dense(outputs)",
    rate: "cosine(1e-2)",
    epochs: 40,
    columns: "columns { island: category, sex: category(missing: own_class) }",
  }),
];

interface Settings {
  readonly scale?: string;
  readonly columns?: string;
  readonly model: string;
  readonly rate: string;
  readonly batch: number;
  readonly epochs: number;
}

function table(
  name: string,
  { scale = "zscore", columns = "", model, rate, batch, epochs }: Settings,
): FoldTable {
  return {
    name,
    text: (source, split) => `netwright 1
data ${name} {
  source: ${JSON.stringify(source)}
  target: class
  scale: ${scale}
  missing_words: ["NA"]
  ${columns}
  split: ${split}
}
model { ${model} }
train {
  loss: cross_entropy
  optimizer: adamw(learning_rate: ${rate}, weight_decay: 1e-2)
  batch: ${batch}
  epochs: ${epochs}
}
`,
  };
}

/** Fold `test` is tested on, and all others are trained on. */
export function splitOn(test: number): string {
  const others = Array.from({ length: FOLDS }, (_, fold) => fold).filter((fold) => fold !== test);
  return `by_column(fold, train: [${others.map((fold) => `"f${fold}"`).join(", ")}], test: ["f${test}"])`;
}
