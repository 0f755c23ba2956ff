// `train --folds`, `--repeats`, `--seeds`: what is said over the runs, what is on the disk whatever ends it, and going on.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { isObject } from "@netwright/definitions";
import { cli, lastLine, type Played } from "../support/cli.ts";
import { SMALL, smallCsv, smallProject } from "../support/project.ts";

const base = ["--backend", "reference", "--format", "json"];

function resultOf(played: Played): Record<string, unknown> {
  const found = lastLine(played);
  if (!isObject(found)) throw new Error(played.stdout);
  return { ...found };
}

/** Without what the clock and the place say. */
function timeless(result: Record<string, unknown>): unknown {
  const { study: _, diagnostics: __, seconds: ___, runs, ...others } = result;
  const list = Array.isArray(runs) ? runs : [];
  return { ...others, runs: list.map((run) => ({ ...(isObject(run) ? run : {}), seconds: null })) };
}

test("folds, repeats and seeds: the runs of a training alone, their mean, deviation and standard error", async () => {
  const { net, runs } = smallProject(SMALL, smallCsv(24));
  const argv = ["train", net, ...base, "--epochs", "1", "--out", runs];
  const played = await cli([...argv, "--folds", "3", "--repeats", "2", "--seeds", "2", "--seed", "4"]);
  expect(played.code).toBe(0);
  const result = resultOf(played);
  expect(result).toMatchObject({
    status: "completed",
    folds: 3,
    repeats: 2,
    seeds: [4, 5],
    planned: 12,
    keep: false,
  });
  const list = result["runs"];
  if (!Array.isArray(list)) throw new Error("no runs");
  expect(list.map(({ repeat, fold, seed }) => [repeat, fold, seed]).slice(0, 7)).toEqual([
    [0, 0, 4],
    [0, 0, 5],
    [0, 1, 4],
    [0, 1, 5],
    [0, 2, 4],
    [0, 2, 5],
    [1, 0, 4],
  ]);
  const values = list.map(({ metrics }) => Number(metrics.test.mae));
  const mean = values.reduce((a, b) => a + b) / 12;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 11);
  const found = result["metrics"];
  const mae = isObject(found) && isObject(found["test"]) ? found["test"]["mae"] : null;
  expect(mae).toEqual({
    mean: expect.closeTo(mean, 10),
    deviation: expect.closeTo(deviation, 10),
    standard_error: expect.closeTo(deviation / Math.sqrt(12), 10),
  });
  // Other rows each time.
  expect(new Set(list.map(({ hash }) => hash.data)).size).toBe(6);
  const alone = await cli([...argv, "--seed", "5", "--set", "data.split=fold(1, 3)"]);
  expect(resultOf(alone)["hash"]).toEqual(list[3]?.hash);
  // Nothing but the record is kept.
  expect(readdirSync(String(result["study"]))).toEqual(["study.json"]);
}, 60_000);

test("for people: a table for each split, and the folder; with --quiet the folder alone", async () => {
  const { net, runs } = smallProject(`${SMALL}expect { test.mae < 100 test.rmse < 1e-9 }\n`);
  const argv = ["train", net, "--backend", "reference", "--epochs", "2", "--out", runs, "--folds", "3"];
  const played = await cli(argv);
  expect(played.code).toBe(3);
  expect(played.stdout).toMatch(/test +mean +deviation +standard error +least +most\nMAE {2}/);
  expect(played.stdout).toMatch(/pass {2}test\.mae < 100 +it is [\d.]+\nFAIL {2}test\.rmse < 1e-9 +it is/);
  expect(played.stdout).toMatch(/Trained 3 runs \(3 folds\) in [\s\S]*Saved: .*small-study-[0-9a-f]{12}\n$/);
  expect(played.stderr).toMatch(
    /NW0705 {2}expected test\.rmse < 1e-9, but it is [\s\S]*= It is the mean over the runs\./,
  );
  expect(played.stderr).toContain("Run 3 of 3: seed 0, fold 2");
  // None is replaced.
  const quiet = await cli([...argv, "--quiet"]);
  expect(quiet.stdout).toMatch(/^.*small-study-[0-9a-f]{12}-2\n$/);
});

