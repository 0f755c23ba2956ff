// Threads as they really are: workers of Node.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "@jest/globals";
import { jitBackend } from "@netwright/backend-jit";
import { referenceBackend } from "@netwright/backend-reference";
import type { Program } from "@netwright/ir";
import { compile, type Executable } from "@netwright/runtime";
import { build } from "esbuild";
import fc from "fast-check";
import { arbitraryProgram } from "../../../ir/test/support/arbitrary-program.ts";
import { createJitBackend } from "../../src/jit-backend.ts";
import type { WorkerHandle, WorkerHost } from "../../src/threads/worker-host.ts";
import { batchOf, programOf } from "../models.ts";
import { asStep, randomState, randomX } from "../random-program.ts";
import { FREE, manyProcessors } from "./one-by-one.ts";

const host = manyProcessors();
const forced = createJitBackend({ sharing: FREE, prompt: true, host });
const usual = createJitBackend({ prompt: true, host });

const concrete = (rows: readonly number[]) =>
  programOf(
    {
      inputs: 8,
      flow: "repeat 3 { dense(512, relu)\n dropout(0.1) }\n dense(1)",
      train: "loss: mae\n optimizer: adam",
    },
    { step: rows },
  );
const small = (rows: number) =>
  programOf(
    { inputs: 5, flow: "dense(24, relu)\n dropout(0.3)\n dense(2)", train: "loss: mse\n optimizer: adam" },
    { step: [rows], predict: [rows] },
  );

const open = new Set<Executable>();
async function opened(program: Program, threads: number, backend = forced): Promise<Executable> {
  const executable = await compile(backend, program, { threads });
  open.add(executable);
  return executable;
}
afterEach(() => {
  for (const executable of open) executable.dispose();
  open.clear();
});

function digest(executable: Executable): string {
  const hash = createHash("sha256");
  for (const [name, { buffer }] of executable.readState()) hash.update(name).update(new Uint8Array(buffer));
  return hash.digest("hex");
}

/** Threads of this process, as the kernel counts them. */
const processThreads = () => readdirSync("/proc/self/task").length;

describe("the same bits on any number of threads", () => {
  test("concrete-sized training with dropout, with a smaller last batch", async () => {
    const rows = [32, 17];
    const program = concrete(rows);
    const runs = [];
    for (const threads of [1, 2, 3, 4]) {
      const executable = await opened(program, threads, usual);
      expect(executable.threads).toBe(threads);
      executable.init(11);
      const losses = Array.from({ length: 12 }, (_, step) => {
        const { loss } = executable.step(batchOf(rows[step % 5 === 4 ? 1 : 0] ?? 1, 8, 1, step));
        return loss;
      });
      runs.push({ losses, state: digest(executable) });
      executable.dispose();
    }
    for (const run of runs.slice(1)) expect(run).toEqual(runs[0]);
  }, 60_000);

  test("thousands of short steps, in which the threads are never far apart", async () => {
    const program = small(19);
    const runs = [];
    for (const threads of [1, 2, 3]) {
      const executable = await opened(program, threads);
      expect(executable.threads).toBe(threads);
      executable.init(2);
      for (let step = 0; step < 1500; step++) executable.step(batchOf(19, 5, 2, step % 7));
      runs.push(executable.readState());
      executable.dispose();
    }
    for (const run of runs.slice(1)) expect(run).toEqual(runs[0]);
  }, 60_000);

  test("random programs", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryProgram(), fc.integer({ min: 2, max: 4 }), async (random, threads) => {
        const program = asStep(random);
        const [ours, reference] = [await opened(program, threads), await compile(referenceBackend, program)];
        for (const executable of [ours, reference]) {
          executable.writeState(randomState);
          for (let i = 0; i < 3; i++)
            executable.step({ rows: 2, feeds: { x: randomX, y: new Float32Array() } });
        }
        expect(ours.readState()).toEqual(reference.readState());
        ours.dispose();
      }),
      { numRuns: 30 },
    );
  }, 60_000);

  test("workers that join while the program runs", async () => {
    const program = small(8);
    const [late, alone] = [
      await opened(program, 2, createJitBackend({ sharing: FREE, host })),
      await opened(program, 1),
    ];
    for (const executable of [late, alone]) executable.init(4);
    expect(late.threads).toBe(1);
    for (let step = 0; late.threads === 1; step++) {
      for (const executable of [late, alone]) executable.step(batchOf(8, 5, 2, step));
      await setTimeout(1);
    }
    for (let step = 0; step < 20; step++) {
      for (const executable of [late, alone]) executable.step(batchOf(8, 5, 2, step));
    }
    expect(late.readState()).toEqual(alone.readState());
  });
});

