// The commands around backends: doctor, setup, verify. They hold with and without TensorFlow's library.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { cli, lastLine } from "../support/cli.ts";
import { smallProject } from "../support/project.ts";

describe("doctor", () => {
  test("tells of each backend whether it is usable, or why not and what to do", async () => {
    const { code, stdout } = await cli(["doctor"]);
    expect(code).toBe(0);
    expect(stdout).toContain(`Node ${process.versions.node} on ${process.platform} ${process.arch}`);
    expect(stdout).toMatch(/^wasm: usable\n {2}@tensorflow\/tfjs-backend-wasm 4\.22\.0$/m);
    expect(stdout).toMatch(/^reference: usable$/m);
    expect(stdout).toMatch(/^xla: (usable\n {2}pjrt 0\.|not usable\n[\s\S]*netwright setup xla)/m);
    const ofXla = stdout.slice(stdout.indexOf("xla: "));
    expect(ofXla).toMatch(/^ {2}koffi: (3\.|.* is not installed)/m);
    expect(ofXla).toMatch(/^ {2}plugin: /m);
    expect(ofXla).toMatch(/^ {2}compiled programs: /m);
    expect(stdout).toMatch(/^native: (usable\n {2}tensorflow 2|not usable\n[\s\S]*netwright setup native)/m);
  });

  test("as JSON, with the speed when it is measured", async () => {
    const json = lastLine(await cli(["doctor", "--bench", "--format", "json"]));
    expect(json).toMatchObject({
      backends: expect.arrayContaining([
        expect.objectContaining({
          name: "wasm",
          usable: true,
          speed: { training: expect.any(Number), prediction: expect.any(Number) },
        }),
      ]),
    });
  }, 120_000);
});

describe("setup", () => {
  test("uninstalling what is not there says where it would be", async () => {
    const folder = join(mkdtempSync(join(tmpdir(), "netwright-")), "native");
    const played = await cli(["setup", "native", "--uninstall"], { env: { NETWRIGHT_NATIVE: folder } });
    expect(played).toMatchObject({ code: 0, stdout: `There is nothing in ${folder}\n` });
  });

  test("of xla too, and its options are of it alone", async () => {
    const cache = mkdtempSync(join(tmpdir(), "netwright-"));
    const played = await cli(["setup", "xla", "--uninstall"], { env: { XDG_CACHE_HOME: cache } });
    const folder = join(cache, "netwright", "xla");
    expect(played).toMatchObject({ code: 0, stdout: `There is nothing in ${folder}\n` });
    const wrong = await cli(["setup", "native", "--plugin", "p.so"]);
    expect(wrong.stderr).toContain("`--plugin` and `--wheel` go with `setup xla`");
    const absent = await cli(["setup", "xla", "--plugin", join(cache, "p.so")]);
    expect(absent).toMatchObject({ code: 1, stderr: expect.stringContaining("error NW0903") });
  });

  test("a cache folder that cannot be made is told, and is no bug of ours", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "netwright-")), "file");
    writeFileSync(file, "");
    const env = { XDG_CACHE_HOME: join(file, "below") };
    for (const backend of ["native", "xla"]) {
      const played = await cli(["setup", backend], { env });
      expect(played.code).toBe(1);
      expect(played.stderr).not.toContain("NW0999");
      expect(played.stderr).toContain("error NW0903");
    }
  }, 60_000);

  test("there is none for wasm", async () => {
    const played = await cli(["setup", "wasm"]);
    expect(played.code).toBe(2);
    expect(played.stderr).toContain("native");
  });
});

describe("a plugin", () => {
  test.each(["train", "predict", "evaluate", "rates", "explain"])(
    "of %s goes with the backend xla",
    async (command) => {
      const { net } = smallProject();
      const input = command === "predict" ? ["--input", net] : [];
      for (const backend of [[], ["--backend", "jit"]]) {
        const played = await cli([command, net, "--plugin", "/no/such.so", ...input, ...backend]);
        expect(played).toMatchObject({
          code: 2,
          stderr: expect.stringContaining("`--plugin` goes with `--backend xla`"),
        });
      }
      expect(process.env["NETWRIGHT_XLA_PLUGIN"]).not.toBe("/no/such.so");
    },
  );

  test("that is not there is named", async () => {
    const before = process.env["NETWRIGHT_XLA_PLUGIN"];
    const { net } = smallProject();
    const played = await cli(["rates", net, "--backend", "xla", "--plugin", "/no/such.so"]);
    if (before === undefined) delete process.env["NETWRIGHT_XLA_PLUGIN"];
    else process.env["NETWRIGHT_XLA_PLUGIN"] = before;
    expect(played.stderr).toContain("there is no plugin /no/such.so");
  });
});