test("models are kept on request, and each is a run like another", async () => {
  const { net, runs, csv } = smallProject();
  const played = await cli(["train", net, ...base, "--epochs", "1", "--out", runs, "--seeds", "2", "--keep"]);
  const { study, runs: list } = resultOf(played);
  if (!Array.isArray(list)) throw new Error("no runs");
  const names = list.map(({ hash }) => `small-${String(hash.run).slice(0, 12)}`);
  expect(readdirSync(String(study)).sort()).toEqual([...names, "study.json"].sort());
  const predicted = await cli(["predict", join(String(study), names[1] ?? ""), "--input", csv]);
  expect(predicted.code).toBe(0);
});

test("the report says that no models are kept, or how to predict with them", async () => {
  const { net, runs, csv } = smallProject(SMALL.replace("epochs: 10", "epochs: 1"));
  const argv = ["train", net, "--backend", "reference", "--out", runs, "--seeds", "2"];
  const unkept = await cli(argv);
  expect(unkept.stdout.replaceAll(/\s+/g, " ")).toMatch(/models are not; a study with `--keep` keeps them/);
  expect(unkept.stdout).not.toContain("Predict:");
  const kept = await cli([...argv, "--keep"]);
  expect(kept.stdout).not.toContain("--keep");
  const [, command = ""] = /\nPredict:\n {2}netwright (.+)\n$/.exec(kept.stdout) ?? [];
  const words = command.split(" ");
  expect(words).toEqual(["predict", expect.stringContaining("small-study-"), "--input", csv]);
  expect((await cli(words)).stdout).toMatch(/^y\n/);
});

test("the time of a study is that of the command by the clock, and not the sum over its runs", async () => {
  const { net, runs } = smallProject(SMALL.replace("epochs: 10", "epochs: 1"));
  const made = resultOf(await cli(["train", net, ...base, "--out", runs, "--seeds", "2"]));
  const place = join(String(made["study"]), "study.json");
  const record = JSON.parse(readFileSync(place, "utf8"));
  const [first] = record.runs;
  const slow = { ...first, seconds: { total: 7200, train: 7200 } };
  const shortened = JSON.stringify({ ...record, status: "interrupted", runs: [slow] });
  writeFileSync(place, shortened);
  const { stdout } = await cli(["train", "--resume", place]);
  expect(stdout).toMatch(/Trained the last of 2 runs \(2 seeds\) in [\d.]+ s\./);
  writeFileSync(place, shortened);
  const { seconds } = resultOf(await cli(["train", "--resume", place, "--format", "json"]));
  expect(Object(seconds).total).toBeLessThan(600);
  expect(Object(seconds).total).toBeGreaterThan(0);
});

test("a kept model of a fold knows its test rows by itself", async () => {
  const { net, runs } = smallProject();
  const played = await cli(["train", net, ...base, "--epochs", "1", "--out", runs, "--folds", "3", "--keep"]);
  const { study, runs: list } = resultOf(played);
  if (!Array.isArray(list)) throw new Error("no runs");
  for (const { hash, metrics } of list) {
    const directory = join(String(study), `small-${String(hash.run).slice(0, 12)}`);
    const measured = await cli(["evaluate", directory, ...base]);
    expect(measured.code).toBe(0);
    expect(JSON.stringify(resultOf(measured)["metrics"])).toBe(JSON.stringify(metrics.test));
  }
});

