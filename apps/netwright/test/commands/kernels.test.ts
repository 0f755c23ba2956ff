// The kernels of a backend: explain --backend, train --profile.

import { describe, expect, test } from "@jest/globals";
import { cli, lastLine } from "../support/cli.ts";
import { SMALL, smallProject } from "../support/project.ts";

describe("explain --backend jit", () => {
  test("shows the kernels of a training step and of predict, by the user's layers", async () => {
    const { net } = smallProject();
    const { stdout, code, stderr } = await cli(["explain", net, "--backend", "jit", "--threads", "1"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Training step of 16 rows: \d+ kernels, [\d.]+k FLOPs, [\d.]+ KiB$/m);
    expect(stdout).toMatch(
      /^1 product +dense_1 +dot_general, add, maximum.* 16x4x2 +\d+x\d+ +NN.* [\d.]+k? /m,
    );
    expect(stdout).toMatch(/^\d+ product +dense_1, optimizer +dot_general, .*sqrt/m);
    expect(stdout).toMatch(/^\d+ elementwise +optimizer: dense_1\.bias +/m);
    expect(stdout).toMatch(/^Predict of 1 row: 2 kernels, 33 FLOPs, \d+ B$/m);
    expect(stdout).toMatch(/^Memory of jit with 1 thread: [\d.]+ KiB\.\n {2}state .*, arena [\d.]+ KiB$/m);
  });

  test("fits into 60 columns without its less important ones", async () => {
    const { net } = smallProject();
    const { stdout } = await cli(["explain", net, "--backend", "jit", "--no-color"], { columns: 60 });
    const rows = stdout.split("\n").filter((line) => /^\d+ (product|elementwise|reduction)/.test(line));
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(60);
    expect(stdout).toMatch(/^1 product +dense_1 +16x4x2 /m);
    expect(stdout).toMatch(/^ {4}dot_general, add, maximum, compare; tile \d+x\d+\n {4}NN/m);
  });

  test("gives the same as data", async () => {
    const { net } = smallProject();
    const played = await cli(["explain", net, "--backend", "jit", "--threads", "1", "--format", "json"]);
    expect(lastLine(played)).toMatchObject({
      name: "small",
      kernels: {
        backend: "jit",
        threads: 1,
        functions: [
          { kind: "step", batch: 16, kernels: expect.any(Array), flops: expect.any(Number) },
          {
            kind: "predict",
            batch: 1,
            kernels: [
              {
                name: "predict_1.1",
                kind: "product",
                layers: ["dense_1"],
                ops: ["dot_general", "add", "maximum"],
                shape: [1, 4, 2],
                flops: 24,
                threads: 1,
              },
              { layers: ["dense_2"], flops: 9 },
            ],
          },
        ],
        memory: { total: expect.any(Number), arena: expect.any(Number) },
      },
    });
  });

  test("says when the program needs more memory than there is", async () => {
    const { net } = smallProject(SMALL.replace("dense(width, relu)", "repeat 2 { dense(20000, relu) }"));
    const { stdout, code } = await cli(["explain", net, "--backend", "jit", "--threads", "1"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^That is more than the 4\.0 GiB that jit has: it will not run\.$/m);
  });

  test("says which backend can, and what --threads is for", async () => {
    const { net } = smallProject();
    const unable = await cli(["explain", net, "--backend", "reference"]);
    expect(unable.code).toBe(2);
    expect(unable.stderr).toContain("the backend reference does not plan a program ahead");
    expect(unable.stderr).toContain("`--backend jit`");
    const alone = await cli(["explain", net, "--threads", "2"]);
    expect(alone.code).toBe(2);
    expect(alone.stderr).toContain("`--threads` goes with `--backend`");
    expect((await cli(["explain", net, "--backend", "nothing"])).stderr).toContain("NW0810");
  });
});

describe("train --profile", () => {
  test("trains as usual and shows the time of each kernel, the longest first", async () => {
    const { net, runs } = smallProject();
    const train = ["train", net, "--backend", "jit", "--threads", "1", "--epochs", "2", "--out", runs];
    const played = await cli([...train, "--profile"]);
    expect(played.code).toBe(0);
    expect(played.stdout).toContain("Saved: ");
    const after = played.stdout.slice(played.stdout.indexOf("Kernels of a training step on jit"));
    const shares = [...after.matchAll(/ (\d+\.\d)% +(\d+\.\d) +\d+%$/gm)].map(([, share]) => Number(share));
    expect(shares.length).toBeGreaterThan(5);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 100)).toBeLessThan(2);
    expect(after).toMatch(
      /^A whole step of 16 rows: \d+\.\d{3} ms, [\d.]+[kM]? rows\/s\.\n.* of the peak\.$/m,
    );
    expect(after).toMatch(/^Peak: \d+\.\d GFLOP\/s for each of 1 thread, /m);

    const json = lastLine(await cli([...train, "--profile", "--format", "json"]));
    const plain = lastLine(await cli([...train, "--format", "json"]));
    expect(Object(json).hash).toEqual(Object(plain).hash);
    expect(json).toMatchObject({
      profile: {
        backend: "jit",
        threads: 1,
        peak: expect.any(Number),
        function: { kind: "step", batch: 16 },
        kernels: expect.arrayContaining([
          { kernel: expect.objectContaining({ layers: ["dense_1"] }), seconds: expect.any(Number) },
        ]),
      },
    });
    expect(plain).not.toHaveProperty("profile");
  });

  test("is refused before training where the backend cannot", async () => {
    const { net, runs } = smallProject();
    const played = await cli(["train", net, "--backend", "reference", "--profile", "--out", runs]);
    expect(played.code).toBe(2);
    expect(played.stderr).toContain("the backend reference cannot time its kernels");
    expect(played.stderr).toContain("`--backend jit --profile`");
    expect(played.stdout).toBe("");
  });
});
