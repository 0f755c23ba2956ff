// How much of a microcontroller the exported C of 8-32-32-1 takes: code and constants by themselves, and with the library linked.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formats } from "@netwright/formats";
import { programHere } from "../debian.ts";
import { judgedModels } from "../formats/models.ts";
import { ARM_GCC, M0, M4 } from "./arm.ts";
import { STRICT } from "./hosts.ts";

const SMALL = "concrete 2 x 32";
/** Bytes of code and constants, without what the compiler's library has. */
const MOST = 8192;

export async function judgedSizes(): Promise<{ readonly right: number; readonly wrong: readonly string[] }> {
  if ("reason" in programHere(ARM_GCC)) return { right: 0, wrong: [] };
  const folder = mkdtempSync(join(tmpdir(), "netwright-sizes-"));
  const wrong: string[] = [];
  let right = 0;
  try {
    const write = await formats.c.load();
    for await (const { model } of judgedModels({ names: [SMALL] })) {
      const written = write(model, {});
      if ("refused" in written) throw new Error("a dense network is exported");
      const text = new TextDecoder().decode(written.files[0]?.content);
      const name = /typedef struct (\w+)_row/.exec(text)?.[1] ?? "";
      writeFileSync(join(folder, "model.h"), text);
      writeFileSync(
        join(folder, "model.c"),
        `#include "model.h"\nint predict(const ${name}_row *row, ${name}_prediction *out) { return ${name}_predict(row, out); }\n`,
      );
      for (const [core, flags] of [
        ["Cortex-M0", M0],
        ["Cortex-M4", M4],
      ] as const) {
        const size = sizeOf(folder, flags);
        console.error(`  ${SMALL}, ${core}, -Os: ${size} bytes of code and constants`);
        if (typeof size === "number" && size < MOST) right++;
        else wrong.push(`${SMALL}, ${core}: ${size} bytes of code and constants`);
      }
    }
    return { right, wrong };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Text and data of the object, or what the compiler says. */
function sizeOf(folder: string, flags: readonly string[]): number | string {
  const words = [...STRICT, "-Os", "-mthumb", ...flags, "-c", "model.c", "-o", "model.o"];
  const built = spawnSync("arm-none-eabi-gcc", words, { cwd: folder, encoding: "utf8" });
  if (built.status !== 0) return built.stderr.slice(0, 600);
  const told = spawnSync("arm-none-eabi-size", ["model.o"], { cwd: folder, encoding: "utf8" }).stdout;
  const [text, data] = (told.split("\n")[1] ?? "").trim().split(/\s+/).map(Number);
  return (text ?? Number.NaN) + (data ?? Number.NaN);
}