describe("what ends a study before it is done", () => {
  const study = (net: string, runs: string) => ["train", net, ...base, "--out", runs, "--folds", "4"];

  test("Ctrl-C keeps what is done, and going on gives what an uninterrupted one gives", async () => {
    const { net, runs } = smallProject(SMALL.replace("epochs: 10", "epochs: 40"));
    const whole = resultOf(await cli([...study(net, join(runs, "whole"))]));
    const argv = study(net, join(runs, "other"));
    const played = await cli(argv, { interrupt: { at: /Run 3 of 4/, after: [0] } });
    expect(played).toMatchObject({ code: 130, listening: 0, quit: [] });
    const result = resultOf(played);
    expect(result).toMatchObject({ status: "interrupted", planned: 4 });
    expect(result["runs"]).toHaveLength(2);
    const place = String(result["study"]);
    const text = await cli(["train", "--resume", place, "--backend", "reference"]);
    expect(text.code).toBe(0);
    expect(text.stderr).toContain("going on after 2");
    expect(text.stdout).toMatch(/Trained the last 2 of 4 runs \(4 folds\) in [\d.]+ s\./);
    const record: unknown = JSON.parse(readFileSync(join(place, "study.json"), "utf8"));
    expect(isObject(record) && record["status"]).toBe("completed");
    expect(readdirSync(place)).toEqual(["study.json"]);
    // A finished study has nothing left to do, and says what it has found.
    const again = await cli(["train", "--resume", place, "--format", "json"]);
    expect(again.code).toBe(0);
    expect(timeless(resultOf(again))).toEqual(timeless(whole));
    const said = await cli(["train", "--resume", place]);
    expect(said.stdout).toContain("Done before: 4 runs (4 folds); nothing was left to train.");
    expect(said.stdout).not.toContain("Trained");
    expect(said.stderr).toBe("");
  }, 60_000);

  test("says how to go on", async () => {
    const { net, runs } = smallProject(SMALL.replace("epochs: 10", "epochs: 40"));
    const argv = ["train", net, "--backend", "reference", "--out", runs, "--folds", "4"];
    const { stdout, code } = await cli(argv, { interrupt: { at: /Run 2 of 4/, after: [0] } });
    expect(code).toBe(130);
    expect(stdout).toMatch(
      /Interrupted after 1 of 4 runs \(4 folds\)[\s\S]*Resume:\n {2}netwright train --resume .*small-study-[0-9a-f]{12}\n$/,
    );
  });

  test("is found again by the next start, which says how to go on", async () => {
    const { net, runs } = smallProject(SMALL.replace("epochs: 10", "epochs: 40"));
    const argv = ["train", net, "--backend", "reference", "--out", runs, "--folds", "4"];
    await cli(argv, { interrupt: { at: /Run 3 of 4/, after: [0] } });
    const [place] = readdirSync(runs);
    const anew = await cli(argv, { interrupt: { at: /Run 2 of 4/, after: [0] } });
    expect(anew.stderr).toContain("warning NW0807  a study of this file has done 2 of 4 runs");
    expect(anew.stderr).toContain(`\`netwright train --resume ${join(runs, place ?? "")}\` goes on with it`);
    // The one that has come furthest, of those of these settings.
    const third = await cli(argv);
    expect(third.stderr).toContain("has done 2 of 4 runs");
    const other = await cli([...argv, "--seed", "7"]);
    expect(other.stderr).not.toContain("NW0807");
    const resumed = await cli(["train", "--resume", join(runs, place ?? "")]);
    expect(resumed).toMatchObject({ code: 0 });
    expect(resumed.stderr).not.toContain("NW0807");
  }, 60_000);

  test("before a run is done, no metrics are spoken of; one training is said to be one", async () => {
    const { net, runs } = smallProject(SMALL.replace("epochs: 10", "epochs: 40"));
    const argv = ["train", net, "--backend", "reference", "--out", runs];
    const scene = { interrupt: { at: /Run 1 of/, after: [0] } };
    const none = await cli([...argv, "--seeds", "3"], scene);
    expect(none.code).toBe(130);
    expect(none.stderr).toContain("small.net 3 times: backend");
    expect(none.stdout).toContain("Interrupted after 0 of 3 runs (3 seeds).\n");
    const single = await cli([...argv, "--keep"], scene);
    expect(single.stderr).toContain("small.net once: backend");
    expect(single.stdout).toContain("Interrupted after 0 of 1 run.\n");
  });

  test("a press while a run is saved ends it after this run", async () => {
    const { net, runs } = smallProject(SMALL.replace("epochs: 10", "epochs: 1"));
    const isSaving = () => {
      try {
        return readdirSync(runs).some((name) =>
          readdirSync(join(runs, name)).some((one) => one.startsWith(".small")),
        );
      } catch {
        return false;
      }
    };
    const argv = [...study(net, runs), "--keep", "--repeats", "20"];
    const played = await cli(argv, { pressWhen: isSaving });
    expect(played).toMatchObject({ code: 130, listening: 0 });
    const { runs: list, study: place } = resultOf(played);
    if (!Array.isArray(list)) throw new Error("no runs");
    expect(list.length).toBeGreaterThan(0);
    for (const { hash } of list) {
      expect(existsSync(join(String(place), `small-${String(hash.run).slice(0, 12)}`, "record.json"))).toBe(
        true,
      );
    }
  });

  test("a run that fails is named, and those before it are kept", async () => {
    const words = [
      "x,word",
      ...Array.from({ length: 100 }, (_, i) => `${i},${i % 2 === 0 ? "even" : "odd"}`),
      "100,rare",
    ];
    const { net, runs, csv, write } = smallProject(
      'netwright 1\ndata small { source: "small.csv", target: word, split: { train: 70%, validation: 15%, test: 15%, seed: 3 } }\nmodel { dense(outputs) }\ntrain { loss: cross_entropy, epochs: 1 }\n',
      `${words.join("\n")}\n`,
    );
    const argv = ["train", net, ...base, "--out", runs, "--folds", "3"];
    const played = await cli(argv);
    expect(played.code).toBe(1);
    const result = resultOf(played);
    expect(result).toMatchObject({ status: "failed" });
    const done = Array.isArray(result["runs"]) ? result["runs"].length : 0;
    expect(done).toBeGreaterThan(0);
    expect(JSON.stringify(result["diagnostics"])).toContain(
      `It is run ${done + 1} of 3 of the study: seed 0, fold ${done}.`,
    );
    // What has changed is said, as runs of two tables are no study.
    write("small.csv", readFileSync(csv, "utf8").replace("7,odd", "7,even"));
    const changed = await cli(["train", "--resume", String(result["study"])]);
    expect(changed.code).toBe(1);
    expect(changed.stderr).toMatch(/NW0804[\s\S]*the data has changed since/);
  });

  test("a record that can no longer be written: the study goes on, and is saved elsewhere", async () => {
    const { net, runs, folder } = smallProject(SMALL.replace("epochs: 10", "epochs: 1"));
    const argv = study(net, runs);
    let isShut = false;
    const played = await cli(argv, {
      folders: { home: join(folder, "home"), temporary: folder },
      pressWhen: () => {
        const [name] = existsSync(runs) ? readdirSync(runs) : [];
        if (!isShut && name !== undefined && existsSync(join(runs, name, "study.json"))) {
          isShut = true;
          // Nothing can be moved to where a folder with something in it is.
          rmSync(join(runs, name, "study.json"));
          mkdirSync(join(runs, name, "study.json", "other"), { recursive: true });
        }
        return false;
      },
    });
    expect(played.code).toBe(1);
    const result = resultOf(played);
    expect(result).toMatchObject({ status: "completed" });
    expect(result["runs"]).toHaveLength(4);
    expect(String(result["study"])).toContain(join(folder, "home"));
    expect(JSON.stringify(result["diagnostics"])).toContain("NW0809");
  });
});

