// `netwright ir FILE`: the program that the network becomes, in its text form.

import { lower } from "@netwright/compiler";
import { hasError } from "@netwright/definitions";
import { print } from "@netwright/ir";
import { hashText } from "@netwright/runtime";
import { Command } from "commander";
import { readProject } from "../project/read-project.ts";
import {
  type CommonOptions,
  type OverrideOptions,
  overridesOf,
  withCommon,
  withSet,
} from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, doneWithData, failed } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

type IrOptions = CommonOptions & OverrideOptions;

export function irCommand(perform: Perform): Command {
  const command = new Command("ir")
    .description("Prints the program that the network becomes: a training step and a prediction for one row")
    .argument("<file>", "a .net file");
  return withCommon(withSet(command), "ir model.net --set depth=1").action(
    (file: string, options: IrOptions) => perform(options, (session) => ir(session, file, options)),
  );
}

async function ir(session: Session, file: string, options: IrOptions): Promise<CommandResult> {
  const read = await readProject(file, overridesOf(options), options.allow);
  if (!read.ok) return failed(session, read.diagnostics);
  const { model, diagnostics, sources } = read.project;
  if (model === undefined || hasError(diagnostics)) {
    return failed(session, diagnostics, sources);
  }
  session.report(diagnostics, sources);
  const step = model.train === null ? [] : [model.train.batch];
  const text = print(lower(model, { step, stepsPerEpoch: 1, predict: [1] }));
  return doneWithData(text, { ir: text, hash: hashText(text) });
}
