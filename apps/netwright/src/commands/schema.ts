// `netwright schema`: the JSON Schema of resolved models, or of the definitions alone, for tools in other languages.

import { Argument, Command } from "commander";
import { type SchemaName, schemaNames, schemaOf } from "netwright";
import { type CommonOptions, withCommon } from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { doneWithData } from "../usage/result.ts";

export function schemaCommand(perform: Perform): Command {
  const what = new Argument(
    "[what]",
    "`model`: a resolved model, as `explain --resolved --format json` gives it; `definitions`: layers, losses ... alone",
  );
  const command = new Command("schema")
    .description("Prints a JSON Schema (draft 2020-12)")
    .addArgument(what.choices(schemaNames).default("model"));
  return withCommon(command, "schema model").action((name: SchemaName, options: CommonOptions) =>
    perform(options, () => {
      const schema = schemaOf(name);
      return doneWithData(`${JSON.stringify(schema, null, 2)}\n`, { schema });
    }),
  );
}