describe("nothing that is done is lost", () => {
  const of = (net: string, runs: string) => ["train", net, ...base, "--out", runs, "--seeds", "3"];
  const only = (runs: string) => join(runs, readdirSync(runs)[0] ?? "");

  test("a process that another one has overtaken takes its runs over, and takes none back", async () => {
    const { net, runs } = smallProject(SMALL.replace("epochs: 10", "epochs: 40"));
    const whole = resultOf(await cli(of(net, join(runs, "whole"))));
    const done = readFileSync(join(String(whole["study"]), "study.json"));
    const other = join(runs, "other");
    let isOvertaken = false;
    const played = await cli(of(net, other), {
      // Another process does all runs while this one is in its second.
      pressWhen: () => {
        const place = isOvertaken || !existsSync(other) ? null : join(only(other), "study.json");
        if (place === null || !existsSync(place) || !readFileSync(place, "utf8").includes('"weights"'))
          return false;
        writeFileSync(place, done);
        isOvertaken = true;
        return true;
      },
    });
    expect(isOvertaken).toBe(true);
    expect(played.code).toBe(0);
    expect(played.stderr).toContain("Another process has come further with this study");
    expect(timeless(resultOf(played))).toEqual(timeless(whole));
    expect(readFileSync(join(only(other), "study.json"))).toEqual(done);
    expect(readdirSync(only(other))).toEqual(["study.json"]);
  }, 60_000);

  test("studies that begin at a time have folders of their own", async () => {
    const { net, runs } = smallProject(SMALL.replace("epochs: 10", "epochs: 1"));
    const played = await Promise.all([1, 2, 3].map(() => cli(of(net, runs))));
    const places = played.map((one) => resultOf(one)["study"]);
    expect(new Set(places).size).toBe(3);
    expect(readdirSync(runs)).toHaveLength(3);
  });

  test.each([
    ["the model", "dense(width, relu)", "dense(3, tanh)", "the model has changed"],
    ["the epochs", "epochs: 40", "epochs: 2", "the model has changed|a setting"],
    ["what is told", 'number(unit: "m")', 'number(unit: "m", clamp: true)', "a setting"],
  ])(
    "one whose first run is not done is not gone on with as another: %s",
    async (_, from, to, what) => {
      const text = SMALL.replace("epochs: 10", "epochs: 40");
      const { net, runs } = smallProject(text);
      expect(text).toContain(from);
      const played = await cli(of(net, runs), { interrupt: { at: /Run 1 of 3/, after: [0] } });
      expect(played.code).toBe(130);
      const place = only(runs);
      const before = readFileSync(join(place, "study.json"));
      const held = readdirSync(place);
      writeFileSync(net, text.replace(from, to));
      const changed = await cli(["train", net, "--resume", place]);
      expect(changed.code).toBe(1);
      expect(changed.stderr).toMatch(new RegExp(`NW0804[\\s\\S]*(${what})`));
      expect(readFileSync(join(place, "study.json"))).toEqual(before);
      expect(readdirSync(place)).toEqual(held);
      // Undone, it goes on.
      writeFileSync(net, text);
      expect((await cli(["train", net, "--resume", place])).code).toBe(0);
      expect(readdirSync(place)).toEqual(["study.json"]);
    },
    60_000,
  );

  test.each([
    ["the table of a study is read once", "small.csv", "\n3,", "\n4,"],
    ["a file that is another one", "small.net", "relu", "tanh"],
  ])(
    "what changes while it runs: %s",
    async (_, name, from, to) => {
      const { net, runs, folder } = smallProject(SMALL.replace("epochs: 10", "epochs: 40"));
      const argv = (out: string) => ["train", net, ...base, "--out", join(runs, out), "--folds", "3"];
      const whole = resultOf(await cli(argv("whole")));
      const place = join(folder, name);
      const text = readFileSync(place, "utf8");
      expect(text).toContain(from);
      let isChanged = false;
      const played = await cli(argv("other"), {
        // Once the first run is done.
        pressWhen: () => {
          const record =
            isChanged || !existsSync(join(runs, "other"))
              ? null
              : join(only(join(runs, "other")), "study.json");
          if (record === null || !existsSync(record) || !readFileSync(record, "utf8").includes('"weights"'))
            return false;
          isChanged = true;
          writeFileSync(place, text.replace(from, to));
          return false;
        },
      });
      expect(isChanged).toBe(true);
      if (name === "small.csv") return expect(timeless(resultOf(played))).toEqual(timeless(whole));
      expect(played.code).toBe(1);
      expect(played.stdout).toMatch(/NW0804[\s\S]*the file has changed since it was begun/);
      expect(resultOf(played)).toMatchObject({ status: "failed" });
    },
    60_000,
  );

  test("nor one whose data has changed; a record that does not know what it began as goes on", async () => {
    const { net, runs, csv, write } = smallProject(SMALL.replace("epochs: 10", "epochs: 40"));
    await cli(of(net, runs), { interrupt: { at: /Run 1 of 3/, after: [0] } });
    const place = only(runs);
    const rows = readFileSync(csv, "utf8").trimEnd().split("\n");
    write("small.csv", `${rows.slice(0, -1).join("\n")}\n`);
    const changed = await cli(["train", "--resume", place]);
    expect(changed.stderr).toMatch(/NW0804[\s\S]*the data has changed since/);
    const record: unknown = JSON.parse(readFileSync(join(place, "study.json"), "utf8"));
    if (!isObject(record)) throw new Error("no record");
    const { first, ...older } = record;
    expect(first).toMatchObject({ run: expect.stringMatching(/^[0-9a-f]+$/) });
    writeFileSync(join(place, "study.json"), JSON.stringify(older));
    expect((await cli(["train", "--resume", place])).code).toBe(0);
  }, 60_000);

  test("what is damaged of a run that was under way is told of, the run begins anew, and nothing stays", async () => {
    const { net, runs } = smallProject(SMALL.replace("epochs: 10", "epochs: 40"));
    const whole = resultOf(await cli(of(net, join(runs, "whole"))));
    const other = join(runs, "other");
    await cli(of(net, other), { interrupt: { at: /Run 2 of 3/, after: [0] } });
    const place = only(other);
    const [run = ""] = readdirSync(place).filter((name) => name.startsWith("small-"));
    const file = join(place, run, "checkpoint.safetensors");
    const bytes = readFileSync(file);
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const played = await cli(["train", "--resume", place]);
    expect(played.code).toBe(0);
    expect(played.stderr).toMatch(
      /NW0829[\s\S]*checkpoint\.safetensors[\s\S]*This run of the study begins anew/,
    );
    const again = await cli(["train", "--resume", place, "--format", "json"]);
    expect(timeless(resultOf(again))).toEqual(timeless(whole));
    expect(readdirSync(place)).toEqual(["study.json"]);
  }, 60_000);

  test("a checkpoint stays until the record has its run, and a study of that name elsewhere is not replaced", async () => {
    const text = SMALL.replace("epochs: 10", "epochs: 2000\n  checkpoint: every(1)");
    const { net, runs, folder } = smallProject(text, smallCsv(40));
    const home = join(folder, "home");
    const play = (to: string) => {
      let isShut = false;
      return cli(["train", net, ...base, "--out", to, "--seeds", "2"], {
        folders: { home, temporary: folder },
        pressWhen: () => {
          const place = existsSync(to) && readdirSync(to).length > 0 ? join(only(to), "study.json") : null;
          if (!isShut && place !== null && existsSync(place)) {
            isShut = true;
            rmSync(place);
            mkdirSync(join(place, "other"), { recursive: true });
          }
          return false;
        },
      });
    };
    const first = await play(join(runs, "first"));
    expect(first.code).toBe(1);
    const left = readdirSync(only(join(runs, "first"))).filter((name) => name.endsWith("-checkpoint"));
    expect(left).toHaveLength(2);
    const kept = readFileSync(join(String(resultOf(first)["study"]), "study.json"));
    const second = await play(join(runs, "second"));
    expect(resultOf(second)["study"]).toBe(`${resultOf(first)["study"]}-2`);
    expect(readFileSync(join(String(resultOf(first)["study"]), "study.json"))).toEqual(kept);
  }, 60_000);
});

