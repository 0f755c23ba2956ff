// `netwright backends`: what can compute here, and why something cannot.

import type { BackendInfo } from "@netwright/runtime";
import { Command } from "commander";
import { backendRegistry, DEFAULT_BACKEND } from "netwright";
import { type Found, look } from "../backends/look.ts";
import { prose } from "../output/prose.ts";
import { renderTable } from "../output/table.ts";
import { type CommonOptions, withCommon } from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

export function backendsCommand(perform: Perform): Command {
  const command = new Command("backends").description(
    "Lists what can compute here, and why something cannot",
  );
  return withCommon(command, "backends").action((options: CommonOptions) => perform(options, backends));
}

async function backends(session: Session): Promise<CommandResult> {
  const found: Found[] = [];
  for (const { name } of backendRegistry)
    found.push(await look(name, { command: session.io.command, isMeasured: false }));
  const { colours } = session;
  const table = renderTable(
    [
      { title: "backend" },
      { title: "usable" },
      { title: "threads", align: "right" },
      { title: "simd" },
      { title: "deterministic" },
      { title: "version" },
    ],
    found.map(({ name, info }) =>
      info === null
        ? [name, "no", "", "", "", ""]
        : [name, "yes", String(info.threads), yesNo(info.simd), yesNo(info.deterministic), versionsOf(info)],
    ),
    session,
  );
  const reasons = found.flatMap(({ name, reason }) =>
    reason.length === 0 ? [] : [`${colours.bold(name)}: ${reason.join(" ")}`],
  );
  const remarks = found.flatMap(({ name, info }) =>
    info?.note === undefined ? [] : [`${colours.bold(name)}: ${info.note}.`],
  );
  const notes = [...reasons, ...remarks, `\`--backend auto\` takes ${DEFAULT_BACKEND}.`];
  const json = {
    auto: DEFAULT_BACKEND,
    backends: found.map(({ name, info, reason }) => ({
      ...(info ?? {}),
      name,
      usable: info !== null,
      ...(info === null ? { reason: reason.join(" ") } : {}),
    })),
  };
  return done(`${table}\n${prose(notes.join("\n"), session.width)}\n`, json);
}

function versionsOf({ versions }: BackendInfo): string {
  const [first] = Object.entries(versions);
  return first === undefined ? "" : `${first[0]} ${first[1]}`;
}

function yesNo(value: boolean): string {
  return value ? "yes" : "no";
}
