// What keeps a source of rows, such as a database, from giving any.

import { quote } from "@netwright/definitions";
import { type DataProblem, error } from "../problem/problem.ts";

const FILES =
  "Or write the rows to a file, as `copy (select ...) to 'rows.parquet'` of DuckDB does, and name that.";

export function notInstalled(source: string, packageName: string): DataProblem {
  return error("NW0675", `\`${source}\` needs the package \`${packageName}\`, which is not installed.`, {
    notes: [
      `Add it where Netwright is installed: \`npm install ${packageName}\` in that project, \`npm install -g ${packageName}\` if it is installed for all projects. None is taken from elsewhere, as a table asks for it.`,
      FILES,
    ],
    setting: "source",
  });
}

export function notLoaded(source: string, packageName: string, why: string): DataProblem {
  const message = `\`${source}\` needs the package \`${packageName}\`, which is installed and could not be loaded: ${why}`;
  return error("NW0675", message, {
    notes: [`Install it again: \`npm install ${packageName}\``, FILES],
    setting: "source",
  });
}

export function notAskedHere(source: string): DataProblem {
  return error("NW0675", `\`${source}\` asks a database, which is done in Node alone, where files are.`, {
    notes: ["Here, hand in the rows as `data`.", FILES],
    setting: "source",
  });
}

export function refusedQuery(file: string, why: string, advice: readonly string[]): DataProblem {
  return error("NW0676", `The query of ${quote(file)} is refused: ${why}`, {
    notes: [...advice],
    setting: "source.query",
  });
}

/** `what` goes on from the query: "has 2 statements". */
export function notOneQuery(file: string, what: string): DataProblem {
  return error("NW0677", `The query of ${quote(file)} ${what}, and one \`select\` is expected.`, {
    notes: ["What has to be done before, is done with DuckDB itself; a query may begin with `with`."],
    setting: "source.query",
  });
}
