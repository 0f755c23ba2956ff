// `npm run bench -- train` and `-- predict`.

import { type Output, print } from "../output.ts";
import { peers } from "../peers/table.ts";
import { type ComparisonOptions, compare } from "./compare.ts";
import { jsonOf, MICROSECONDS, reportOf, SAMPLES_PER_SECOND, type Unit } from "./report.ts";

type Shared = Omit<ComparisonOptions, "columns" | "peers" | "script"> & { readonly output: Output };

export async function trainBench({ batches, ...shared }: Shared & { readonly batches: readonly number[] }) {
  const columns = batches.map((batch) => ({ title: `batch ${batch}`, argument: String(batch) }));
  await bench("train", { ...shared, columns }, SAMPLES_PER_SECOND);
}

export async function predictBench(shared: Shared) {
  await bench("predict", { ...shared, columns: [{ title: "1 row", argument: "predict" }] }, MICROSECONDS);
}

async function bench(
  name: string,
  { output, ...options }: Shared & Pick<ComparisonOptions, "columns">,
  unit: Unit,
) {
  const { columns } = options;
  await print(name, output, async () => {
    const rows = await compare({ ...options, peers, script: "./measure.js" });
    return { text: (draw) => reportOf(columns, rows, unit, draw), json: jsonOf(columns, rows, unit) };
  });
}
