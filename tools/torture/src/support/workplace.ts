// A temporary folder with a small model and its table: a training of it takes milliseconds.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Workplace {
  readonly path: string;
  readonly remove: () => void;
}

export interface SmallModel {
  readonly epochs: number;
  readonly rows: number;
  readonly width: number;
}

export function workplace(): Workplace {
  const path = mkdtempSync(join(tmpdir(), "netwright-torture-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Writes `model.net` and `table.csv`; `train` is what else its `train` section holds. */
export function writeSmallModel(folder: string, { epochs, rows, width }: SmallModel, train = ""): void {
  const lines = Array.from({ length: rows }, (_, i) => `${i},${(i * 7) % 11},${2 * i + ((i * 7) % 11)}`);
  writeFileSync(join(folder, "table.csv"), `a,b,y\n${lines.join("\n")}\n`);
  writeFileSync(
    join(folder, "model.net"),
    `netwright 1

data table {
  source: "table.csv"
  target: y
}

model {
  dense(${width}, relu)
  dense(1)
}

train {
  epochs: ${epochs}
  batch: 8
  ${train}
}
`,
  );
}
