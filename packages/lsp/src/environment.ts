// What the server is given from outside: the words of the language, files, time. So it runs wherever a
// connection does, and knows no layer and no file system.

import type { Catalog } from "@netwright/definitions";
import type { DataSettings, Diagnostic, Host } from "@netwright/lang";
import type { CountParameters } from "@netwright/lang/service";

export interface Environment {
  readonly catalog: Catalog;
  /** How the language names the file behind a URI; other files are found relative to it. */
  readonly fileOf: (uri: string) => string;
  readonly uriOf: (file: string) => string;
  /**
   * Other files are opened from the folder of the file that names them and from `folders`, which are those of the workspace.
   * `openText` gives the text of a file that is open in the editor, which counts before that on disk.
   */
  readonly hostOf: (openText: (file: string) => string | undefined, folders: () => readonly string[]) => Host;
  /** What is wrong with the data itself, such as a file that is missing; asked when the `data` section is sound. */
  readonly dataProblems?: (
    data: DataSettings,
    file: string,
    folders: () => readonly string[],
  ) => readonly Diagnostic[];
  /** How many numbers the weights of a layer are, for hover. */
  readonly countParameters?: CountParameters;
  /** Runs something later, in milliseconds; the result takes that back. */
  readonly after: (milliseconds: number, run: () => void) => () => void;
  /** Milliseconds since some moment. */
  readonly now: () => number;
  /** Of Netwright. */
  readonly version: string;
}
