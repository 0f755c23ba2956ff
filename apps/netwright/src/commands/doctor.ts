// `netwright doctor`: each backend in detail: usable or why not, versions, threads, and its speed here.

import { count, grouped } from "@netwright/definitions";
import type { BackendPart, FusedBy } from "@netwright/runtime";
import { Command } from "commander";
import { backendRegistry } from "netwright";
import { type Found, look } from "../backends/look.ts";
import { MEASURED, measureSpeed, type Speed } from "../backends/speed.ts";
import { prose } from "../output/prose.ts";
import { type CommonOptions, withCommon } from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

type DoctorOptions = CommonOptions & { readonly bench?: boolean };

export function doctorCommand(perform: Perform): Command {
  const command = new Command("doctor")
    .description("Looks at each backend: usable or why not, versions, threads, and its speed here")
    .option("--bench", `measures each usable backend for some seconds: ${MEASURED}`);
  return withCommon(command, "doctor --bench").action((options: DoctorOptions) =>
    perform(options, (session) => doctor(session, options)),
  );
}

async function doctor(session: Session, { bench = false }: DoctorOptions): Promise<CommandResult> {
  const machine = machineLine();
  const blocks: string[] = [];
  const rows: Record<string, unknown>[] = [];
  for (const { name } of backendRegistry) {
    const found = await look(name, { command: session.io.command, isMeasured: bench });
    if (bench && found.info !== null) session.say(`Measuring ${name}`);
    const speed = bench && found.info !== null ? await measureSpeed(name) : undefined;
    blocks.push(block(found, speed, session));
    rows.push(record(found, speed));
  }
  const measured = bench ? [`${prose(`Measured: ${MEASURED}.`, session.width)}\n`] : [];
  return done([`${prose(machine, session.width)}\n`, ...blocks, ...measured].join("\n"), {
    machine,
    backends: rows,
  });
}

function block(
  { name, info, reason, parts, fused }: Found,
  speed: Speed | undefined,
  { colours, width }: Session,
): string {
  const state = info === null ? colours.red("not usable") : colours.green("usable");
  const details =
    info === null
      ? // Where it tells of each part, the one that is missing is among them.
        parts.some((part) => "problem" in part && reason.includes(part.remedy))
        ? []
        : reason
      : [
          ...Object.entries(info.versions).map(([what, version]) => `${what} ${version}`),
          `${count(info.threads, "thread")} on ${info.device}${info.simd ? ", SIMD" : ""}`,
          info.deterministic ? "the same bits on every machine" : "results may differ in the last digits",
          ...(fused === undefined ? [] : [FUSED[fused]]),
          ...(info.note === undefined || parts.length > 0 ? [] : [info.note]),
          ...(speed === undefined
            ? []
            : [
                `training ${grouped(speed.training)} rows/s, prediction of one row ${grouped(speed.prediction * 1e6)} us`,
              ]),
        ];
  const lines = [...details, ...parts.map(partLine)];
  return `${colours.bold(name)}: ${state}\n${lines.map((line) => `${prose(`  ${line}`, width)}\n`).join("")}`;
}

/** What `numerics: fused` is computed by. */
const FUSED: Readonly<Record<FusedBy, string>> = {
  engine: "`numerics: fused`: by an instruction of the engine",
  emulated: "`numerics: fused`: in many steps, slowly",
};

function partLine(part: BackendPart): string {
  return "found" in part ? `${part.what}: ${part.found}` : `${part.what}: ${part.problem}. ${part.remedy}`;
}

function record(
  { name, info, reason, parts, fused }: Found,
  speed: Speed | undefined,
): Record<string, unknown> {
  return {
    ...(info ?? {}),
    name,
    usable: info !== null,
    ...(info === null ? { reason: reason.join(" ") } : {}),
    ...(parts.length === 0 ? {} : { parts }),
    ...(fused === undefined ? {} : { fused }),
    ...(speed === undefined ? {} : { speed }),
  };
}

/** What decides whether a native library can work. */
function machineLine(): string {
  return `Node ${process.versions.node} on ${process.platform} ${process.arch}${libc()}`;
}

function libc(): string {
  const report: unknown = process.platform === "linux" ? process.report.getReport() : null;
  if (typeof report !== "object" || report === null || !("header" in report)) return "";
  const { header } = report;
  if (typeof header !== "object" || header === null) return "";
  return "glibcVersionRuntime" in header ? `, glibc ${String(header.glibcVersionRuntime)}` : ", no glibc";
}
