// The models by which formats are judged, as StableHLO: JAX runs the module `predict` on a thousand rows.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PortableModel } from "@netwright/formats";
import { differenceTo, originalNumbers } from "@netwright/formats";
import { feedsOf } from "@netwright/ir";
import type { TensorData } from "@netwright/runtime";
import { parseStablehlo } from "@netwright/stablehlo";
import { exportStablehlo } from "netwright";
import { judgedModels } from "../formats/models.ts";
import type { ResultRow } from "../results/result.ts";
import { rowOf } from "../results/row-of.ts";

const TOLERANCE = 1e-5;

/** One model: what its module is given, and where its answer goes. */
export interface ModelCase {
  readonly name: string;
  readonly model: PortableModel;
  readonly module: string;
  readonly arguments: readonly {
    readonly file: string;
    readonly dtype: string;
    readonly shape: readonly number[];
  }[];
  readonly answer: string;
}

export async function modelCases(folder: string): Promise<readonly ModelCase[]> {
  const cases: ModelCase[] = [];
  for await (const { name, model, bundle } of judgedModels()) {
    const { samples, network } = model;
    const exported = await exportStablehlo(bundle, { rows: samples.answers.length });
    if (!exported.ok) throw new Error(exported.diagnostics.map(({ message }) => message).join("; "));
    const text = exported.value.modules.find(({ kind }) => kind === "predict")?.text ?? "";
    const [func] = parseStablehlo(text).program.functions;
    if (func === undefined) throw new Error("a model predicts");
    const given: readonly (TensorData | undefined)[] = [
      ...func.reads.map((variable) => network.state.get(variable)),
      ...feedsOf(func).map((feed) => samples.inputs.get(feed.name)),
    ];
    const own = `model-${cases.length}`;
    writeFileSync(join(folder, `${own}.mlir`), text);
    cases.push({
      name,
      model,
      module: `${own}.mlir`,
      arguments: func.parameters.map(({ value }, i) => {
        const data = given[i];
        if (data === undefined) throw new Error(`${name} lacks an argument`);
        const file = `${own}-${i}`;
        writeFileSync(join(folder, file), new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
        return { file, dtype: value.type.dtype, shape: value.type.shape };
      }),
      answer: `${own}-answer`,
    });
  }
  return cases;
}

/** What JAX gives, f32 row-major; null where it gave nothing. */
export function judgedModel(
  { name, model }: ModelCase,
  given: Float32Array | null,
  version: string,
): ResultRow | string {
  if (given === null) return `${name}: JAX gives nothing`;
  const values = originalNumbers(model.outputs, given);
  const { difference, otherClasses } = differenceTo(model, values, { uncalibrated: true });
  console.error(`  ${name}: ${difference.toExponential(1)} of a deviation, ${otherClasses} other classes`);
  return difference <= TOLERANCE && otherClasses === 0
    ? rowOf(name, "stablehlo", `JAX ${version}`, difference)
    : `${name}: ${difference} of a deviation away, ${otherClasses} other classes`;
}
