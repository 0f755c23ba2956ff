// `npm run bench -- networks`: a convolutional, a recurrent and an attention network, trained side by side with peers,
// and what compiling a step of each costs beside a step of the concrete example. With `--predict` they predict.

import { compare } from "../comparison/compare.ts";
import { jsonOf, reportOf, SAMPLES_PER_SECOND } from "../comparison/report.ts";
import { type Output, print } from "../output.ts";
import { readMeasurement } from "../peers/measurement.ts";
import { median } from "../rate.ts";
import { runScript } from "../run-script.ts";
import type { DrawTable } from "../table.ts";
import { networks } from "./networks.ts";
import { networkPeers, PREDICT } from "./table.ts";

export interface NetworksOptions {
  /** Names; empty for all. */
  readonly networks: readonly string[];
  readonly only: readonly string[];
  readonly rounds: number;
  readonly seconds: number;
  readonly predict: boolean;
  readonly output: Output;
}

interface Compiled {
  readonly name: string;
  /** Milliseconds of the processor, by round. */
  readonly times: readonly number[];
}

export async function networksBench({
  networks: names,
  output,
  predict,
  ...options
}: NetworksOptions): Promise<void> {
  const chosen = networks.filter(({ name }) => names.length === 0 || names.includes(name));
  await print("networks", output, async () => {
    const columns = chosen.map(({ name, title }) => ({ title, argument: predict ? PREDICT + name : name }));
    const rows = await compare({
      ...options,
      columns,
      peers: networkPeers.filter(({ does }) => does.includes(predict ? "predict" : "train")),
      script: "./networks/measure-network.js",
    });
    if (predict)
      return {
        text: (draw) => reportOf(columns, rows, SAMPLES_PER_SECOND, draw),
        json: { predicting: jsonOf(columns, rows, SAMPLES_PER_SECOND) },
      };
    const compiled = compileTimes(["concrete", ...chosen.map(({ name }) => name)], options.rounds);
    return {
      text: (draw) => `${reportOf(columns, rows, SAMPLES_PER_SECOND, draw)}\n${compileTable(compiled, draw)}`,
      json: { training: jsonOf(columns, rows, SAMPLES_PER_SECOND), compile: compiled },
    };
  });
}

function compileTimes(names: readonly string[], rounds: number): readonly Compiled[] {
  const found = new Map(names.map((name): [string, number[]] => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const [name, times] of found) {
      console.error(`round ${round}/${rounds}: compile ${name}`);
      try {
        const { value } = readMeasurement(name, runScript("./networks/measure-compile.js", [name]));
        times.push(value);
      } catch {
        console.error(`${name} does not compile`);
      }
    }
  }
  return [...found].map(([name, times]) => ({ name, times }));
}

/** In pairs with the first: the machine's speed drifts. */
function compileTable(compiled: readonly Compiled[], draw: DrawTable): string {
  const [reference] = compiled;
  const body = compiled.map(({ name, times }) => {
    if (times.length === 0) return [name, "failed", "", ""];
    const ratios = times.map((time, i) => time / (reference?.times[i] ?? Number.NaN));
    return [name, Math.min(...times).toFixed(0), median(times).toFixed(0), median(ratios).toFixed(2)];
  });
  return draw(["jit compiles a step, CPU ms", "best", "median", "of concrete's"], body);
}