describe("how many threads", () => {
  test("a program with little to do has one, whatever is asked", async () => {
    const before = processThreads();
    const executable = await opened(small(8), 4, usual);
    executable.init(0);
    executable.step(batchOf(8, 5, 2));
    expect(executable.threads).toBe(1);
    expect(processThreads()).toBeLessThanOrEqual(before);
  });

  test("predictions of one row start nothing, also beside a training step that would", async () => {
    const program = programOf(
      { inputs: 8, flow: "dense(512, relu)\n dense(512, relu)\n dense(1)", train: "loss: mae" },
      { step: [32], predict: [1] },
    );
    const host = watched();
    const executable = await opened(program, 2, createJitBackend({ host }));
    executable.predict(batchOf(1, 8, 1));
    expect(host.started).toEqual([]);
    executable.step(batchOf(32, 8, 1));
    expect(host.started).toHaveLength(1);
  });

  test("a few predictions start nothing, many do", async () => {
    const program = programOf(
      { inputs: 8, flow: "dense(512, relu)\n dense(512, relu)\n dense(1)", train: "loss: mae" },
      { predict: [64] },
    );
    const host = watched();
    const executable = await opened(program, 2, createJitBackend({ host }));
    const batch = batchOf(64, 8, 1);
    const first = executable.predict(batch);
    expect(host.started).toEqual([]);
    for (let i = 0; i < 60; i++) executable.predict(batch);
    expect(host.started).toHaveLength(1);
    expect(executable.predict(batch)).toEqual(first);
  });

  test.each([0, 65, 1.5, Number.NaN])("%p is no number of threads", async (threads) => {
    const error = { name: "BackendError", message: expect.stringContaining("from 1 to 64") };
    await expect(compile(jitBackend, small(8), { threads })).rejects.toMatchObject(error);
    await expect(jitBackend.describe({ threads })).rejects.toMatchObject(error);
  });

  test("where memory may not be shared there is one, and a note says why", async () => {
    const backend = createJitBackend({ sharing: FREE, host: "one thread, as it rains" });
    expect(await backend.describe()).toMatchObject({ threads: 1, note: "one thread, as it rains" });
    expect(await backend.describe({ threads: 4 })).toMatchObject({
      threads: 1,
      note: "one thread, as it rains",
    });
    expect(await backend.describe({ threads: 1 })).not.toHaveProperty("note");
    const executable = await opened(small(8), 4, backend);
    executable.init(0);
    executable.step(batchOf(8, 5, 2));
    expect(executable.threads).toBe(1);
  });

  test("where no worker can be started the caller does it all", async () => {
    const host: WorkerHost = {
      processors: 4,
      spawn: () => {
        throw new Error("refused by a policy");
      },
    };
    const [ours, alone] = [
      await opened(small(8), 4, createJitBackend({ sharing: FREE, prompt: true, host })),
      await opened(small(8), 1),
    ];
    for (const executable of [ours, alone]) {
      executable.init(1);
      executable.step(batchOf(8, 5, 2));
    }
    expect(ours.threads).toBe(1);
    expect(ours.readState()).toEqual(alone.readState());
  });
});

/** Node's workers, and what has been started. */
function watched(): WorkerHost & { readonly started: WorkerHandle[] } {
  const host = manyProcessors();
  const started: WorkerHandle[] = [];
  return {
    ...host,
    started,
    spawn: (source, events) => {
      const worker = host.spawn(source, events);
      started.push(worker);
      return worker;
    },
  };
}

