// `npm run bench -- <benchmark>`: measurements side by side with peers, as ratios. Never part of the tests.

import { Command, InvalidArgumentError, Option } from "commander";
import { buildsBench } from "./builds/builds-bench.ts";
import { predictBench, trainBench } from "./comparison/benches.ts";
import { checkpointsBench } from "./cost/checkpoints-bench.ts";
import { compileBench } from "./cost/compile-bench.ts";
import { studiesBench } from "./cost/studies-bench.ts";
import { editorBench } from "./editor-bench.ts";
import { foldsBench, USUAL_PYTHON } from "./folds/folds-bench.ts";
import { FOLD_TABLES } from "./folds/tables.ts";
import { gemmBench } from "./gemm-bench.ts";
import { type MembersOptions, membersBench } from "./members/members-bench.ts";
import { networks } from "./networks/networks.ts";
import { networksBench } from "./networks/networks-bench.ts";
import { networkPeers } from "./networks/table.ts";
import { OUTPUTS, type Output } from "./output.ts";
import { peers } from "./peers/table.ts";
import { type RowsOptions, rowsBench } from "./rows-bench.ts";
import { type SizesOptions, sizesBench } from "./sizes/sizes-bench.ts";
import { type SourceOptions, sourceBench } from "./source/source-bench.ts";
import { CONCRETE, type SplitsOptions, splitsBench } from "./splits/splits-bench.ts";
import { startBench } from "./start-bench.ts";

const WIDTHS = [16, 17, 32, 64, 100, 128, 256, 512, 513, 1000, 1024, 2048, 4096];
const BATCHES = [1, 3, 4, 16, 33, 64, 256, 1024, 4096];

const program = new Command("bench").description("Benchmarks, side by side with peers in one run");

const benchmark = (name: string, description: string) =>
  program
    .command(name)
    .description(description)
    .addOption(
      new Option("--format <format>", "for a terminal, for a page, or one JSON object with every round")
        .choices(OUTPUTS)
        .default("text"),
    );

interface Shared {
  readonly format: Output;
  readonly rounds: number;
  readonly seconds: number;
  readonly peers: readonly string[];
}

benchmark("train", "samples per second of training 8-512-512-512-1 on the concrete data")
  .option("--batches <sizes>", "batch sizes, separated by commas", sizes, [32, 128, 256, 1024])
  .option("--peers <names>", "only these, separated by commas", peerNames, [])
  .option("--rounds <n>", "how often everything is measured", positive, 3)
  .option("--seconds <s>", "how long each measurement takes", positive, 4)
  .action(({ format, peers: only, ...options }: Shared & { batches: readonly number[] }) =>
    trainBench({ ...options, only, output: format }),
  );

benchmark("networks", "samples per second of training a convolutional, a recurrent and an attention network")
  .option("--networks <names>", "only these, separated by commas", networkNames, [])
  .option("--peers <names>", "only these, separated by commas", networkPeerNames, [])
  .option("--predict", "samples per second of predicting in place of training", false)
  .option("--rounds <n>", "how often everything is measured", positive, 3)
  .option("--seconds <s>", "how long each measurement takes", positive, 4)
  .action(({ format, peers: only, ...options }: Shared & { networks: readonly string[]; predict: boolean }) =>
    networksBench({ ...options, only, output: format }),
  );

benchmark("predict", "time for the prediction of one row of the concrete data with 8-512-512-512-1")
  .option("--peers <names>", "only these, separated by commas", peerNames, [])
  .option("--rounds <n>", "how often everything is measured", positive, 3)
  .option("--seconds <s>", "how long each measurement takes", positive, 2)
  .action(({ format, peers, ...options }: Shared) =>
    predictBench({ ...options, only: peers, output: format }),
  );

