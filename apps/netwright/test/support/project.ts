// A small model and its data in a folder of its own.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "@jest/globals";

const folders: string[] = [];

/** Removed when the tests of the file are done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "netwright-cli-"));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export const SMALL = `netwright 1

param width = 4 in 1..8

data small {
  source: "small.csv"
  target: y
  columns { y: number(unit: "m") }
}

model {
  dense(width, relu)
  dense(1)
}

train {
  loss: mse
  optimizer: adam(learning_rate: 1e-2)
  batch: 16
  epochs: 10
}
`;

/** y = 2a - b + 10, over a grid. */
export function smallCsv(rows = 60): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const [a, b] = [i % 10, Math.floor(i / 10)];
    return `${a},${b},${2 * a - b + 10}`;
  });
  return `a,b,y\n${lines.join("\n")}\n`;
}

export interface SmallProject {
  readonly folder: string;
  readonly net: string;
  readonly csv: string;
  readonly runs: string;
  /** A file in the folder; gives its path. */
  readonly write: (name: string, text: string) => string;
}

export function smallProject(source = SMALL, csv = smallCsv()): SmallProject {
  const folder = temporaryFolder();
  const write = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  return {
    folder,
    net: write("small.net", source),
    csv: write("small.csv", csv),
    runs: join(folder, "runs"),
    write,
  };
}
