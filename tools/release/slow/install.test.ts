// For who has only npm: the tarballs installed in folders that know nothing of this workspace.

import { spawn } from "node:child_process";
import { cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { BACKEND_CONTRACT } from "@netwright/runtime";
import { node, pack, project, root, run, temporaryFolder } from "../test/support/packed.ts";

/** Of `npm install netwright`, all that it brings included. What comes later is loaded on use, or an optional peer. */
const MOST_BYTES = 20e6;
/** Files of JavaScript that `import "netwright"` may read. */
const MOST_FILES = 60;

const packed = pack();
const netwright = packed.tarball("netwright");
const wasm = ["definitions", "ir", "data", "runtime", "backend-wasm"].map((name) =>
  packed.tarball(`@netwright/${name}`),
);
const HOUSES = `area,rooms,price\n${Array.from({ length: 60 }, (_, i) => `${40 + i},${1 + (i % 4)},${90 + 2 * i}\n`).join("")}`;

let folder: string;

beforeAll(() => {
  folder = project(netwright);
  writeFileSync(join(folder, "houses.csv"), HOUSES);
  cpSync(join(root, "examples/concrete"), folder, { recursive: true });
}, 120_000);

describe("npm install netwright", () => {
  test("is small, and brings no TensorFlow.js and no package of ours beside it", () => {
    const modules = join(folder, "node_modules");
    expect(sizeOf(modules)).toBeLessThan(MOST_BYTES);
    expect(readdirSync(modules).filter((name) => !name.startsWith("."))).toEqual(["@resvg", "netwright"]);
  });

  test("gives the command: a first file, trained, and predictions", () => {
    const made = run(folder, "npx", "--no-install", "netwright", "init", "houses.csv");
    expect(made).toMatchObject({ status: 0, stderr: "" });
    expect(made.stdout).toContain("npx netwright train houses.net");
    const trained = run(folder, "npx", "netwright", "train", "houses.net", "--epochs", "2", "--quiet");
    expect(trained.status).toBe(0);
    const predicted = run(
      folder,
      "npx",
      "netwright",
      "predict",
      trained.stdout.trim(),
      "--input",
      "houses.csv",
    );
    expect(predicted.stdout.split("\n")[0]).toBe("price");
  }, 60_000);

  test("the command brings an example, and says how it is called here", () => {
    const made = run(folder, "npx", "netwright", "init", "--example", "concrete", "example");
    expect(made).toMatchObject({ status: 0, stderr: "" });
    expect(made.stdout).toContain("npx netwright train example/concrete.net");
    expect(readdirSync(join(folder, "example")).toSorted()).toEqual(["concrete.csv", "concrete.net"]);
    expect(run(folder, "npx", "netwright", "check", "example/concrete.net").status).toBe(0);
    const again = run(folder, "npx", "netwright", "init", "--example", "concrete", "example");
    expect(again).toMatchObject({ status: 1, stderr: expect.stringContaining("exists already") });
  });

  test("the command reads its pages and its font", () => {
    expect(run(folder, "npx", "netwright", "help", "NW0301").stdout).toMatch(/^NW0301/);
    expect(run(folder, "npx", "netwright", "help", "docs/export.md#sql").stdout).toMatch(/^SQL\n/);
    const drawn = run(folder, "npx", "netwright", "plot", "activation", "elu", "--output", "elu.png");
    expect(drawn).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(join(folder, "elu.png")).length).toBeGreaterThan(10_000);
  }, 60_000);
});

(process.platform === "win32" ? test.skip : test)(
  "SIGTERM to npx ends the training, which is saved",
  async () => {
    const text = "model { dense(4, relu) -> dense(1) }\ntrain { loss: mse, epochs: 1000000 }";
    const data = 'data houses { source: "houses.csv", target: price }';
    writeFileSync(join(folder, "long.net"), `netwright 1\n${data}\n${text}\n`);
    const argv = ["netwright", "train", "long.net", "--out", "stopped"];
    const child = spawn("npx", argv, { cwd: folder });
    let told = "";
    // The training may outlive npx, and then still has its error output.
    const isOver = new Promise<void>((resolve) => {
      child.stderr.on("end", resolve);
    });
    child.stderr.on("data", (chunk) => {
      const isFirst = !told.includes("epoch ");
      told += String(chunk);
      if (isFirst && told.includes("epoch ")) child.kill("SIGTERM");
    });
    await isOver;
    expect(told).toContain("Stopping after");
    const [run = ""] = readdirSync(join(folder, "stopped"));
    expect(readdirSync(join(folder, "stopped", run))).toContain("checkpoint.safetensors");
  },
  60_000,
);