benchmark("folds", "accuracy in repeated tenfold cross-validation, beside scikit-learn on the same folds")
  .option("--repeats <n>", "how often the rows are dealt out", positive, 3)
  .option("--tables <names>", "only these, separated by commas", tableNames, [])
  .option("--python <command>", "a Python with scikit-learn", USUAL_PYTHON)
  .action(({ format, ...options }: Shared & { tables: readonly string[]; repeats: number; python: string }) =>
    foldsBench({ ...options, output: format }),
  );

benchmark("splits", "error and coverage of one `.net` file on the stated splits of its table")
  .argument("<file>", 'the splits: {"test": [[row, ...], ...]}, rows of the table from 0')
  .option("--net <file>", "what is trained", CONCRETE)
  .option("--validation <share>", "of the rows that are no test rows", share, 0.02)
  .option("--only <splits>", "only these, counted from 1, separated by commas", sizes, [])
  .option("--threads <n>", "of a training", positive, 1)
  .option(
    "--python <path>",
    "a Python with PyTorch and scikit-learn, which trains the example's networks, too",
  )
  .action((file: string, { format, ...options }: Omit<SplitsOptions, "output"> & { format: Output }) =>
    splitsBench(file, { ...options, output: format }),
  );

benchmark(
  "members",
  "a step of training TabM on jit, beside the package `tabm` on PyTorch, as many threads each",
)
  .option("--units <n>", "of each layer", positive, 512)
  .option("--depth <n>", "how many layers", positive, 3)
  .option("--members <n>", "of the ensemble", positive, 32)
  .option("--features <n>", "numbers of a row", positive, 16)
  .option("--batches <sizes>", "batch sizes, separated by commas", sizes, [256])
  .option("--threads <n>", "of both", positive, 2)
  .option("--rounds <n>", "how often both are measured", positive, 5)
  .option("--seconds <s>", "how long each measurement takes", positive, 10)
  .addOption(
    new Option("--clock <clock>", "cpu: the time on processors of all threads, for a busy machine")
      .choices(["wall", "cpu"])
      .default("wall"),
  )
  .option("--python <command>", "a Python with tabm", USUAL_PYTHON)
  .action(({ format, ...options }: Omit<MembersOptions, "output"> & { format: Output }) =>
    membersBench({ ...options, output: format }),
  );

benchmark("gemm", "the jit backend's products of matrices, against the machine's peak").action(
  ({ format }: Shared) => gemmBench(format),
);

benchmark("rows", "what jit computes row by row, against a copy and the exponential alone")
  .option("--megabytes <MB>", "of each array: four times the last cache", positive, 128)
  .option("--rounds <n>", "how often each is measured; the best counts", positive, 7)
  .action(({ format, ...options }: Omit<RowsOptions, "output"> & { format: Output }) =>
    rowsBench({ ...options, output: format }),
  );

benchmark("sizes", "how training on jit grows with width and batch, and where it falls off")
  .option("--widths <sizes>", "of three hidden layers, separated by commas", sizes, WIDTHS)
  .option("--batches <sizes>", "batch sizes, separated by commas", sizes, BATCHES)
  .option("--seconds <s>", "how long each size is measured", positive, 0.5)
  .option("--most <s>", "leave out sizes whose step takes longer", positive, 20)
  .option("--threads <n>", "at most so many threads", positive, 1)
  .addOption(
    new Option("--clock <clock>", "cpu: the time on a processor, for one thread on a busy machine")
      .choices(["wall", "cpu"])
      .default("wall"),
  )
  .action(
    ({
      format,
      most,
      ...options
    }: Omit<SizesOptions, "mostSeconds" | "output"> & { format: Output; most: number }) =>
      sizesBench({ ...options, mostSeconds: most, output: format }),
  );

benchmark("compile", "compiling, memory over many steps, and the whole command, for the concrete example")
  .option("--backend <name>", "what computes", "jit")
  .option("--threads <n>", "at most so many threads", positive)
  .option("--rounds <n>", "how often it is compiled", positive, 11)
  .option("--steps <n>", "how many steps the memory is watched", positive, 10_000)
  .option("--epochs <n>", "of the whole command", positive, 100)
  .action(
    ({
      format,
      threads = 0,
      ...options
    }: Shared & { backend: string; threads?: number; steps: number; epochs: number }) =>
      compileBench({ ...options, threads, output: format }),
  );

