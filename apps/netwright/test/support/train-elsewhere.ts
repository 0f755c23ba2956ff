// Another engine, as far as our side can tell: it trains from the files of an export alone, on the reference backend, and
// writes a checkpoint as `netwright_jax` does.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { referenceBackend } from "@netwright/backend-reference";
import type { ElementType, FuncKind, StateRole } from "@netwright/ir";
import {
  type Checkpoint,
  compile,
  type Executable,
  type NamedTensors,
  readCheckpoint,
  readSafetensors,
  type TensorData,
  withShapes,
  writeCheckpoint,
  writeSafetensors,
} from "@netwright/runtime";
import { parseStablehlo } from "@netwright/stablehlo";

interface ArrayOf {
  readonly name: string;
  readonly dtype: ElementType;
  readonly shape: readonly number[];
}

/** As the page of exports describes it. */
export interface Manifest {
  readonly name: string;
  readonly epochs: number;
  readonly batch: number;
  readonly accumulate: number;
  readonly stop: { readonly patience: number; readonly min_delta: number } | null;
  readonly hash: { readonly run: string };
  readonly state: readonly (ArrayOf & { readonly role: StateRole; readonly saved: boolean })[];
  readonly functions: readonly { readonly kind: FuncKind; readonly rows: number; readonly file: string }[];
  readonly rows: {
    readonly train: {
      readonly rows: number;
      readonly fields: readonly (ArrayOf & { readonly file: string })[];
    };
  };
  readonly order: { readonly file: string; readonly shape: readonly number[] };
  readonly start: string;
  readonly files: Readonly<Record<string, string>>;
}

export const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, "training.json"), "utf8"));

export const ENGINE = {
  versions: { jax: "0.0.1", jaxlib: "0.0.1" },
  devices: 2,
  platform: "cpu",
};

/** The numbers of an array of NumPy. */
export function numbersIn(file: string): TensorData {
  const bytes = readFileSync(file);
  const start = 10 + bytes.readUInt16LE(8);
  const buffer = Uint8Array.from(bytes.subarray(start)).buffer;
  const header = bytes.toString("latin1", 10, start);
  if (header.includes("<f4")) return new Float32Array(buffer);
  return header.includes("<u4") ? new Uint32Array(buffer) : new Int32Array(buffer);
}

/** Trains to the end; there are no validation losses in what it tells. */
export async function trainElsewhere(folder: string): Promise<Checkpoint> {
  const manifest = manifestIn(folder);
  const functions = manifest.functions.flatMap(
    ({ file }) => parseStablehlo(readFileSync(join(folder, file), "utf8")).program.functions,
  );
  const state = manifest.state.map(({ name, role, dtype, shape }) => ({
    name,
    role,
    type: { dtype, shape },
  }));
  const executable = await compile(referenceBackend, { name: manifest.name, state, functions });
  const start = readCheckpoint(readFileSync(join(folder, manifest.start)), manifest.start);
  if (!start.ok) throw new Error(start.problems.map(({ message }) => message).join(" "));
  executable.writeState(start.value.checkpoint.state);
  const { rows } = manifest.rows.train;
  const order = numbersIn(join(folder, manifest.order.file));
  const history: { epoch: number; loss: number; validation_loss: null }[] = [];
  for (let epoch = 1; epoch <= manifest.epochs; epoch++) {
    let sum = 0;
    const steps = Math.ceil(rows / manifest.batch);
    for (let step = 0; step < steps; step++) {
      const from = (epoch - 1) * rows + step * manifest.batch;
      const chosen = order.subarray(from, Math.min(from + manifest.batch, epoch * rows));
      const updates = step === steps - 1 || (step + 1) % manifest.accumulate === 0;
      sum += stepOn(executable, folder, updates ? "step" : "accumulate", chosen) * chosen.length;
    }
    history.push({ epoch, loss: sum / rows, validation_loss: null });
  }
  const done = executable.readState();
  executable.dispose();
  return { ...start.value.checkpoint, epoch: manifest.epochs + 1, history, state: done };
}

function stepOn(executable: Executable, folder: string, kind: FuncKind, chosen: TensorData): number {
  const invocation = executable.invocation(kind, chosen.length);
  for (const { name, file, shape } of manifestIn(folder).rows.train.fields) {
    const width = shape.slice(1).reduce((size, n) => size * n, 1);
    const data = numbersIn(join(folder, file));
    chosen.forEach((row, i) => {
      invocation.inputs.get(name)?.set(data.subarray(row * width, (row + 1) * width), i * width);
    });
  }
  invocation.run();
  return invocation.outputs.get("loss")?.[0] ?? Number.NaN;
}

/** Writes it to the place where `import` looks. */
export function keepElsewhere(folder: string, checkpoint: Checkpoint, engine: unknown = ENGINE): void {
  const { state, hash } = manifestIn(folder);
  const variables = state.map(({ name, role, dtype, shape }) => ({ name, role, type: { dtype, shape } }));
  const plain = readSafetensors(writeCheckpoint({ run: hash.run, checkpoint }, variables), "checkpoint");
  if (!plain.ok) throw new Error("what was written cannot be read");
  const { tensors, metadata } = plain.value;
  const more = { "netwright.engine": JSON.stringify(engine), "netwright.seal": "0".repeat(64) };
  const bytes = Buffer.from(writeSafetensors({ tensors, metadata: { ...metadata, ...more } }));
  const seal = createHash("sha256").update(bytes).digest("hex");
  bytes.write(seal, bytes.indexOf(`"netwright.seal":"`) + `"netwright.seal":"`.length);
  writeFileSync(join(folder, "checkpoint.safetensors"), bytes);
}

export function weightsIn(folder: string, state: NamedTensors) {
  const variables = manifestIn(folder).state.filter(({ saved }) => saved);
  return withShapes(
    variables.map(({ name, role, dtype, shape }) => ({ name, role, type: { dtype, shape } })),
    state,
  );
}