describe("wrong uses", () => {
  test.each([
    [["--folds", "1"], /whole number from 2/],
    [["--repeats", "2"], /NW0901[\s\S]*`--repeats` deals rows out to folds anew, and there are none/],
    [["--folds", "3", "--profile"], /NW0901[\s\S]*`--profile` times one training/],
    [
      ["--folds", "3", "--set", "data.split=by_time(a)"],
      /NW0618[\s\S]*`split: by_time` says where each row is/,
    ],
  ])("%j", async (more, message) => {
    const { net, runs } = smallProject();
    const played = await cli(["train", net, "--backend", "reference", "--out", runs, ...more]);
    expect(played.code).not.toBe(0);
    expect(played.stderr).toMatch(message);
    expect(existsSync(runs)).toBe(false);
  });

  test("more folds than groups, and settings for one that goes on", async () => {
    const { net, runs } = smallProject(
      SMALL.replace("target: y", "target: y\n  split: grouped(by: a)\n  features: [b]"),
    );
    const played = await cli(["train", net, "--backend", "reference", "--out", runs, "--folds", "11"]);
    expect(played.stderr).toMatch(/NW0647[\s\S]*There are 10 groups by `a`, and each of 11 folds needs one/);
    const made = resultOf(await cli(["train", net, ...base, "--epochs", "1", "--out", runs, "--folds", "5"]));
    const place = String(made["study"]);
    const other = await cli(["train", "--resume", place, "--folds", "3"]);
    expect(other).toMatchObject({ code: 2 });
    expect(other.stderr).toContain(
      "a study is resumed with the settings that it began with: `--folds` cannot be given",
    );
    const more = await cli(["train", "--resume", place, "--keep", "--from", place, "--seed", "3"]);
    expect(more.stderr).toContain("began with: `--keep`, `--from` and `--seed` cannot be given");
  });

  test.each([
    ["{", "NW0826"],
    ['{"format":1}', "NW0826"],
    ['{"format":3}', "NW0827"],
  ])("a record that is none: %s", async (text, code) => {
    const { net, runs } = smallProject();
    const made = resultOf(await cli(["train", net, ...base, "--epochs", "1", "--out", runs, "--seeds", "1"]));
    const place = String(made["study"]);
    writeFileSync(join(place, "study.json"), text);
    const played = await cli(["train", "--resume", place]);
    expect(played.code).toBe(1);
    expect(played.stderr).toContain(code);
    rmSync(place, { recursive: true });
  });

  test("every change of a record is read or refused, and never an exception", async () => {
    const { net, runs } = smallProject(SMALL, smallCsv(20));
    const made = resultOf(await cli(["train", net, ...base, "--epochs", "1", "--out", runs, "--folds", "2"]));
    const place = join(String(made["study"]), "study.json");
    const text = readFileSync(place, "utf8");
    for (const [from, to] of [
      ['"runs": [', '"runs": [null,'],
      ['"seeds": [', '"seeds": [1,'],
      ['"repeats": 1', '"repeats": 1e9'],
      ['"folds": 2', '"folds": 1'],
      ['"backend": "reference"', '"backend": "none"'],
      ['"path": "', '"path": "/nowhere'],
      ['"name": "small"', '"name": "../small"'],
      ['"overrides": {', '"overrides": {"train.loss": "3", '],
    ] as const) {
      expect(text).toContain(from);
      writeFileSync(place, text.replace(from, to));
      const played = await cli(["train", "--resume", place]);
      expect([0, 1, 2]).toContain(played.code);
      expect(played.stderr).not.toContain("NW0999");
    }
  });
});

