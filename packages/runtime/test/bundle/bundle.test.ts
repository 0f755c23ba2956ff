// A run to files and back, and what is said about files that are missing, damaged or too new.

import { describe, expect, test } from "@jest/globals";
import {
  bundleToFiles,
  filesToBundle,
  type RunFiles,
  readModelFile,
  readSafetensors,
  resumeProblem,
  runFileNames,
  writeSafetensors,
} from "@netwright/runtime";
import { smallBundle } from "../fixtures/small-bundle.ts";

function problemsOf(files: RunFiles): string[] {
  const result = filesToBundle(files);
  if (result.ok) throw new Error("the files were accepted");
  return result.problems.map(({ code, message }) => `${code} ${message}`);
}

function withText(files: RunFiles, name: string, change: (text: string) => string): RunFiles {
  const text = change(new TextDecoder().decode(files.get(name)));
  return new Map(files).set(name, new TextEncoder().encode(text));
}

function withMetadata(files: RunFiles, name: string, changes: Record<string, string | undefined>): RunFiles {
  const read = readSafetensors(files.get(name) ?? new Uint8Array(), name);
  if (!read.ok) throw new Error(name);
  const metadata: Record<string, string> = {};
  for (const [key, text] of Object.entries({ ...read.value.metadata, ...changes })) {
    if (text !== undefined) metadata[key] = text;
  }
  return new Map(files).set(name, writeSafetensors({ tensors: read.value.tensors, metadata }));
}

async function completed(): Promise<RunFiles> {
  const { bundle, variables } = await smallBundle();
  return bundleToFiles(bundle, variables);
}

test("the number of devices is kept, and refused where no machine has so many", async () => {
  const { bundle, variables } = await smallBundle();
  const having = (devices: number) => {
    const record = { ...bundle.record, backend: { ...bundle.record.backend, devices } };
    return bundleToFiles({ ...bundle, record }, variables);
  };
  const read = filesToBundle(having(4));
  expect(read.ok ? read.value.record.backend.devices : read.problems).toBe(4);
  expect(problemsOf(having(1e9)).join()).toContain("a number of devices from 2 to 64");
});

