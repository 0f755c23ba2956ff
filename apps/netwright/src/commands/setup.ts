// `netwright setup native`: installs what a backend needs beyond npm packages, for this user.

import { removeNative, setupNative } from "@netwright/backend-native";
import { Argument, Command } from "commander";
import { prose } from "../output/prose.ts";
import { cliError } from "../usage/codes.ts";
import { type CommonOptions, withCommon } from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done, failed } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

type SetupOptions = CommonOptions & { readonly uninstall?: boolean };

export function setupCommand(perform: Perform): Command {
  const command = new Command("setup")
    .description("Installs TensorFlow's library for the backend native into this user's cache folder")
    .addArgument(new Argument("<backend>", "the backend").choices(["native"]))
    .option("--uninstall", "removes it again");
  return withCommon(command, "setup native").action((_: string, options: SetupOptions) =>
    perform(options, (session) => setup(session, options)),
  );
}

async function setup(session: Session, { uninstall = false }: SetupOptions): Promise<CommandResult> {
  const { env } = session.io;
  if (uninstall) {
    const { folder, existed } = await removeNative(env);
    const text = existed ? `Removed ${folder}\n` : `There is nothing in ${folder}\n`;
    return done(prose(text, session.width), { folder, removed: existed });
  }
  const result = await setupNative({ env, say: session.say });
  if (!result.ok) {
    const [first = "the setup failed", ...notes] = result.problems;
    return failed(session, [cliError("NW0903", first, ...notes)]);
  }
  const { folder, version, wasReady } = result;
  const text = `${wasReady ? "The backend native is ready" : "Done. The backend native is ready"}: TensorFlow ${version} in ${folder}\n`;
  return done(prose(text, session.width), { folder, tensorflow: version, wasReady });
}
