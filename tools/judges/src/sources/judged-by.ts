// Models as source code, built and run: the self-test predicts a thousand rows. In 32 bits its numbers are Netwright's to the bit; in 64
// they are those of a run in f64 of the same weights.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { differenceTo, formats, type PortableModel, predictedNumbers } from "@netwright/formats";
import { float64Given } from "@netwright/formats/node";
import { programHere } from "../debian.ts";
import { judgedModels } from "../formats/models.ts";
import type { Verdict } from "../judge.ts";
import type { ResultRow } from "../results/result.ts";
import type { Compiler, Way } from "./compiler.ts";
import { selfTest, writeProgram } from "./program.ts";

/** Of the target's deviation; of shares as they are. */
const TOLERANCE = 1e-5;
const TOLERANCE_OF_F64 = 1e-12;

/** So many weights, and only some of the ways are tried. */
const LARGE = 200_000;

/** Its layers are not run in f64. */
const WITHOUT_F64 = "a series, a transformer";

interface Ready {
  readonly compiler: Compiler;
  readonly reader: string;
}

export async function judgedBy(compilers: readonly Compiler[]): Promise<Verdict> {
  const skipped: string[] = [];
  const ready: Ready[] = [];
  for (const compiler of compilers) {
    const found = compiler.needs.map(programHere);
    const missing = found.flatMap((one) => ("reason" in one ? [one.reason] : []));
    const lack = missing.length > 0 ? null : (compiler.lacks?.() ?? null);
    if (lack !== null) missing.push(lack);
    const versions = found.flatMap((one) => ("version" in one ? [one.version] : []));
    if (missing.length > 0) skipped.push(`${compiler.name}: ${missing.join("; ")}`);
    else ready.push({ compiler, reader: compiler.title(versions) });
  }
  if (ready.length === 0) return { kind: "skipped", reason: skipped.join("; ") };
  const folder = mkdtempSync(join(tmpdir(), "netwright-sources-"));
  const found: Found = { right: 0, wrong: [], rows: [] };
  try {
    for await (const { name, model } of judgedModels())
      for (const one of ready)
        if (one.compiler.models?.includes(name) ?? true) await judge(folder, name, model, one, found);
    return { kind: "judged", ...found, skipped };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Found {
  right: number;
  readonly wrong: string[];
  readonly rows: ResultRow[];
}

async function judge(
  folder: string,
  name: string,
  model: PortableModel,
  { compiler, reader }: Ready,
  found: Found,
): Promise<void> {
  const isLarge = weightsIn(model) > LARGE;
  const ways = compiler.ways.filter(({ ofLarge = false }) => ofLarge || !isLarge);
  const strict = ways.filter(({ fuses = false }) => !fuses);
  const predictions = model.samples.answers.length;
  const tried = { folder, name, model, compiler, found };
  const row = { model: name, reader, predictions, float64: null, refused: null };
  const own = await largest(tried, model, strict, "float", 0);
  if (own !== null) found.rows.push({ ...row, format: compiler.language, difference: own });
  for (const way of ways.filter(({ fuses = false }) => fuses)) {
    const fused = await largest(tried, model, [way], "float", TOLERANCE);
    if (fused === null) continue;
    const told = `${reader}, products fused`;
    found.rows.push({ ...row, reader: told, format: compiler.language, difference: fused });
  }
  // On machines without a unit for f64 nobody asks for it.
  const wide = strict.filter(({ ofLarge = false }) => ofLarge);
  if (wide.length === 0 || name === WITHOUT_F64) return;
  const given = float64Given(model);
  const ofF64 = { ...model, samples: { ...model.samples, given } };
  const apart = await largest(tried, ofF64, wide, "double", TOLERANCE_OF_F64);
  if (apart === null) return;
  const { difference } = differenceTo(model, predictedNumbers(model.outputs, given));
  const format = `${compiler.language} --precision double`;
  found.rows.push({ ...row, format, difference: difference + apart, float64: apart });
}

interface Tried {
  readonly folder: string;
  readonly name: string;
  readonly model: PortableModel;
  readonly compiler: Compiler;
  readonly found: Found;
}

/** Of all ways, after each has been counted; null where one is wrong or there is no file. */
async function largest(
  { folder, name, compiler, found }: Tried,
  model: PortableModel,
  ways: readonly Way[],
  precision: "float" | "double",
  tolerance: number,
): Promise<number | null> {
  const told = `${name}, ${compiler.name}, ${precision}`;
  const write = await formats[compiler.language].load();
  const written = write(model, { precision, samples: model.samples.answers.length });
  if ("refused" in written) {
    found.wrong.push(`${told}: ${written.refused.map(({ what, why }) => `${what} ${why}`).join("; ")}`);
    return null;
  }
  const text = new TextDecoder().decode(written.files[0]?.content);
  let most: number | null = 0;
  for (const way of ways) {
    const own = join(folder, `${compiler.language}-${precision}${way.fuses === true ? "-fused" : ""}`);
    const source = writeProgram(own, compiler.language, text, way.fuses);
    const difference = selfTest(compiler, way, source, join(own, "program"));
    if (typeof difference === "number" && difference >= 0 && difference <= tolerance) {
      found.right++;
      most = most === null ? null : Math.max(most, difference);
    } else {
      found.wrong.push(`${told}, ${way.name}: ${difference}`);
      most = null;
    }
  }
  const shown = most === null ? "wrong" : most.toExponential(1);
  console.error(`  ${told}: ${shown} (${ways.map((way) => way.name).join(", ")})`);
  return most;
}

function weightsIn({ network }: PortableModel): number {
  let count = 0;
  for (const own of network.weights.values()) for (const { data } of own.values()) count += data.length;
  return count;
}
