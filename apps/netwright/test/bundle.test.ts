// The command as it is published: bundled, in a process of its own.

import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
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
  const env = { ...process.env, XDG_CACHE_HOME: keep };
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

describe("compiled code that is kept", () => {
  const written = (place: string) =>
    readdirSync(place, { recursive: true, encoding: "utf8", withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.parentPath.includes("netwright"))
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort();
  const checked = (place: string, ...more: readonly string[]) =>
    netwright(["check", net, ...more], [], place);

  test("is of all that a command loads and has no late import, in one file, and is taken again as it is", () => {
    const place = temporaryFolder();
    const files = loaded(["check", net]).filter((file) => dirname(file).endsWith("chunks"));
    const marked = files.filter((file) => readFileSync(file, "utf8").startsWith("/* no late import */"));
    expect(checked(place).status).toBe(0);
    const [kept = "", ...others] = written(place);
    expect(others).toEqual([]);
    const [head = ""] = readFileSync(kept, "latin1").split("\n\n", 1);
    const names = head.split("\n").map((line) => line.split(" ")[0]);
    expect(names.toSorted()).toEqual(marked.map((file) => basename(file)).toSorted());
    const { size, mtimeMs } = statSync(kept);
    expect(checked(place).status).toBe(0);
    expect(written(place)).toEqual([kept]);
    expect(statSync(kept)).toMatchObject({ size, mtimeMs });
  });

  test("changes nothing, and is made anew where it is spoilt or others may have written it", () => {
    const place = temporaryFolder();
    const first = checked(place);
    expect(first).toMatchObject({ status: 0, stdout: expect.stringMatching(/^ok {2}/), stderr: "" });
    const [kept = ""] = written(place);
    const whole = readFileSync(kept);
    const spoilt = [
      whole.subarray(0, 100),
      whole.subarray(0, -8),
      Buffer.alloc(0),
      Buffer.alloc(whole.length),
      Buffer.from("something else\n\n"),
      // A lost block, in code that no chunk has.
      Buffer.concat(
        ["none.js 4096\n\n\0\0", Buffer.alloc(4096), "complete"].map((part) => Buffer.from(part)),
      ),
    ];
    for (const bytes of spoilt) {
      writeFileSync(kept, bytes);
      expect(checked(place)).toMatchObject({ status: 0, stdout: first.stdout, stderr: "" });
      expect(Math.abs(statSync(kept).size / whole.length - 1)).toBeLessThan(0.02);
      expect(readFileSync(kept, "latin1")).not.toContain("none.js");
    }
    if (process.platform === "win32") return;
    chmodSync(kept, 0o666);
    expect(checked(place)).toMatchObject({ status: 0, stdout: first.stdout, stderr: "" });
    expect(statSync(kept).mode & 0o777).toBe(0o600);
  });

  test("of other engines goes after a month, and nothing stays of what could not be written", () => {
    const place = temporaryFolder();
    const old = join(place, "netwright", "code", "v1.0.0-none", "check");
    mkdirSync(old, { recursive: true });
    writeFileSync(join(old, "old.cache"), "");
    utimesSync(join(old, "old.cache"), 0, 0);
    expect(checked(place).status).toBe(0);
    expect(existsSync(dirname(old))).toBe(false);
    if (process.platform === "win32") return;
    const full = temporaryFolder();
    const command = `ulimit -f 100; exec "${process.execPath}" "${join(folder, "main.js")}" check "${net}"`;
    const env = { ...process.env, XDG_CACHE_HOME: full };
    expect(spawnSync("sh", ["-c", command], { env }).status).toBe(0);
    expect(written(full)).toEqual([]);
  });

  test("is one for each way in which the engine is started", () => {
    const place = temporaryFolder();
    const flags = [[], ["--stack-size=1500"]];
    const all = () => {
      for (const node of flags) expect(netwright(["check", net], node, place).status).toBe(0);
    };
    all();
    const kept = written(place);
    expect(kept).toHaveLength(2);
    const times = kept.map((file) => statSync(file).mtimeMs);
    all();
    expect(kept.map((file) => statSync(file).mtimeMs)).toEqual(times);
  });

  test("is none of a command that there is not, and one of all that is told of commands", () => {
    const place = temporaryFolder();
    expect(netwright(["chekc", net], [], place).status).toBe(2);
    expect(written(place)).toEqual([]);
    for (const asked of [["check", "-h"], ["check", "--help"], ["help"]])
      expect(netwright(asked, [], place).status).toBe(0);
    expect(written(place).map((file) => basename(dirname(file)))).toEqual(["help"]);
  });

  test("is kept of a long process, before it ends", async () => {
    const place = temporaryFolder();
    const runs = join(place, "runs");
    const argv = ["train", net, "--backend", "reference", "--epochs", "100000", "--out", runs, "--quiet"];
    const child = spawn(process.execPath, [join(folder, "main.js"), ...argv], {
      env: { ...process.env, XDG_CACHE_HOME: place },
    });
    const end = Date.now() + 25_000;
    const kept = () => written(place).filter((file) => file.endsWith(".cache"));
    while (kept().length === 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 100));
    child.kill("SIGKILL");
    await once(child, "close");
    expect(kept()).toHaveLength(1);
  }, 40_000);

  test("is none where it is not wanted", () => {
    const place = temporaryFolder();
    const env = { ...process.env, XDG_CACHE_HOME: place, NODE_DISABLE_COMPILE_CACHE: "1" };
    expect(spawnSync(process.execPath, [join(folder, "main.js"), "check", net], { env }).status).toBe(0);
    expect(readdirSync(place)).toEqual([]);
  });
});

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
