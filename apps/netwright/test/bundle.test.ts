// The command as it is published: bundled, in a process of its own.

import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { smallCsv, smallProject, temporaryFolder } from "./support/project.ts";

const folder = temporaryFolder();
const cache = temporaryFolder();
const { net } = smallProject();

beforeAll(() => {
  execFileSync(process.execPath, [fileURLToPath(new URL("../bundle.mjs", import.meta.url)), folder]);
});

function netwright(args: readonly string[], node: readonly string[] = [], keep: string = cache) {
  const env = { ...process.env, XDG_CACHE_HOME: keep, NODE_COMPILE_CACHE: join(keep, "node") };
  const options = { encoding: "utf8", env, timeout: 30_000 } as const;
  return spawnSync(process.execPath, [...node, join(folder, "main.js"), ...args], options);
}

/** The files that a command has loaded when it ends. */
function loaded(args: readonly string[]): readonly string[] {
  return atItsEnd(args, "Object.keys(require.cache)");
}

/** The parts of Node. */
function loadedOfNode(args: readonly string[]): readonly string[] {
  return atItsEnd(args, "process.moduleLoadList");
}

function atItsEnd(args: readonly string[], what: string): readonly string[] {
  const list = join(folder, "loaded.json");
  const preload = join(folder, "preload.cjs");
  const report = `require("fs").writeFileSync(${JSON.stringify(list)}, JSON.stringify(${what}))`;
  writeFileSync(preload, `process.on("exit", () => ${report});`);
  expect(netwright(args, ["--require", preload])).toMatchObject({ status: 0, stderr: "" });
  const files: readonly string[] = JSON.parse(readFileSync(list, "utf8"));
  return files.filter((file) => file !== preload);
}

(existsSync("/dev/full") ? test : test.skip)("output on a full disk fails in the words of the files", () => {
  const full = openSync("/dev/full", "w");
  const argv = [join(folder, "main.js"), "schema"];
  const played = spawnSync(process.execPath, argv, { encoding: "utf8", stdio: ["ignore", full, "pipe"] });
  closeSync(full);
  expect(played).toMatchObject({
    status: 1,
    stderr: "error NW0902  standard output could not be written: there is no room on the disk\n",
  });
});

describe("a command loads what it needs", () => {
  test.each([[["check", net]], [["--version"]], [["ir", net]]])("%j: no backend", (args) => {
    const files = loaded(args);
    expect(files).toContain(join(folder, "main.js"));
    for (const file of files) {
      expect(file.startsWith(folder)).toBe(true);
      expect(readFileSync(file, "utf8")).not.toMatch(/@tensorflow|v128/);
    }
  });

  test("the version alone needs no language", () => {
    const size = loaded(["--version"]).reduce((sum, file) => sum + readFileSync(file).length, 0);
    expect(size).toBeLessThan(150_000);
  });

  test("a table that is read as it is needs nothing that packs, hashes or watches", () => {
    const parts = loadedOfNode(["check", net]);
    for (const part of ["zlib", "crypto", "fs/promises"]) expect(parts).not.toContain(`NativeModule ${part}`);
  });

  test("a run is predicted with without the parser", () => {
    const runs = join(folder, "predicted");
    expect(netwright(["train", net, "--epochs", "1", "--out", runs, "--quiet"])).toMatchObject({ status: 0 });
    const run = join(runs, readdirSync(runs)[0] ?? "");
    const rows = join(folder, "rows.csv");
    writeFileSync(rows, smallCsv());
    for (const file of loaded(["predict", run, "--input", rows])) {
      expect(readFileSync(file, "utf8")).not.toMatch(/chevrotain/);
    }
  });

  test("training on jit loads jit", () => {
    const argv = [
      "train",
      net,
      "--backend",
      "jit",
      "--epochs",
      "100",
      "--out",
      join(folder, "runs"),
      "--quiet",
    ];
    expect(loaded(argv).some((file) => /v128/.test(readFileSync(file, "utf8")))).toBe(true);
  });
});

test("the trace of an error leads to the sources, also where compiled code has been kept", () => {
  const preload = join(folder, "planted.cjs");
  const planted = `if (String(path).endsWith(".csv")) throw new TypeError("planted");`;
  writeFileSync(
    preload,
    `const fs = require("fs"); const { openSync } = fs;
     fs.openSync = (path, ...rest) => { ${planted} return openSync(path, ...rest); };`,
  );
  expect(netwright(["check", net])).toMatchObject({ status: 0 });
  const { status, stderr } = netwright(["check", net, "--debug"], ["--require", preload]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/TypeError: planted\n(?: .*\n)* +at \S+ \(.*[/\\]regular-file\.ts:\d+:\d+\)/);
});

