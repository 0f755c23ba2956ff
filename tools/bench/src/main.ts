// `npm run bench -- <benchmark>`: measurements side by side with peers, as ratios. Never part of the tests.

import { Command } from "commander";
import { editorBench } from "./editor-bench.ts";
import { startBench } from "./start-bench.ts";
import { predictBench, trainBench } from "./train-bench.ts";

const program = new Command("bench").description("Benchmarks, side by side with peers in one run");

program
  .command("train")
  .description("samples per second of training 8-512-512-512-1 on the concrete data")
  .option("--batches <sizes>", "batch sizes, separated by commas", "32,128,256,1024")
  .option("--rounds <n>", "how often everything is measured", "3")
  .option("--seconds <s>", "how long each measurement takes", "4")
  .action(async ({ batches, rounds, seconds }: { batches: string; rounds: string; seconds: string }) => {
    await trainBench({
      batches: batches.split(",").map(Number),
      rounds: Number(rounds),
      seconds: Number(seconds),
    });
  });

program
  .command("predict")
  .description("time for the prediction of one row of the concrete data with 8-512-512-512-1")
  .option("--rounds <n>", "how often everything is measured", "3")
  .option("--seconds <s>", "how long each measurement takes", "2")
  .action(async ({ rounds, seconds }: { rounds: string; seconds: string }) => {
    await predictBench({ rounds: Number(rounds), seconds: Number(seconds) });
  });

program
  .command("start")
  .description("wall time of whole commands, their start included")
  .option("--rounds <n>", "how often everything is started", "20")
  .action(({ rounds }: { rounds: string }) => startBench(Number(rounds)));

program
  .command("editor")
  .description("how long an editor waits for the language server in a large file")
  .option("--lines <n>", "length of the file", "5000")
  .option("--keystrokes <n>", "how many are typed", "70")
  .option("--pause <ms>", "between two keystrokes", "120")
  .action(({ lines, keystrokes, pause }: { lines: string; keystrokes: string; pause: string }) =>
    editorBench({ lines: Number(lines), keystrokes: Number(keystrokes), pause: Number(pause) }),
  );

await program.parseAsync();
