// TensorFlow.js loads what is exported, with its layers and its kernels in JavaScript, and the module beside the network feeds it.
// Predictions are held to Netwright's, and rows that it refuses are to be refused.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type FormatFile, formats, type PortableModel } from "@netwright/formats";
import { type Apart, predictionsApart } from "../formats/apart.ts";
import { judgedModels } from "../formats/models.ts";
import type { Judge, Verdict } from "../judge.ts";
import type { ResultRow } from "../results/result.ts";
import { refusedRow, rowOf } from "../results/row-of.ts";

const REFUSED = "a series, a transformer";
const READER = "TensorFlow.js 4.22.0";

export const tfjs: Judge = {
  name: "tfjs",
  about: "TensorFlow.js predicts 1,000 rows of each model but the transformer as Netwright does",
  judge,
};

interface Beside {
  readonly inputs: (rows: readonly Readonly<Record<string, unknown>>[]) => readonly {
    readonly name: string;
    readonly shape: number[];
    readonly data: Float32Array | Int32Array;
  }[];
  readonly predictions: (given: ArrayLike<number>) => readonly Readonly<Record<string, number | string>>[];
}

async function judge(): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), "netwright-tfjs-"));
  try {
    let right = 0;
    const wrong: string[] = [];
    const rows: ResultRow[] = [];
    const write = await formats.tfjs.load();
    for await (const { name, model } of judgedModels()) {
      const written = await write(model, {});
      if ("refused" in written) {
        if (name === REFUSED) {
          right++;
          rows.push(refusedRow(name, "tfjs", READER, "it has no attention"));
        } else wrong.push(`${name}: ${written.refused.map(({ what, why }) => `${what} ${why}`).join("; ")}`);
        continue;
      }
      const apart = await judged(name, model, written.files, join(folder, `${right + wrong.length}.mjs`));
      if (apart.wrong === null) right++;
      else wrong.push(apart.wrong);
      rows.push(rowOf(name, "tfjs", READER, apart.difference));
    }
    return { kind: "judged", right, wrong, rows };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function judged(
  name: string,
  model: PortableModel,
  files: readonly FormatFile[],
  module: string,
): Promise<Apart> {
  await import("@tensorflow/tfjs-backend-cpu");
  const { io, tensor } = await import("@tensorflow/tfjs-core");
  const { loadLayersModel } = await import("@tensorflow/tfjs-layers");
  writeFileSync(module, files.find((file) => file.name.endsWith(".mjs"))?.content ?? "");
  const beside: Beside = await import(pathToFileURL(module).href);
  const fetchFunc = (path: string | URL | Request) => {
    const file = files.find((one) => String(path).endsWith(one.name));
    return Promise.resolve(new Response(file?.content ?? null, { status: file === undefined ? 404 : 200 }));
  };
  const network = await loadLayersModel(io.http("http://here/model.json", { fetchFunc }));
  const { rows, refused } = model.samples;
  const fed = beside
    .inputs(rows.map(({ values }) => values))
    .map(({ shape, data }) => tensor(data, shape, data instanceof Int32Array ? "int32" : "float32"));
  const result = network.predict(fed);
  if (Array.isArray(result)) throw new Error(`${name} has several outputs`);
  const given = await result.data();
  const taken = refused.filter((row) => {
    try {
      beside.inputs([row.values]);
      return true;
    } catch {
      return false;
    }
  }).length;
  return predictionsApart(name, model, { given: [...given], predictions: beside.predictions(given), taken });
}
