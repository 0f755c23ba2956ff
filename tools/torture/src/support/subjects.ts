// Runs to be damaged, made once and held in memory: with what they predict, and what their training ends in when it goes on.

import { type Backend, bundleToFiles, type History, type RunBundle, type RunFiles } from "@netwright/runtime";
import { findBackend, memoryFiles, openProject, type Project, runTraining } from "netwright";

export interface Subject {
  readonly name: string;
  readonly project: Project;
  readonly backend: Backend;
  readonly bundle: RunBundle;
  readonly files: RunFiles;
  /** Of the features, to predict for. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

const days = ["mo", "tu", "we"] as const;
const rows = Array.from({ length: 40 }, (_, i) => ({
  a: i % 7,
  b: (i * i) % 11,
  day: days[i % 3] ?? "",
  y: (i % 5) + (i % 7),
  kind: i % 2 === 0 ? "even" : "odd",
}));

const csv = ["a,b,day,y,kind", ...rows.map((row) => Object.values(row).join(","))].join("\n");

const source = (data: string, model: string, train: string) => `netwright 1
param width = 4 in 1..8
data table {
  source: "table.csv"
  ${data}
  columns { a: number(unit: "m", min: 0, max: 9) }
}
model { ${model} }
train { batch: 7, epochs: 4, seed: 3, ${train} }
`;

const NUMBERS = source(
  "target: y, features: [a, b], missing: median",
  "dense(width, tanh) -> batch_norm -> dropout(20%) -> dense(outputs)",
  "loss: huber, optimizer: adam(learning_rate: cosine(1e-2, warmup_steps: 2)), accumulate: 2, stop: early(patience: 3)",
);
const CLASSES = source(
  "target: kind, features: [a, day]",
  "parallel { n { input(features) -> dense(width, relu) } d { input(day) -> embedding(2) } } -> concat -> dense(outputs)",
  "loss: cross_entropy, weight_average: 0.9",
).replace("min: 0, max: 9)", "min: 0, max: 9), day: category(encoder: ordinal(unknown: other))");

let made: Promise<readonly [Subject, ...Subject[]]> | undefined;

/** Two interrupted at different steps of the same training, and two that are complete. */
export function subjects(): Promise<readonly [Subject, ...Subject[]]> {
  made ??= (async () => [
    await subject("interrupted", NUMBERS, { epoch: 2, step: 1 }),
    await subject("interrupted later", NUMBERS, { epoch: 3, step: 2 }),
    await subject("complete", NUMBERS),
    await subject("classes", CLASSES, { epoch: 2, step: 3 }),
    await subject("complete classes", CLASSES),
  ])();
  return made;
}

/** Without what is another one on every machine and every day: a case is to come again. */
function timeless({ model, record, history, checkpoint }: RunBundle): RunBundle {
  const lines = (all: History) => all.map((line) => ({ ...line, seconds: 0.125 }));
  return {
    model,
    record: {
      ...record,
      backend: { ...record.backend, device: "a machine", threads: 1 },
      seconds: { total: 1.5, train: 1.25 },
    },
    history: lines(history),
    checkpoint: checkpoint && {
      ...checkpoint,
      checkpoint: { ...checkpoint.checkpoint, seconds: 0.25, history: lines(checkpoint.checkpoint.history) },
    },
  };
}

async function subject(
  name: string,
  text: string,
  interrupt?: { readonly epoch: number; readonly step: number },
): Promise<Subject> {
  const files = memoryFiles(new Map([["table.csv", csv]]));
  const project = openProject({ file: "model.net", text }, { files });
  const found = await findBackend("reference");
  if (!found.ok) throw new Error("no reference backend");
  const controller = new AbortController();
  const trained = await runTraining(project, {
    backend: found.value,
    signal: controller.signal,
    callbacks: {
      onStep: ({ epoch, step }) => {
        if (epoch === interrupt?.epoch && step === interrupt.step) controller.abort();
      },
    },
  });
  if (!trained.ok) throw new Error(trained.diagnostics.map(({ message }) => message).join(" "));
  const { program } = trained.value;
  const bundle = timeless(trained.value.bundle);
  const features = bundle.model.encoders?.features.map((column) => column.name) ?? [];
  const given = rows
    .slice(0, 6)
    .map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => features.includes(column))));
  return {
    name,
    project,
    backend: found.value,
    bundle,
    files: bundleToFiles(bundle, program.state),
    rows: given,
  };
}
