// `netwright setup native`, `netwright setup xla`: installs what a backend needs beyond npm packages, for this user.

import { removeNative, setupNative } from "@netwright/backend-native";
import { removeXla, setupXla } from "@netwright/backend-xla";
import { quote } from "@netwright/definitions";
import { Argument, Command } from "commander";
import { prose } from "../output/prose.ts";
import { pathOf, reasonOf } from "../project/file-errors.ts";
import { cliError } from "../usage/codes.ts";
import { type CommonOptions, withCommon } from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done, failed } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

type SetupOptions = CommonOptions & {
  readonly uninstall?: boolean;
  readonly plugin?: string;
  readonly wheel?: string;
};

const BACKENDS = { native, xla } as const;

export function setupCommand(perform: Perform): Command {
  const command = new Command("setup")
    .description("Installs what the backend native or xla needs into this user's cache folder")
    .addArgument(new Argument("<backend>", "the backend").choices(Object.keys(BACKENDS)))
    .option(
      "--plugin <file>",
      "of xla: the library of a PJRT plugin that is here, in place of the CPU plugin",
    )
    .option("--wheel <file>", "of xla: the wheel of the CPU plugin, fetched by you")
    .option("--uninstall", "removes it again");
  return withCommon(command, "setup native").action((backend: keyof typeof BACKENDS, options: SetupOptions) =>
    perform(options, (session) => setup(session, backend, options)),
  );
}

function setup(
  session: Session,
  backend: keyof typeof BACKENDS,
  options: SetupOptions,
): Promise<CommandResult> | CommandResult {
  const { plugin, wheel } = options;
  if (backend !== "xla" && (plugin ?? wheel) !== undefined) {
    return failed(session, [cliError("NW0901", "`--plugin` and `--wheel` go with `setup xla`")]);
  }
  return unlessUnwritable(session, () => BACKENDS[backend](session, options));
}

/** A cache folder of which nothing can be made is the user's to mend. */
async function unlessUnwritable(
  session: Session,
  install: () => Promise<CommandResult>,
): Promise<CommandResult> {
  try {
    return await install();
  } catch (error) {
    const path = pathOf(error);
    if (path === null) throw error;
    return unready(session, [
      `${quote(path)} cannot be written: ${reasonOf(error, path)}`,
      "The cache folder is `XDG_CACHE_HOME`, where that is an absolute path, or `~/.cache`.",
    ]);
  }
}

async function native(session: Session, { uninstall = false }: SetupOptions): Promise<CommandResult> {
  const { env } = session.io;
  if (uninstall) return removed(session, await removeNative(env));
  const result = await setupNative({ env, say: session.say });
  if (!result.ok) return unready(session, result.problems);
  const { folder, version, wasReady } = result;
  const text = `${wasReady ? "The backend native is ready" : "Done. The backend native is ready"}: TensorFlow ${version} in ${folder}\n`;
  return done(prose(text, session.width), { folder, tensorflow: version, wasReady });
}

async function xla(
  session: Session,
  { uninstall = false, plugin, wheel }: SetupOptions,
): Promise<CommandResult> {
  const { env } = session.io;
  if (uninstall) return removed(session, await removeXla(env));
  const chosen = { ...(plugin !== undefined && { plugin }), ...(wheel !== undefined && { wheel }) };
  const result = await setupXla({ env, say: session.say, ...chosen });
  if (!result.ok) return unready(session, result.problems);
  const { plugin: library, version, device, wasReady } = result;
  const text = `${wasReady ? "The backend xla is ready" : "Done. The backend xla is ready"}: PJRT ${version} on ${device}, ${library}\n`;
  return done(prose(text, session.width), { plugin: library, pjrt: version, device, wasReady });
}

function removed(
  session: Session,
  { folder, existed }: { readonly folder: string; readonly existed: boolean },
): CommandResult {
  const text = existed ? `Removed ${folder}\n` : `There is nothing in ${folder}\n`;
  return done(prose(text, session.width), { folder, removed: existed });
}

function unready(session: Session, [first = "the setup failed", ...notes]: readonly string[]): CommandResult {
  return failed(session, [cliError("NW0903", first, ...notes)]);
}
