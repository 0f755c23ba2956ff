import { expect, jest, test } from "@jest/globals";
import { cli, lastLine } from "../support/cli.ts";
import { SMALL, type SmallProject, smallProject } from "../support/project.ts";

// So that the table is the same where the library is installed and where it is not.
const absent = () => {
  throw Object.assign(new Error("Cannot find package 'ydf-training'"), { code: "ERR_MODULE_NOT_FOUND" });
};
try {
  jest.unstable_mockModule("ydf-training", absent);
} catch {
  // What is not installed is absent by itself, and cannot be played.
}

const baseline = ({ net, runs }: SmallProject, ...more: string[]) =>
  cli(["baseline", net, "--runs", runs, ...more]);

async function trained(project: SmallProject) {
  const argv = ["train", project.net, "--backend", "reference", "--epochs", "3", "--quiet"];
  const { stdout } = await cli([...argv, "--out", project.runs]);
  return stdout.trim();
}

test("shows a table for each split, how each model was fitted, and what is best", async () => {
  const played = await baseline(smallProject(SMALL));
  expect(played.code).toBe(0);
  expect(played.stderr).toContain("Fitting baselines of ");
  for (const split of ["validation", "test"]) {
    const line = (title: string) => new RegExp(`^${split} [^]*?^${title}( +-?[\\d.e-]+){5}$`, "m");
    expect(played.stdout).toMatch(new RegExp(`^${split} +MAE \\(m\\) +RMSE \\(m\\) +R2 `, "m"));
    for (const title of ["constant", "linear model", "nearest neighbours"])
      expect(played.stdout).toMatch(line(title));
  }
  expect(played.stdout).toMatch(/^rows: \d+ training, \d+ validation, \d+ test$/m);
  expect(played.stdout).toMatch(
    /^linear model: ridge regression, penalty [\d.]+, chosen on the validation rows$/m,
  );
  expect(played.stdout).toMatch(
    /^boosted trees: left out: they need the package `ydf-training` where Netwright is installed: `npm install /m,
  );
  expect(played.stdout).toMatch(
    /^network: no run of the file as it is now in `.*`: `netwright train .*` makes one$/m,
  );
  expect(played.stdout).toMatch(/^On the test rows .* best, .*: that is what a network has to beat\./m);
});

test("a run stands beside the baselines, found or named", async () => {
  const project = smallProject(SMALL);
  const run = await trained(project);
  // Trained with other epochs than the file has, it is the same network and training.
  const found = await baseline(project, "--quiet");
  expect(found).toMatchObject({ code: 0, stderr: "" });
  expect(found.stdout).toMatch(/^On the test rows .* beats? the network: RMSE [\d.]+ against [\d.]+\./);
  const named = await baseline(project, "--run", run, "--format", "json");
  expect(lastLine(named)).toMatchObject({
    file: project.net,
    metric: "rmse",
    rows: { train: expect.any(Number), validation: expect.any(Number), test: expect.any(Number) },
    models: [
      { name: "constant", settings: {}, test: { mae: expect.any(Number) } },
      { name: "linear", settings: { penalty: expect.any(Number) } },
      { name: "neighbours", settings: { k: expect.any(Number) } },
      { name: "network", how: run },
    ],
    left_out: [{ name: "trees", why: expect.stringContaining("npm install ydf-training") }],
    best: expect.any(String),
    verdict: expect.stringMatching(/^On the test rows/),
    diagnostics: [],
  });
});

test("fits a narrow terminal", async () => {
  const { net, runs } = smallProject(SMALL);
  const played = await cli(["baseline", net, "--runs", runs], { columns: 40 });
  expect(played.code).toBe(0);
  expect(Math.max(...played.stdout.split("\n").map((line) => line.length))).toBeLessThan(120);
});

test("refuses what it cannot compare", async () => {
  const project = smallProject(SMALL);
  const run = await trained(project);
  const other = await baseline(project, "--run", run, "--set", "data.split.seed=9");
  expect(other).toMatchObject({ code: 1, stdout: "" });
  expect(other.stderr).toContain("error NW0848  the run ");
  const none = await baseline(project, "--set", "data.split={ train: 100%, validation: 0%, test: 0% }");
  expect(none).toMatchObject({ code: 1, stdout: "" });
  expect(none.stderr).toContain("error NW0848  the split gives all rows to training");
  const table = await cli(["baseline", project.csv]);
  expect(table).toMatchObject({ code: 2, stdout: "" });
  expect(table.stderr).toContain("NW0628");
  expect((await cli(["baseline"])).code).toBe(2);
});