describe("a worker that dies", () => {
  const gone = {
    name: "BackendError",
    backend: "jit",
    message: expect.stringMatching(/worker thread is gone/),
  };
  const failing = async (executable: Executable, attempt: () => unknown) => {
    let error: unknown;
    for (let i = 0; i < 200 && error === undefined; i++) {
      try {
        attempt();
      } catch (caught) {
        error = caught;
      }
      await setTimeout(5);
    }
    expect(error).toMatchObject(gone);
    expect(() => executable.predict(batchOf(8, 5, 2))).toThrow(/worker thread is gone/);
  };

  test("between calls is an error of the next one", async () => {
    const host = watched();
    const executable = await opened(small(8), 3, createJitBackend({ sharing: FREE, prompt: true, host }));
    executable.init(0);
    host.started[1]?.terminate();
    await setTimeout(100);
    await failing(executable, () => executable.step(batchOf(8, 5, 2)));
  });

  test("in the middle of a call is an error, not a wait without end", async () => {
    // One that leaves without a word as soon as there is work, and one that fails at it.
    for (const fate of ["return", 'throw new Error("the worker had enough")']) {
      const real = watched();
      const host: WorkerHost = {
        ...real,
        spawn: (source, events) =>
          real.spawn(source.replace("functions[func](thread, threads)", fate), events),
      };
      const backend = createJitBackend({ sharing: FREE, prompt: true, host, patience: 1000 });
      const executable = await opened(small(8), 2, backend);
      expect(executable.threads).toBe(2);
      const started = performance.now();
      expect(() => executable.init(0)).toThrow(/worker thread is gone/);
      expect(performance.now() - started).toBeLessThan(5000);
      await failing(executable, () => executable.step(batchOf(8, 5, 2)));
    }
  });

  test("before it takes part costs nothing but its help", async () => {
    const real = watched();
    const host: WorkerHost = {
      ...real,
      spawn: (_, events) => real.spawn("throw new Error('never began')", events),
    };
    const executable = await opened(small(8), 2, createJitBackend({ sharing: FREE, prompt: true, host }));
    executable.init(0);
    executable.step(batchOf(8, 5, 2));
    expect(executable.threads).toBe(1);
  });
});

describe("the end of workers", () => {
  test("comes with the end of the executable: 200 of them leave no thread", async () => {
    const program = small(4);
    const before = processThreads();
    for (let i = 0; i < 200; i++) {
      const executable = await compile(forced, program, { threads: 2 });
      executable.init(i);
      executable.dispose();
    }
    for (let i = 0; i < 200 && processThreads() > before; i++) await setTimeout(10);
    expect(processThreads()).toBeLessThanOrEqual(before);
  }, 60_000);

  test("does not keep a process that forgets to dispose, here of a bundle", async () => {
    const contents = `
      import { Builder, tensor } from "@netwright/ir";
      import { compile } from "@netwright/runtime";
      import { createJitBackend } from "./src/jit-backend.ts";
      import { workerHost } from "./src/threads/worker-host.ts";
      const host = { ...workerHost(), processors: 64 };
      const b = new Builder();
      const x = b.parameter("x", tensor("f32", [64, 64]));
      const results = [{ name: "prediction", value: b.matmul(x, x) }];
      const program = { name: "p", state: [], functions: [b.finish("predict", "predict", 64, results)] };
      const backend = createJitBackend({ sharing: { line: 4, costs: { kernel: 0, call: 0 } }, host });
      const executable = await compile(backend, program, { threads: 3 });
      const input = new Float32Array(64 * 64).fill(1);
      while (executable.threads < 3) executable.predict({ rows: 64, feeds: { x: input } });
      console.log([executable.predict({ rows: 64, feeds: { x: input } })[0], executable.threads].join(" "));
    `;
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: fileURLToPath(new URL("../..", import.meta.url)) },
      bundle: true,
      minify: true,
      write: false,
      format: "esm",
      platform: "node",
      conditions: ["@netwright/source"],
    });
    const script = outputFiles[0]?.text ?? "";
    const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-"], {
      input: script,
      encoding: "utf8",
      timeout: 20_000,
    });
    expect({ stdout, stderr, status }).toEqual({ stdout: "64 3\n", stderr: "", status: 0 });
  });
});
