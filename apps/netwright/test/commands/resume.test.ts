import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { cli, lastLine } from "../support/cli.ts";
import { toFormat1 } from "../support/format-1.ts";
import { SMALL, smallCsv, smallProject } from "../support/project.ts";

const COMMON = ["--backend", "reference", "--format", "json"];
const INTERRUPT = { at: /epoch +3\/10/, after: [0] };

const only = (folder: string) => join(folder, readdirSync(folder)[0] ?? "");

describe("an interrupt", () => {
  test("saves the run with its checkpoint and says how to go on", async () => {
    const { net, runs } = smallProject();
    const played = await cli(["train", net, "--backend", "reference", "--out", runs], {
      interrupt: INTERRUPT,
    });
    expect(played).toMatchObject({ code: 130, quit: [] });
    expect(played.stderr).toContain("Press Ctrl-C again to quit at once.");
    const run = only(runs);
    expect(played.stdout).toContain(`Interrupted after 3 of 10 epochs`);
    expect(played.stdout).toContain(`netwright train --resume ${run}\n`);
    expect(readdirSync(run)).toContain("checkpoint.safetensors");
  });

  test("a second time quits at once; npm's echo of the first is not a second one", async () => {
    const { net, runs } = smallProject();
    const argv = ["train", net, ...COMMON, "--out", runs];
    const echo = await cli(argv, { interrupt: { ...INTERRUPT, after: [0, 10] } });
    expect(echo).toMatchObject({ code: 130, quit: [] });
    const second = await cli(argv, { interrupt: { ...INTERRUPT, after: [0, 1000] } });
    expect(second.quit).toEqual([130]);
  });

  test("of a training that was done before does not replace its run", async () => {
    const { net, runs } = smallProject();
    const argv = ["train", net, ...COMMON, "--out", runs];
    const whole = lastLine(await cli(argv));
    const part = await cli(argv, { interrupt: INTERRUPT });
    expect(part.code).toBe(130);
    const run = only(runs);
    expect(whole).toMatchObject({ run });
    expect(lastLine(part)).toMatchObject({ run: `${run}-interrupted`, status: "interrupted", epochs: 3 });
    expect(JSON.parse(readFileSync(join(run, "record.json"), "utf8"))).toMatchObject({ status: "completed" });
  });

  test("of a training that has come further before does not replace its run, and is told of it", async () => {
    const { net, runs } = smallProject();
    const argv = ["train", net, ...COMMON, "--out", runs];
    const far = lastLine(await cli(argv, { interrupt: { ...INTERRUPT, at: /epoch +7\/10/ } }));
    const run = only(runs);
    expect(far).toMatchObject({ run, status: "interrupted", epochs: 7 });
    const near = await cli(argv, { interrupt: INTERRUPT });
    expect(lastLine(near)).toMatchObject({ run: `${run}-interrupted`, epochs: 3 });
    // No checkpoint is left beside the run, which holds its own.
    expect(near.stdout).not.toContain("-checkpoint");
    const [found] = Object(lastLine(near)).diagnostics;
    expect(found).toMatchObject({ code: "NW0807" });
    expect(found.notes[0]).toContain(`\`netwright train --resume ${run}\``);
    // Nor does it replace what has come out of the one beside it, and one that comes further does replace.
    expect(lastLine(await cli(["train", "--resume", Object(lastLine(near)).run, ...COMMON]))).toMatchObject({
      epochs: 10,
    });
    expect(lastLine(await cli(argv, { interrupt: INTERRUPT }))).toMatchObject({
      run: `${run}-interrupted-2`,
    });
    const further = await cli(argv, { interrupt: { ...INTERRUPT, at: /epoch +9\/10/ } });
    expect(lastLine(further)).toMatchObject({ run, status: "interrupted", epochs: 9 });
  });

  test("does not replace a whole run where it is saved when its place is taken", async () => {
    const { net, runs, folder } = smallProject();
    const folders = { home: folder, temporary: folder };
    await cli(["train", net, ...COMMON, "--out", join(folder, "netwright-runs")]);
    const whole = only(join(folder, "netwright-runs"));
    mkdirSync(join(runs, basename(whole)), { recursive: true });
    writeFileSync(join(runs, basename(whole), "notes.txt"), "mine");
    const part = await cli(["train", net, ...COMMON, "--out", runs], { interrupt: INTERRUPT, folders });
    expect(lastLine(part)).toMatchObject({ run: `${whole}-interrupted`, status: "interrupted" });
    expect(JSON.parse(readFileSync(join(whole, "record.json"), "utf8"))).toMatchObject({
      status: "completed",
    });
  });
});

