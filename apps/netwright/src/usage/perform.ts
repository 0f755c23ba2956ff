// How a command line turns into work: commander parses, calls the command's action, and the action hands its
// work over to be performed with a session.

import type { CommonOptions } from "./options.ts";
import type { CommandResult } from "./result.ts";
import type { Session } from "./session.ts";

export type Work = (session: Session) => Promise<CommandResult> | CommandResult;

export type Perform = (options: CommonOptions, work: Work) => Promise<void>;