test("a file that states its seeds is trained as a study, and what the command says wins", async () => {
  const { net, runs } = smallProject(SMALL.replace("epochs: 10", "epochs: 1\n  seed: 3\n  seeds: 2"));
  const argv = ["train", net, ...base, "--out", runs];
  const stated = resultOf(await cli(argv));
  expect(stated).toMatchObject({ seeds: [3, 4], planned: 2, status: "completed" });
  expect(timeless(resultOf(await cli([...argv, "--seeds", "2"])))).toEqual(timeless(stated));
  expect(resultOf(await cli([...argv, "--seeds", "1"]))).toMatchObject({ seeds: [3] });
  expect(resultOf(await cli([...argv, "--set", "train.seeds=none"]))).not.toHaveProperty("seeds");
});

test.each([
  [["--keep"], [3, 4], 2],
  [["--folds", "2"], [3, 4], 4],
  [["--folds", "2", "--repeats", "2"], [3, 4], 8],
  [["--keep", "--set", "train.seeds=3"], [3, 4, 5], 3],
  [["--folds", "2", "--seeds", "1"], [3], 2],
  [["--keep", "--set", "train.seeds=none"], [3], 1],
])("the seeds of the file count beside %j", async (more, seeds, planned) => {
  const { net, runs } = smallProject(SMALL.replace("epochs: 10", "epochs: 1\n  seed: 3\n  seeds: 2"));
  const result = resultOf(await cli(["train", net, ...base, "--out", runs, ...more]));
  expect(result).toMatchObject({ seeds, planned, status: "completed" });
  expect(result["runs"]).toHaveLength(planned);
});
