// A model with every encoder, two targets, a filled column and names that are no identifiers, and its export in a
// folder, as a user would have it.

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportWasm, type SavableModel, train, type WasmExport } from "netwright";

const source = `netwright 1

data mixed {
  source: "mixed.csv"
  target: [strength, "set time"]
  columns {
    a: number(unit: "m", min: -10, max: 10)
    b: number(scale: minmax, missing: mean)
    "c d": number(unit: "kg/m3", min: 0, scale: log1p)
    e: number(scale: none, max: 3)
    strength: number(unit: "MPa")
    "set time": number(unit: "h", scale: log1p)
  }
}

model {
  residual(project: dense) { dense(9, swish) -> dense(6, tanh) }
  dropout(0.1)
  parallel { one { dense(5, gelu) } two { dense(3, softplus) } } -> concat
  dense(outputs)
}

train {
  loss: huber
  optimizer: adam(learning_rate: 0.01)
  batch: 16
  epochs: 3
}
`;

/** Features as predictions take them: every ninth \`b\` is missing. */
export function rowsOf(count: number) {
  return Array.from({ length: count }, (_, i) => ({
    a: ((i * 37) % 200) / 10 - 10,
    b: i % 9 === 4 ? null : ((i * 53) % 101) / 7,
    "c d": ((i * 29) % 997) * 1.7,
    e: ((i * 17) % 23) / 8,
  }));
}

const csv = [
  "a,b,c d,e,strength,set time",
  ...rowsOf(120).map((row) => {
    const { a, b, "c d": c, e } = row;
    return [a, b ?? "", c, e, 2 * a + (b ?? 7), 1 + c / 100 + e].join(",");
  }),
].join("\n");

export interface Exported {
  readonly model: SavableModel;
  readonly files: WasmExport;
  readonly folder: string;
}

/** With `name.wasm`, `name.mjs` and `name.d.mts` in the folder. */
export async function exported(): Promise<Exported> {
  const model = await train(source, { backend: "reference", data: csv });
  const files = await exportWasm(model.bundle);
  const folder = mkdtempSync(join(tmpdir(), "netwright-export-"));
  writeFileSync(join(folder, `${files.name}.wasm`), files.wasm);
  writeFileSync(join(folder, `${files.name}.mjs`), files.js);
  writeFileSync(join(folder, `${files.name}.d.mts`), files.types);
  return { model, files, folder };
}