test("compiled code that is kept, or spoilt, changes nothing", () => {
  const first = netwright(["check", net]);
  expect(first).toMatchObject({ status: 0, stdout: expect.stringMatching(/^ok {2}/), stderr: "" });
  const again = netwright(["check", net]);
  const kept = readdirSync(cache, { recursive: true, encoding: "utf8" }).filter((name) =>
    /cache$/.test(name),
  );
  const [own = ""] = kept;
  const left = join(cache, dirname(own), "left-by-another-version.js.cache");
  writeFileSync(left, "");
  utimesSync(left, 0, 0);
  for (const name of kept) truncateSync(join(cache, name), 100);
  const spoilt = netwright(["check", net]);
  for (const other of [again, spoilt]) {
    expect(other).toMatchObject({ status: 0, stdout: first.stdout, stderr: "" });
  }
  // From 22.1 on, Node keeps it, under names of its own.
  if (process.version.startsWith("v20.")) {
    expect(kept.length).toBeGreaterThan(5);
    expect(existsSync(left)).toBe(false);
  }
});

// From 22.1 on, Node keeps it itself.
(process.version.startsWith("v20.") ? test : test.skip)(
  "compiled code is kept of all that is loaded and has no late import, and taken again as it is",
  () => {
    const place = temporaryFolder();
    const list = JSON.stringify(join(place, "loaded.json"));
    const report = `require("fs").writeFileSync(${list}, JSON.stringify(Object.keys(require.cache)))`;
    writeFileSync(join(place, "preload.cjs"), `process.on("exit", () => ${report});`);
    const run = () => netwright(["check", net], ["--require", join(place, "preload.cjs")], place);
    const written = () =>
      readdirSync(place, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".cache"))
        .map((name) => [basename(name, ".cache"), statSync(join(place, name)).mtimeMs] as const)
        .sort();
    expect(run()).toMatchObject({ status: 0, stderr: "" });
    const first = written();
    const files: readonly string[] = JSON.parse(readFileSync(join(place, "loaded.json"), "utf8"));
    const marked = files
      .filter((file) => dirname(file).endsWith("chunks"))
      .filter((file) => readFileSync(file, "utf8").startsWith("/* no late import */"));
    expect(first.map(([name]) => name)).toEqual(marked.map((file) => basename(file)).toSorted());
    expect(run()).toMatchObject({ status: 0, stderr: "" });
    expect(written()).toEqual(first);
  },
);

test("a chunk that says that it has no late import has none, and most say so", () => {
  const chunks = join(folder, "chunks");
  const codes = readdirSync(chunks)
    .filter((name) => name.endsWith(".js"))
    .map((name) => readFileSync(join(chunks, name), "utf8"));
  const marked = codes.filter((code) => code.startsWith("/* no late import */"));
  for (const code of codes) expect(marked.includes(code)).toBe(!code.includes("import("));
  expect(marked.length).toBeGreaterThan(codes.length / 2);
});

test("a folder for it that can be neither found nor made does no harm", () => {
  const places = process.platform === "linux" ? ["/proc/nothing", "/dev/null"] : ["/dev/null"];
  for (const place of places) {
    expect(netwright(["check", net], [], place)).toMatchObject({ status: 0, stderr: "" });
  }
});

describe("a heap that is too small for the words of a table", () => {
  const place = temporaryFolder();
  const words = 400_000;

  beforeAll(() => {
    const rows = Array.from({ length: words }, (_, i) => `user-${(i * 7919).toString(36)}-of-many,${i % 7}`);
    writeFileSync(join(place, "ids.csv"), `id,y\n${rows.join("\n")}\n`);
    const columns = "features: id, columns { id: category(encoder: ordinal) }";
    writeFileSync(
      join(place, "ids.net"),
      `netwright 1\ndata d { source: "ids.csv", target: y, ${columns} }\nmodel { dense(1) }\ntrain { loss: mse }\n`,
    );
  });

  test.each(["16", "48", "80"])("of %s MiB is told, with what gives more", (heap) => {
    const played = netwright(["check", join(place, "ids.net")], [`--max-old-space-size=${heap}`]);
    expect(played.status).toBe(1);
    expect(played.stderr).toMatch(
      /NW0629 .* 400,000 different words, which take about \d+ MB, and there is room/s,
    );
    expect(played.stderr).toContain("--max-old-space-size");
  });
});