/** As if another release had begun the run. */
function otherVersion(run: string): void {
  const other = "0".repeat(64);
  toFormat1(run, {
    record: ({ versions, hash, ...rest }) => ({
      ...rest,
      versions: { ...Object(versions), netwright: "0.0.9" },
      hash: { ...Object(hash), run: other },
    }),
    checkpoint: (header) => ({ ...header, run: other }),
  });
}

describe("resuming", () => {
  async function interrupted(source = SMALL) {
    const project = smallProject(source);
    const settings = ["--seed", "3", "--set", "width=5"];
    const whole = lastLine(
      await cli(["train", project.net, ...COMMON, ...settings, "--out", join(project.folder, "whole")]),
    );
    const argv = ["train", project.net, ...COMMON, ...settings, "--out", project.runs];
    expect(await cli(argv, { interrupt: INTERRUPT })).toMatchObject({ code: 130 });
    return { ...project, run: only(project.runs), hash: Object(whole).hash };
  }

  test("ends with the same bits as a training that was not interrupted, in the same place", async () => {
    const { run, runs, hash } = await interrupted();
    const resumed = await cli(["train", "--resume", run, "--format", "json"]);
    expect(resumed.code).toBe(0);
    expect(lastLine(resumed)).toMatchObject({ run, status: "completed", epochs: 10, hash });
    expect(readdirSync(runs)).toHaveLength(1);
    expect(readdirSync(run)).not.toContain("checkpoint.safetensors");
    expect(readFileSync(join(run, "history.jsonl"), "utf8").trim().split("\n")).toHaveLength(10);
  });

  test("goes on with a run of format 1, to the same bits", async () => {
    const { run, hash } = await interrupted();
    toFormat1(run);
    const resumed = await cli(["train", "--resume", run, "--format", "json"]);
    expect(lastLine(resumed)).toMatchObject({ run, status: "completed", hash });
    expect(JSON.parse(readFileSync(join(run, "record.json"), "utf8"))).toMatchObject({ format: 2 });
  });

  test("takes a file that means the same, such as one that has moved", async () => {
    const { run, folder, net, csv, hash } = await interrupted();
    mkdirSync(join(folder, "elsewhere"));
    const moved = join(folder, "elsewhere", "small.net");
    writeFileSync(moved, `${readFileSync(net, "utf8")}\n# a comment\n`);
    renameSync(csv, join(folder, "elsewhere", "small.csv"));
    rmSync(net);
    const resumed = await cli(["train", moved, "--resume", run, "--format", "json"]);
    expect(lastLine(resumed)).toMatchObject({ hash: { weights: hash.weights } });
  });

  test("refuses a changed file, changed data, another backend and other settings", async () => {
    const { run, write, net } = await interrupted();
    const refused = async (code: number, diagnostic: string, ...more: string[]) => {
      const played = await cli(["train", ...more, "--resume", run, "--format", "json"]);
      expect(played.code).toBe(code);
      expect(lastLine(played)).toMatchObject({ diagnostics: [{ code: diagnostic }] });
    };
    await refused(1, "NW0804", write("changed.net", SMALL.replace("1e-2", "1e-3")));
    await refused(1, "NW0804", "--backend", "wasm");
    await refused(2, "NW0901", "--epochs", "20");
    await refused(2, "NW0901", net, "--set", "width=6");
    // What was given is named, and nothing else.
    const named = async (...more: string[]) => {
      const { stderr } = await cli(["train", ...more, "--resume", run]);
      return /began with: (.*) cannot be given/.exec(stderr)?.[1];
    };
    expect(await named("--from", run)).toBe("`--from`");
    expect(await named("--from", run, "--set", "width=6")).toBe("`--set` and `--from`");
    expect(await named("--seed", "3", "--epochs", "4")).toBe("`--seed` and `--epochs`");
    write("small.csv", smallCsv(59));
    await refused(1, "NW0804");
  });

  test("names which of file, data, backend and version has changed, and no other", async () => {
    const { run, write, net } = await interrupted();
    const refused = async (...more: string[]) => {
      const played = await cli(["train", ...more, "--resume", run, "--format", "json"]);
      const { diagnostics } = lastLine(played) as { diagnostics: { message: string; notes: string[] }[] };
      const [found] = diagnostics;
      return {
        changed: /: (.*) changed since/.exec(found?.message ?? "")?.[1],
        notes: found?.notes.join("\n"),
      };
    };
    const file = await refused(write("rate.net", SMALL.replace("1e-2", "1e-3")));
    expect(file).toMatchObject({ changed: "the file has" });
    expect(file.notes).toContain("`train.optimizer.learning_rate` was 0.01 and is 0.001");
    const layers = await refused(
      write("layers.net", SMALL.replace("dense(width, relu)", "dense(width, elu)")),
    );
    expect(layers).toMatchObject({
      changed: "the file has",
      notes: expect.stringContaining("layers are others"),
    });
    const backend = await refused("--backend", "jit");
    expect(backend).toMatchObject({
      changed: "the backend has",
      notes: expect.stringContaining("was reference and is jit: `--backend reference`"),
    });
    write("small.csv", smallCsv(59));
    const data = await refused();
    expect(data).toMatchObject({ changed: "the data has", notes: expect.stringContaining("`small.csv`") });
    const commented = await refused(write("comment.net", `${SMALL}# a comment\n`));
    expect(commented.changed).toBe("the data has");
    const both = await refused(write("rate.net", SMALL.replace("1e-2", "1e-3")), "--backend", "jit");
    expect(both.changed).toBe("the file, the data and the backend have");
    writeFileSync(net, SMALL);
    write("small.csv", smallCsv());
    otherVersion(run);
    const version = await refused();
    expect(version.changed).toBe("the version has");
    expect(version.notes).toContain("Netwright was 0.0.9");
  });

  test("does not load the package that a run names", async () => {
    for (const name of ["@somebody/backend", "left-pad", "../../evil", "\u001b[2J"]) {
      const { run } = await interrupted();
      toFormat1(run, {
        record: ({ backend, ...rest }) => ({ ...rest, backend: { ...Object(backend), name } }),
      });
      const played = await cli(["train", "--resume", run]);
      expect(played).toMatchObject({ code: 2, stdout: "" });
      expect(played.stderr).toContain("what a run names is not loaded by itself");
      const asked = await cli(["train", "--resume", run, "--backend", "left-pad"]);
      expect(asked.stderr).toContain("no package of that name is installed");
    }
  });

  test("says what to do when the data is not where it was", async () => {
    const { run, csv } = await interrupted();
    rmSync(csv);
    const { code, stderr } = await cli(["train", "--resume", run]);
    expect(code).toBe(1);
    expect(stderr).toContain("error NW0610");
    expect(stderr).toContain("`netwright train FILE --resume RUN`");
  });

  test("needs an interrupted run", async () => {
    const { net, runs } = smallProject();
    await cli(["train", net, ...COMMON, "--out", runs, "--epochs", "1"]);
    const played = await cli(["train", "--resume", only(runs)]);
    expect(played.code).toBe(1);
    expect(played.stderr).toContain("NW0805");
  });

  test("brings the files that the file uses", async () => {
    const shared = 'use "blocks.net"\n';
    const source = SMALL.replace("netwright 1\n", `netwright 1\n\n${shared}`).replace(
      "dense(width, relu)",
      "hidden(width)",
    );
    const { net, runs, write } = smallProject(source);
    const blocks = write("blocks.net", "netwright 1\n\nblock hidden(units) { dense(units, relu) }\n");
    const argv = ["train", net, ...COMMON, "--out", runs];
    expect(await cli(argv, { interrupt: INTERRUPT })).toMatchObject({ code: 130 });
    writeFileSync(blocks, "broken {");
    expect(await cli(["train", "--resume", only(runs), "--quiet"])).toMatchObject({ code: 0, stderr: "" });
  });
});
