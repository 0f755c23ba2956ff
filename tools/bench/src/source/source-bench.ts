// `npm run bench -- source`: C that was exported beside the same loops written by hand, for 8-32-32-1 on the concrete data.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { exportModel, portableModel, train } from "netwright";
import { type Output, print } from "../output.ts";
import { type Measured, type Pairs, pairsHead, pairsRow } from "../pairs.ts";
import { programOf } from "./by-hand.ts";

const FOLDER = new URL("../../../../examples/concrete/", import.meta.url);
const read = (name: string) => readFileSync(fileURLToPath(new URL(name, FOLDER)), "utf8");

/** Without what gcc fuses otherwise, where the processor can: both are compiled so. */
const FLAGS = ["-std=c99", "-ffp-contract=off"];

export interface SourceOptions {
  readonly rounds: number;
  readonly compiler: string;
  readonly levels: readonly string[];
  readonly output: Output;
}

export async function sourceBench({ rounds, compiler, levels, output }: SourceOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "netwright-source-"));
  try {
    await writeFiles(folder);
    await print("source", output, async () => {
      const results = levels.map((level): [Measured, Pairs] => {
        const name = `8-32-32-1, ${compiler} ${level}`;
        return [{ name, unit: "ns a row", better: "less" }, measured(folder, compiler, level, rounds)];
      });
      return {
        text: (draw) =>
          draw(
            pairsHead("exported", "by hand"),
            results.map(([one, pairs]) => pairsRow(one, pairs)),
          ),
        json: results.map(([one, pairs]) => ({ ...one, ...pairs })),
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Weights of one epoch do as well. */
async function writeFiles(folder: string): Promise<void> {
  const source = read("concrete.net")
    .replace(/ = 512 in \[.*\]/, " = 32")
    .replace("depth = 3", "depth = 2");
  const model = await train(source, { data: read("concrete.csv"), backend: "jit", epochs: 1 });
  const [file] = await exportModel(model.bundle, "c");
  const portable = await portableModel(model.bundle, { samples: 256 });
  await model.dispose();
  if (!portable.ok || file === undefined) throw new Error("the network is exported");
  const header = new TextDecoder().decode(file.content);
  const name = /typedef struct (\w+)_row/.exec(header)?.[1] ?? "";
  writeFileSync(join(folder, `${name}.h`), header);
  writeFileSync(join(folder, "main.c"), programOf(portable.value, header, name));
}

function measured(folder: string, compiler: string, level: string, rounds: number): Pairs {
  const words = [...FLAGS, ...level.split(" "), "main.c", "-o", "program", "-lm"];
  const built = spawnSync(compiler, words, { cwd: folder, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`${compiler}: ${built.stderr ?? built.error?.message}`);
  const { stdout } = spawnSync(join(folder, "program"), [String(rounds), "400"], { encoding: "utf8" });
  const all = stdout
    .trim()
    .split("\n")
    .map((line) => line.split(" ").map(Number));
  if (all.some(([, , others]) => others !== 0)) throw new Error("the loops by hand predict otherwise");
  const column = (which: number) => all.map((line) => line[which] ?? Number.NaN);
  return { ours: column(0), theirs: column(1) };
}