describe("a run", () => {
  test("comes back from its files as it was", async () => {
    const { bundle, variables } = await smallBundle();
    const files = bundleToFiles(bundle, variables);
    expect([...files.keys()]).toEqual(["model.safetensors", "record.json", "history.jsonl"]);
    expect(filesToBundle(files)).toEqual({ ok: true, value: bundle });
  });

  test("comes back with its checkpoint when it was interrupted", async () => {
    const { bundle, variables } = await smallBundle(3);
    expect(bundle.record.status).toBe("interrupted");
    const files = bundleToFiles(bundle, variables);
    expect([...files.keys()]).toContain("checkpoint.safetensors");
    expect(filesToBundle(files)).toEqual({ ok: true, value: bundle });
    if (bundle.checkpoint === null) throw new Error("no checkpoint");
    expect(resumeProblem(bundle.checkpoint, "00")).toBeNull();
    expect(resumeProblem(bundle.checkpoint, "01")).toMatchObject({ code: "NW0804" });
  });

  test("gives the same bytes again", async () => {
    const { bundle, variables } = await smallBundle(3);
    expect(bundleToFiles(bundle, variables)).toEqual(bundleToFiles(bundle, variables));
  });

  test("has a history of one JSON line an epoch, and a readable record", async () => {
    const files = await completed();
    const lines = new TextDecoder().decode(files.get("history.jsonl")).split("\n");
    expect(lines).toHaveLength(4);
    expect(lines.pop()).toBe("");
    expect(lines.map((line) => Object.keys(JSON.parse(line)))).toEqual(
      Array.from({ length: 3 }, () => ["epoch", "loss", "validation_loss", "seconds"]),
    );
    expect(new TextDecoder().decode(files.get("record.json"))).toMatch(
      /^\{\n {2}"format": 2,\n {2}"name": "small",\n/,
    );
  });

  test("a metric that is not a number is written as none", async () => {
    const { bundle, variables } = await smallBundle();
    const metrics = { mae: Number.NaN, rmse: Number.POSITIVE_INFINITY, r2: 0, mape: null, max_error: 1 };
    const record = {
      ...bundle.record,
      splits: { ...bundle.record.splits, test: { rows: 2, loss: Number.NaN, metrics } },
    };
    const read = filesToBundle(bundleToFiles({ ...bundle, record }, variables));
    expect(read).toMatchObject({
      ok: true,
      value: {
        record: { splits: { test: { rows: 2, loss: null, metrics: { mae: null, rmse: null, r2: 0 } } } },
      },
    });
  });

  test("accepts fields that a later release may add", async () => {
    const { bundle, variables } = await smallBundle();
    const record = { ...bundle.record, added: { x: 1 } };
    expect(filesToBundle(bundleToFiles({ ...bundle, record }, variables))).toEqual({
      ok: true,
      value: bundle,
    });
  });
});

describe("files that cannot be read", () => {
  test.each([runFileNames.model, runFileNames.record, runFileNames.history])("%s missing", async (name) => {
    const files = new Map(await completed());
    files.delete(name);
    expect(problemsOf(files)).toEqual([`NW0821 The run has no \`${name}\`.`]);
  });

  test("all of them, each named", () => {
    expect(problemsOf(new Map())).toHaveLength(3);
  });

  test("a newer format, in the record and in the model alone", async () => {
    const files = await completed();
    const newer = "has format 3; this release reads up to format 2.";
    expect(
      problemsOf(withText(files, "record.json", (text) => text.replace('"format": 2', '"format": 3'))),
    ).toEqual([`NW0827 \`record.json\` ${newer}`]);
    const model = withMetadata(files, "model.safetensors", { "netwright.format": "3" });
    expect(problemsOf(model)).toEqual([`NW0827 \`model.safetensors\` ${newer}`]);
  });

  test.each(["0", "-1", "1.5", "x"])("a format %s that does not exist", async (format) => {
    const files = withMetadata(await completed(), "model.safetensors", { "netwright.format": format });
    expect(problemsOf(files)[0]).toContain("NW0826");
  });

  test.each<{ name: string; change: (text: string) => string; message: string }>([
    { name: "cut short", change: (text) => text.slice(0, 100), message: "it is not valid JSON" },
    { name: "a list", change: () => "[]", message: "it is not an object" },
    {
      name: "a wrong status",
      change: (t) => t.replace('"completed"', '"done"'),
      message: "`status` is not one of completed",
    },
    { name: "no hash", change: (t) => t.replace('"hash"', '"hush"'), message: "`hash` is not an object" },
    {
      name: "a text for a number",
      change: (t) => t.replace('"seed": 3', '"seed": "3"'),
      message: "`seed` is not a whole number",
    },
    {
      name: "deep inside",
      change: (t) => t.replace(/"mae": [^,]+/, '"mae": false'),
      message: "`splits.train.metrics.mae` is not a number",
    },
  ])("record.json: $name", async ({ change, message }) => {
    const problems = problemsOf(withText(await completed(), "record.json", change));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain("NW0826 `record.json` cannot be read");
    expect(problems[0]).toContain(message);
  });

  test("a line of the history, by its number", async () => {
    const files = withText(await completed(), "history.jsonl", (text) =>
      text.replace('"epoch":2', '"epoch":"two"'),
    );
    expect(problemsOf(files)).toEqual([
      "NW0826 Line 2 of `history.jsonl` cannot be read: `epoch` is not a whole number.",
    ]);
  });

  test("a file that is not text", async () => {
    const files = new Map(await completed()).set("history.jsonl", Uint8Array.of(0xff, 0xfe));
    expect(problemsOf(files)).toEqual(["NW0826 `history.jsonl` cannot be read: it is not text in UTF-8."]);
  });

  test("weights of another run", async () => {
    const { bundle, variables } = await smallBundle();
    const weights = new Map(bundle.model.weights).set("second/kernel", {
      shape: [3, 1],
      data: new Float32Array(3),
    });
    const files = bundleToFiles({ ...bundle, model: { ...bundle.model, weights } }, variables);
    expect(problemsOf(files)[0]).toContain("NW0828 The weights in `model.safetensors` are not those");
  });

  test("several damaged files at once", async () => {
    const model = (await completed()).get("model.safetensors") ?? new Uint8Array();
    const files = withText(await completed(), "history.jsonl", () => "{}\n");
    const damaged = new Map(files).set("model.safetensors", model.slice(0, -4));
    expect(problemsOf(damaged).map((text) => text.slice(0, 6))).toEqual(["NW0822", "NW0826"]);
  });

  test("a damaged checkpoint", async () => {
    const { bundle, variables } = await smallBundle(3);
    const files = bundleToFiles(bundle, variables);
    const name = "checkpoint.safetensors";
    expect(problemsOf(withMetadata(files, name, { "netwright.checkpoint": '{"format":1}' }))[0]).toContain(
      "`netwright.checkpoint` in `checkpoint.safetensors` cannot be read",
    );
    expect(problemsOf(withMetadata(files, name, { "netwright.checkpoint": undefined }))[0]).toContain(
      "it holds tensors and is not a checkpoint",
    );
  });
});

describe("the model's file alone", () => {
  test("is enough to get the model", async () => {
    const { bundle, variables } = await smallBundle();
    const bytes = bundleToFiles(bundle, variables).get("model.safetensors") ?? new Uint8Array();
    expect(readModelFile(bytes, "m")).toEqual({ ok: true, value: bundle.model });
  });

  test("tensors of another program are not a model", () => {
    const bytes = writeSafetensors({ tensors: new Map(), metadata: { format: "pt" } });
    expect(readModelFile(bytes, "bert.safetensors")).toMatchObject({
      ok: false,
      problems: [
        {
          code: "NW0826",
          message: expect.stringContaining("it holds tensors and is not a model of Netwright"),
        },
      ],
    });
  });

  test("parts that are damaged are all named, the encoders with the data package's code", async () => {
    const files = withMetadata(await completed(), "model.safetensors", {
      "netwright.sources": '[{"path":"a.net"}]',
      "netwright.resolved": '{"width":[]}',
      "netwright.encoders": "{}",
      "netwright.ir_hash": undefined,
    });
    const result = readModelFile(files.get("model.safetensors") ?? new Uint8Array(), "m");
    if (result.ok) throw new Error("the model was accepted");
    expect(result.problems.map(({ code }) => code)).toEqual(["NW0826", "NW0826", "NW0660", "NW0826"]);
    expect(result.problems[0]?.message).toContain("`[0].text` is not a text");
    expect(result.problems[1]?.message).toContain("`width` is not a number");
  });

  test("a model without a data section has no encoders", async () => {
    const { bundle, variables } = await smallBundle();
    const files = bundleToFiles({ ...bundle, model: { ...bundle.model, encoders: null } }, variables);
    expect(filesToBundle(files)).toMatchObject({ ok: true, value: { model: { encoders: null } } });
  });
});

test("a checkpoint that is larger than what is read is left out, and the weights are read", async () => {
  const { bundle, variables } = await smallBundle(3);
  if (bundle.checkpoint === null) throw new Error("there is no checkpoint");
  const { run, checkpoint } = bundle.checkpoint;
  // No memory is taken before it is written to.
  const state = new Map([["w", new Float32Array(2 ** 29)]]);
  for (const large of [
    { ...checkpoint, state },
    { ...checkpoint, best: { epoch: 1, loss: 1, weights: state } },
  ]) {
    const files = bundleToFiles({ ...bundle, checkpoint: { run, checkpoint: large } }, variables);
    expect(files.has("checkpoint.safetensors")).toBe(false);
    expect(filesToBundle(files)).toEqual({ ok: true, value: { ...bundle, checkpoint: null } });
  }
});