describe("a signal during training", () => {
  const signals = process.platform === "win32" ? [] : (["SIGINT", "SIGTERM", "SIGHUP"] as const);
  test.each(signals)(
    "%s saves the run",
    async (signal) => {
      const runs = join(temporaryFolder(), "runs");
      const args = ["train", net, "--backend", "reference", "--epochs", "5000", "--out", runs];
      const child = spawn(process.execPath, [join(folder, "main.js"), ...args]);
      const limit = setTimeout(() => child.kill("SIGKILL"), 20_000);
      let told = "";
      let sent = false;
      child.stderr.on("data", (chunk) => {
        told += String(chunk);
        if (sent || !/epoch /.test(told)) return;
        sent = true;
        child.kill(signal);
        // The system tells of a closed terminal, and so does the shell.
        if (signal === "SIGHUP") child.kill(signal);
      });
      const [code] = await once(child, "close");
      clearTimeout(limit);
      expect({ code, told }).toMatchObject({ code: 130, told: expect.stringContaining("Stopping after") });
      const [run = ""] = readdirSync(runs);
      expect(readdirSync(join(runs, run))).toContain("checkpoint.safetensors");
    },
    30_000,
  );
});

// Gives a command a terminal, takes it away once there is progress, and prints the exit code.
const IN_TERMINAL = `import fcntl, os, pty, struct, sys, termios
pid, terminal = pty.fork()
if pid == 0: os.execv(sys.argv[1], sys.argv[1:])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
told = b""
while b"samples/s" not in told: told += os.read(terminal, 4096)
os.close(terminal)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;
const hasTerminals = spawnSync("python3", ["-c", "import pty, os; os.waitstatus_to_exitcode"]).status === 0;

(hasTerminals ? test : test.skip)(
  "a terminal that is gone: the run is saved, and Node does not abort",
  () => {
    const runs = join(temporaryFolder(), "runs");
    const train = ["train", net, "--backend", "reference", "--epochs", "5000", "--out", runs];
    const command = [process.execPath, join(folder, "main.js"), ...train];
    const ended = spawnSync("python3", ["-c", IN_TERMINAL, ...command], {
      encoding: "utf8",
      timeout: 50_000,
    });
    expect(ended.stdout).toBe("130\n");
    const [run = ""] = readdirSync(runs);
    expect(readdirSync(join(runs, run))).toContain("checkpoint.safetensors");
  },
  60_000,
);

test.each(["backends", "doctor"])(
  "%s says nothing but its list, whatever TensorFlow has to say",
  (command) => {
    for (const level of [undefined, "0"]) {
      const kernels = level === undefined ? undefined : "1";
      const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: level, TF_ENABLE_ONEDNN_OPTS: kernels };
      const argv = [join(folder, "main.js"), command];
      const listed = spawnSync(process.execPath, argv, { encoding: "utf8", env, timeout: 30_000 });
      expect(listed).toMatchObject({ status: 0, stderr: "", stdout: expect.stringMatching(/^native/m) });
      expect(listed.stdout).not.toMatch(/TensorFlow binary|absl|cpu_feature_guard/);
    }
  },
);

describe("files that the shell has opened", () => {
  const place = temporaryFolder();
  const shell = (script: string) => {
    const command = `${process.execPath} ${join(folder, "main.js")}`;
    return spawnSync("sh", ["-c", script.replace("netwright ", `${command} `)], {
      cwd: place,
      encoding: "utf8",
    });
  };

  test("`/dev/stdout` is written to where it stands", () => {
    writeFileSync(join(place, "log"), "before\n");
    writeFileSync(join(place, "table.csv"), smallCsv());
    expect(shell("netwright init table.csv --output /dev/stdout >> log").status).toBe(0);
    expect(readFileSync(join(place, "log"), "utf8")).toMatch(/^before\nnetwright 1\n/);
    expect(shell("netwright init table.csv --output /dev/fd/3 3>&1 | cat").stdout).toContain("netwright 1\n");
  });

  test("standard input and a numbered descriptor are inputs like any other", () => {
    const runs = join(place, "runs");
    netwright(["train", net, "--backend", "jit", "--epochs", "1", "--out", runs, "--quiet"]);
    const predict = `netwright predict ${join(runs, readdirSync(runs)[0] ?? "")} --output table.csv --force`;
    for (const input of ["--input - < table.csv", "--input /dev/fd/3 3< table.csv"]) {
      const refused = shell(`${predict} ${input}`);
      expect(refused).toMatchObject({ status: 1, stdout: "" });
      expect(refused.stderr).toMatch(/NW0902 .*what this command reads/);
    }
    expect(readFileSync(join(place, "table.csv"), "utf8")).toBe(smallCsv());
  });
});