describe("verify", () => {
  test("backends agree with the reference", async () => {
    const { net } = smallProject();
    const played = await cli([
      "verify",
      net,
      "--backends",
      "wasm,reference",
      "--steps",
      "2",
      "--format",
      "json",
    ]);
    expect(played.code).toBe(0);
    expect(lastLine(played)).toMatchObject({ steps: 2, backends: [{ name: "wasm", passed: true }] });
  });

  test("says where a backend first leaves a tolerance that nothing can keep, and ends with 1", async () => {
    const { net } = smallProject();
    const played = await cli([
      "verify",
      net,
      "--backends",
      "wasm",
      "--tolerance",
      "1e-30",
      "--set",
      "width=8",
    ]);
    const { code, stdout, stderr } = played;
    // A backend may well give the bits of the reference in so small a network.
    if (code === 0) expect(stdout).toMatch(/^wasm +0\.000 +0\.000 +0\.000 +0\.000$/m);
    else
      expect(stderr).toMatch(
        /the backend wasm differs from the reference by more than 1e-30\n.*The first result that far off: /,
      );
  });

  test("a backend that cannot be used is told, and takes nothing from the others", async () => {
    const { net } = smallProject();
    const before = process.env["NETWRIGHT_XLA_PLUGIN"];
    try {
      const played = await cli(["verify", net, "--backends", "xla,jit", "--plugin", "/no/such.so"]);
      expect(played.code).toBe(2);
      expect(played.stdout).toMatch(/^xla +not usable$/m);
      expect(played.stdout).toMatch(/^jit +0\.000 +0\.000 +0\.000 +0\.000 *$/m);
      expect(played.stderr).toContain("NW0812");
      const json = lastLine(await cli(["verify", net, "--backends", "jit,xla", "--format", "json"]));
      expect(json).toMatchObject({
        backends: [
          { name: "jit", usable: true, passed: true },
          { name: "xla", usable: false, passed: false, reason: expect.stringContaining("/no/such.so") },
        ],
      });
      const alone = await cli(["verify", net, "--backends", "xla"]);
      expect({ code: alone.code, stdout: alone.stdout }).toEqual({ code: 2, stdout: "" });
    } finally {
      if (before === undefined) delete process.env["NETWRIGHT_XLA_PLUGIN"];
      else process.env["NETWRIGHT_XLA_PLUGIN"] = before;
    }
  });

  test("a run is taken with its table, from its weights", async () => {
    const { net, csv, runs, write } = smallProject();
    const trained = await cli(["train", net, "--out", runs, "--quiet"]);
    const run = trained.stdout.trim().split("\n").at(-1) ?? "";
    const played = await cli(["verify", run, "--backends", "jit", "--format", "json"]);
    expect(played.code).toBe(0);
    expect(lastLine(played)).toMatchObject({ file: run, backends: [{ name: "jit", passed: true }] });
    const fixed = await cli(["verify", run, "--seed", "3"]);
    expect({ code: fixed.code, stderr: fixed.stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("the settings of a saved run are fixed"),
    });
    // With a column more the network is another one.
    const [head = "", ...lines] = readFileSync(csv, "utf8").trim().split("\n");
    write("small.csv", [`c,${head}`, ...lines.map((line, i) => `${i % 7},${line}`)].join("\n"));
    expect((await cli(["verify", run])).stderr).toContain("NW0841");
    rmSync(csv);
    expect((await cli(["verify", run])).stderr).toMatch(/NW0610[\s\S]*netwright verify FILE\.net/);
  });

  test("a folder that is no run, and a study, which has several", async () => {
    const { folder, net, runs } = smallProject();
    expect((await cli(["verify", folder])).stderr).toContain("NW0820");
    const study = await cli([
      "train",
      net,
      "--seeds",
      "2",
      "--keep",
      "--epochs",
      "1",
      "--out",
      runs,
      "--quiet",
    ]);
    const played = await cli(["verify", study.stdout.trim().split("\n").at(-1) ?? ""]);
    expect(played.code).toBe(2);
    expect(played.stderr).toContain("Name one of its runs");
  });

  test("an unknown backend is wrong usage", async () => {
    const { net } = smallProject();
    expect((await cli(["verify", net, "--backends", "wasm,gpu"])).code).toBe(2);
    expect((await cli(["verify", net, "--tolerance", "0"])).code).toBe(2);
  });
});
