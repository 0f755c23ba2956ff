// `npm run bench -- rows`: softmax, layer_norm and cross entropy, forward and gradient, as the jit backend computes them row by row,
// beside a copy and the exponential alone in the same run. Its own script measures them, as `gemm` does products.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Output, print } from "./output.ts";
import type { DrawTable } from "./table.ts";

const SCRIPT = fileURLToPath(new URL("../../../packages/backend-jit/bench/rows.mjs", import.meta.url));

interface Measured {
  readonly name: string;
  /** Elements of a row. */
  readonly width: number;
  /** Arrays of that size that have to be read and written. */
  readonly moved: number;
  /** Of an element. */
  readonly nanoseconds: number;
}

export interface RowsOptions {
  readonly megabytes: number;
  readonly rounds: number;
  readonly output: Output;
}

export async function rowsBench({ output, ...options }: RowsOptions): Promise<void> {
  await print("rows", output, async () => {
    const rows = measure(options).map((each, _, all) => ({ ...each, ...sharesOf(each, all) }));
    const text = (draw: DrawTable) => {
      const percent = (share: number) => `${(100 * share).toFixed(0)}%`;
      const table = draw(
        ["", "columns", "ns an element", "GB/s", "of a copy", "of the lower of that and exp"],
        rows.map(({ name, width, moved, nanoseconds, ofCopy, ofLower }) => [
          name,
          String(width),
          nanoseconds.toFixed(3),
          ((4 * moved) / nanoseconds).toFixed(1),
          percent(ofCopy),
          percent(ofLower),
        ]),
      );
      return `${table}\nOne thread, by the processor's time; bandwidth counts what has to be read and written once.`;
    };
    return { text, json: { measured: rows } };
  });
}

/** By bandwidth, of what was measured for the same rows. */
function sharesOf({ width, moved, nanoseconds }: Measured, all: readonly Measured[]) {
  const other = (name: string): Measured => {
    const found = all.find((each) => each.name === name && each.width === width);
    if (found === undefined) throw new Error(`rows.mjs has not measured ${name}`);
    return found;
  };
  const copied = (moved / other("copy").moved) * other("copy").nanoseconds;
  return {
    ofCopy: copied / nanoseconds,
    ofLower: Math.max(copied, other("exponential").nanoseconds) / nanoseconds,
  };
}

function measure({ megabytes, rounds }: Omit<RowsOptions, "output">): readonly Measured[] {
  const args = [SCRIPT, "--json", "--megabytes", String(megabytes), "--rounds", String(rounds)];
  const printed = execFileSync(process.execPath, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const found: unknown = JSON.parse(printed);
  if (typeof found === "object" && found !== null && "measured" in found && Array.isArray(found.measured))
    return found.measured.map(toMeasured);
  throw new Error(`rows.mjs printed nothing measured: ${printed}`);
}

function toMeasured(found: unknown): Measured {
  if (
    typeof found === "object" &&
    found !== null &&
    "name" in found &&
    "width" in found &&
    "moved" in found &&
    "nanoseconds" in found
  ) {
    const { name, width, moved, nanoseconds } = found;
    return {
      name: String(name),
      width: Number(width),
      moved: Number(moved),
      nanoseconds: Number(nanoseconds),
    };
  }
  throw new Error(`rows.mjs printed what is none: ${JSON.stringify(found)}`);
}
