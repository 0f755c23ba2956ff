// A run as format 1 had it: without hashes, so that a test may change what it says.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Outcome, readSafetensors, writeSafetensors } from "@netwright/runtime";

type Json = Record<string, never>;

/** Each function is given what is there and gives what takes its place. */
export interface Changes {
  readonly record?: (record: Json) => object;
  readonly metadata?: (metadata: Readonly<Record<string, string>>) => Record<string, string>;
  readonly checkpoint?: (header: Json) => object;
}

export function toFormat1(run: string, { record, metadata, checkpoint }: Changes = {}): void {
  const file = join(run, "record.json");
  const { seal: _, files: __, ...old } = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...(record?.(old) ?? old), format: 1 }));
  rewrite(join(run, "model.safetensors"), (all) => {
    const { "netwright.seal": _, ...rest } = metadata?.(all) ?? all;
    return { ...rest, "netwright.format": "1" };
  });
  rewrite(join(run, "checkpoint.safetensors"), ({ "netwright.seal": _, ...rest }) => {
    const header = JSON.parse(rest["netwright.checkpoint"] ?? "");
    const old = { ...(checkpoint?.(header) ?? header), format: 1 };
    return { ...rest, "netwright.checkpoint": JSON.stringify(old) };
  });
}

function rewrite(file: string, change: NonNullable<Changes["metadata"]>): void {
  if (!existsSync(file)) return;
  const { tensors, metadata } = contentOf(readSafetensors(readFileSync(file), file));
  writeFileSync(file, writeSafetensors({ tensors, metadata: change(metadata) }));
}

function contentOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}