benchmark("checkpoints", "what keeping a checkpoint after every epoch adds to a training of concrete.net")
  .option("--rounds <n>", "how often it is trained each way", positive, 15)
  .option("--epochs <n>", "of each training", positive, 100)
  .action(({ format, rounds, epochs }: Shared & { epochs: number }) =>
    checkpointsBench({ rounds, epochs, output: format }),
  );

benchmark("studies", "ten folds as a study beside ten trainings, and ten seeds of a small network beside one")
  .option("--rounds <n>", "how often everything is measured", positive, 5)
  .option("--folds <n>", "how many trainings there are", positive, 10)
  .option("--epochs <n>", "of each fold", positive, 100)
  .action(({ format, ...options }: Shared & { folds: number; epochs: number }) =>
    studiesBench({ ...options, output: format }),
  );

benchmark("source", "exported C beside the same loops written by hand, of 8-32-32-1")
  .option("--compiler <command>", "a compiler of C", "gcc")
  .option("--levels <flags>", "of the compiler, separated by commas", (text: string) => text.split(","), [
    "-O2",
  ])
  .option("--rounds <n>", "how often both are measured", positive, 31)
  .action(({ format, ...options }: Omit<SourceOptions, "output"> & { format: Output }) =>
    sourceBench({ ...options, output: format }),
  );

benchmark("builds", "training, predicting, compiling and commands of this build and of another one, in turn")
  .argument("<folder>", "another checkout, built")
  .option("--rounds <n>", "how often everything is measured", positive, 9)
  .option("--seconds <s>", "how long each measurement of a rate takes", positive, 2)
  .action((folder: string, { format, rounds, seconds }: Shared) =>
    buildsBench(folder, { rounds, seconds, output: format }),
  );

program
  .command("start")
  .description("wall time of whole commands, their start included")
  .option("--rounds <n>", "how often everything is started", "20")
  .option("--only <text>", "only processes with this in their name, such as `first step`")
  .action(({ rounds, only }: { rounds: string; only?: string }) => startBench(Number(rounds), only));

program
  .command("editor")
  .description("how long an editor waits for the language server in a large file")
  .option("--lines <n>", "length of the file", positive, 5_000)
  .option("--keystrokes <n>", "how many are typed", positive, 70)
  .option("--pause <ms>", "between two keystrokes", positive, 120)
  .action(editorBench);

await program.parseAsync();

function sizes(text: string): readonly number[] {
  const found = text.split(",").map(Number);
  if (found.every((size) => Number.isInteger(size) && size > 0)) return found;
  throw new InvalidArgumentError("Sizes are whole numbers above 0, such as 32,128.");
}

function share(text: string): number {
  const found = Number(text);
  if (found > 0 && found < 1) return found;
  throw new InvalidArgumentError("It is a number between 0 and 1.");
}

function positive(text: string): number {
  const found = Number(text);
  if (found > 0 && Number.isFinite(found)) return found;
  throw new InvalidArgumentError("It is a number above 0.");
}

function peerNames(text: string): readonly string[] {
  return namesAmong(peers, text);
}

function networkNames(text: string): readonly string[] {
  return namesAmong(networks, text);
}

function networkPeerNames(text: string): readonly string[] {
  return namesAmong(networkPeers, text);
}

function tableNames(text: string): readonly string[] {
  return namesAmong(FOLD_TABLES, text);
}

function namesAmong(all: readonly { readonly name: string }[], text: string): readonly string[] {
  const known = all.map(({ name }) => name);
  const found = text.split(",");
  if (found.every((name) => known.includes(name))) return found;
  throw new InvalidArgumentError(`There are ${known.join(", ")}.`);
}
