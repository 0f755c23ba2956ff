// Python's `safetensors` reads what we write, and we read what it writes. Skipped where Python lacks it;
// NETWRIGHT_PYTHON names an interpreter other than python3.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { readSafetensors, type Tensors, writeSafetensors } from "@netwright/runtime";

const python = process.env["NETWRIGHT_PYTHON"] ?? "python3";
const probe = spawnSync(python, ["-c", "import numpy, safetensors"], { encoding: "utf8" });
const missing = probe.error?.message ?? (probe.status === 0 ? null : probe.stderr.trim().split("\n").at(-1));
if (missing !== null) console.info(`Skipped the check against Python's safetensors: ${python}: ${missing}`);

const SCRIPT = `
import sys, json
from safetensors import safe_open
from safetensors.numpy import save_file
source, target = sys.argv[1:]
with safe_open(source, framework="numpy") as f:
    tensors = {name: f.get_tensor(name) for name in f.keys()}
    metadata = f.metadata()
save_file(tensors, target, metadata=metadata)
print(json.dumps({name: [str(t.dtype), list(t.shape), t.tobytes().hex()] for name, t in tensors.items()}))
`;

(missing === null ? test : test.skip)("files go to Python and back", () => {
  const directory = mkdtempSync(join(tmpdir(), "netwright-safetensors-"));
  try {
    const tensors: Tensors = new Map([
      [
        "dense/kernel",
        { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 1e-40, Number.NEGATIVE_INFINITY, 0.1) },
      ],
      ["random", { shape: [2], data: Uint32Array.of(1, 0xffffffff) }],
      ["step", { shape: [], data: Int32Array.of(-3) }],
    ]);
    const metadata = { "netwright.name": 'é \n "quoted"' };
    const [source, target] = [join(directory, "a.safetensors"), join(directory, "b.safetensors")];
    writeFileSync(source, writeSafetensors({ tensors, metadata }));
    const run = spawnSync(python, ["-c", SCRIPT, source, target], { encoding: "utf8" });
    expect(run.stderr).toBe("");
    expect(JSON.parse(run.stdout)).toEqual({
      "dense/kernel": ["float32", [2, 3], "0000803f000000c000006040c2160100000080ffcdcccc3d"],
      random: ["uint32", [2], "01000000ffffffff"],
      step: ["int32", [], "fdffffff"],
    });
    const back = readSafetensors(readFileSync(target), "b.safetensors");
    expect(back).toEqual({ ok: true, value: { tensors, metadata } });
  } finally {
    rmSync(directory, { recursive: true });
  }
});