test("npx in an empty folder", () => {
  const empty = temporaryFolder();
  writeFileSync(join(empty, "table.csv"), HOUSES);
  // What `npx netwright init table.csv` does when it has the tarball from a registry.
  const made = run(empty, "npx", "--yes", "--package", netwright, "netwright", "init", "table.csv");
  expect(made).toMatchObject({ status: 0, stdout: expect.stringMatching(/^table\.net: predicts `price`/) });
  expect(made.stdout).toContain("npx netwright train table.net");
  expect(readdirSync(empty).toSorted()).toEqual(["table.csv", "table.net"]);
}, 120_000);

const PROGRAM = `
  (async () => {
    const model = await train("concrete.net", { epochs: 1, backend: "jit" });
    const directory = await model.save("runs-" + kind);
    const recipe = { Cement: 540, BlastFurnaceSlag: 0, FlyAsh: 0, Water: 162, Superplasticizer: 2.5,
      CoarseAggregate: 1040, FineAggregate: 676, Age: 28 };
    console.log(JSON.stringify([model.record.hash.weights, await load(directory).predict(recipe)]));
  })();
`;

/** Third-party packages, those of chevrotain as one, whose code is read at the start. */
const LANGUAGE = ["chevrotain", "lodash-es"];

describe("the library", () => {
  test("gives the same as ES module and as CommonJS", () => {
    const imported = node(folder, `import { load, train } from "netwright"; const kind = "esm"; ${PROGRAM}`);
    const required = node(
      folder,
      `const { load, train } = require("netwright"); const kind = "cjs"; ${PROGRAM}`,
      "commonjs",
    );
    expect(imported).toMatchObject({ status: 0, stderr: "" });
    expect(required).toEqual(imported);
    expect(JSON.parse(imported.stdout)[1]).toEqual({ CompressiveStrength: expect.any(Number) });
  }, 60_000);

  test("shares its instances between both", () => {
    const program = `import * as all from "netwright"; import { createRequire } from "node:module";
      const required = createRequire(import.meta.url)("netwright");
      const names = Object.keys(all).filter((name) => name !== "default");
      console.log(names.length > 40, names.filter((name) => all[name] !== required[name]).length);`;
    expect(node(folder, program)).toMatchObject({ stdout: "true 0\n", stderr: "" });
  });

  test("importing it reads a handful of files", () => {
    const program = `import "netwright"; import module from "node:module";
      console.log(JSON.stringify(Object.keys(module._cache)));`;
    const files: readonly string[] = JSON.parse(node(folder, program).stdout);
    expect(files.length).toBeGreaterThan(3);
    expect(files.length).toBeLessThan(MOST_FILES);
    // Readers and writers of formats, and backends, come in when somebody asks for them.
    expect([...packagesIn(files)].toSorted()).toEqual(["@noble/hashes", "diff", ...LANGUAGE].toSorted());
  });

  test("an editor needs no package of others", () => {
    const program = `import "netwright/editor"; import module from "node:module";
      console.log(JSON.stringify(Object.keys(module._cache)));`;
    const files: readonly string[] = JSON.parse(node(folder, program).stdout);
    expect([...packagesIn(files)].toSorted()).toEqual([]);
  });
});

describe("the command loads what it needs", () => {
  const preload = () => {
    const file = join(folder, "preload.cjs");
    writeFileSync(
      file,
      'process.on("exit", () => process.stderr.write(JSON.stringify(Object.keys(require.cache))));',
    );
    return file;
  };

  test.each([
    [["--version"], ["commander", "picocolors"]],
    [["check", "concrete.net"], [...LANGUAGE, "commander", "picocolors"].toSorted()],
  ])("%j", (args, packages) => {
    const bin = join(folder, "node_modules/netwright/bin/netwright.js");
    const { status, stderr } = run(folder, process.execPath, "--require", preload(), bin, ...args);
    expect(status).toBe(0);
    const files: readonly string[] = JSON.parse(stderr);
    expect(files.length).toBeLessThan(MOST_FILES);
    expect([...packagesIn(files)].toSorted()).toEqual(packages);
  });
});

describe("a backend that is installed apart", () => {
  const asLibrary = `import { findBackend } from "netwright"; const { ok, problems, value } = await findBackend("wasm");
    console.log(ok ? value.name : problems[0].code + " " + problems[0].message + " " + problems[0].notes.join(" "));`;
  const absent =
    "NW0811 The backend wasm comes with the package `@netwright/backend-wasm`, which is not installed. " +
    "Add it: `npm install @netwright/backend-wasm` It is looked for where Netwright is installed; one of the folder " +
    "in which a command runs is used where its package is named, `--backend @netwright/backend-wasm`.";

  test("is missing: the library and the command say which command adds it", () => {
    expect(node(folder, asLibrary).stdout.trim()).toBe(absent);
    const { status, stderr } = run(folder, "npx", "netwright", "train", "concrete.net", "--backend", "wasm");
    expect(status).toBe(2);
    expect(stderr).toMatch(/NW0811[\s\S]*Add it: `npm install @netwright\/backend-wasm`/);
    const { stdout } = run(folder, "npx", "netwright", "backends");
    expect(stdout).toMatch(/^wasm +no/m);
  });

  test("is found beside the library, and in the project by a command from elsewhere that names it", () => {
    const other = project(netwright, ...wasm);
    cpSync(join(root, "examples/concrete"), other, { recursive: true });
    expect(node(other, asLibrary)).toMatchObject({ stdout: "wasm\n", stderr: "" });
    const argv = (backend: string) => [
      ...["train", "concrete.net", "--backend", backend],
      ...["--epochs", "1", "--quiet"],
    ];
    // The first project's command, as npx and a global installation have theirs elsewhere.
    const bin = join(folder, "node_modules/netwright/bin/netwright.js");
    for (const ran of [
      run(other, "npx", "netwright", ...argv("wasm")),
      run(other, process.execPath, bin, ...argv("@netwright/backend-wasm")),
    ]) {
      expect(ran.stdout).toMatch(/^runs\/concrete-[0-9a-f]+\n$/);
    }
    expect(run(other, process.execPath, bin, ...argv("wasm")).stderr).toContain("NW0811");
  }, 180_000);

  test("a third party's, which can only be imported, is found in the project too", () => {
    const theirs = join(folder, "elsewhere/node_modules/their-backend");
    mkdirSync(theirs, { recursive: true });
    const manifest = { name: "their-backend", type: "module", exports: { import: "./index.js" } };
    writeFileSync(join(theirs, "package.json"), JSON.stringify(manifest));
    const backend = "{ name: 'theirs', supports() {}, load() {}, describe() {} }";
    const exported = `export const backendContract = ${BACKEND_CONTRACT}; export const backend = ${backend};`;
    writeFileSync(join(theirs, "index.js"), exported);
    const program = `const { findBackend } = require("netwright"); process.chdir("elsewhere");
      findBackend("their-backend").then(({ value }) => console.log(value.name));`;
    expect(node(folder, program, "commonjs")).toMatchObject({ stdout: "theirs\n", stderr: "" });
  });
});

describe("npm publish", () => {
  test.each(["a folder", "a tarball"])("of %s is refused while the address is a placeholder", (kind) => {
    const what = kind === "a folder" ? packed.staged("@netwright/ir") : packed.tarball("@netwright/ir");
    // Nobody listens there, and nobody is asked.
    const registry = ["--registry", "http://127.0.0.1:9/", "--//127.0.0.1:9/:_authToken=none"];
    const { status, stderr } = run(folder, "npm", "publish", what, ...registry, "--fetch-retries=0");
    expect(status).not.toBe(0);
    expect(stderr).toContain("EPRIVATE");
  });

  test("`npm run release` refuses too, but for a registry on this machine", () => {
    const release = (...args: readonly string[]) =>
      run(root, process.execPath, "tools/release/dist/main.js", "publish", ...args);
    for (const registry of [[], ["--registry", "https://registry.example/"]]) {
      const { status, stderr } = release(...registry);
      expect({ status, stderr }).toMatchObject({
        status: 1,
        stderr: expect.stringContaining("is a placeholder"),
      });
    }
  });
});

/** Bytes of all files below, as `du -sb` counts them without the folders themselves. */
function sizeOf(path: string): number {
  const stats = lstatSync(path);
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

/** Third-party packages in these files of netwright. */
function packagesIn(files: readonly string[]): ReadonlySet<string> {
  const contents = packed.contents["netwright"] ?? [];
  const modules = contents
    .filter(({ file }) => files.some((one) => one.endsWith(`/netwright/${file}`)))
    .flatMap((one) => one.modules);
  const names = modules.flatMap((module) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(module)?.[1] ?? []);
  return new Set(names.map((name) => (name.startsWith("@chevrotain/") ? "chevrotain" : name)));
}
