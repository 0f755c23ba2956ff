// The run that `--from` or `from` names, as the setting of a file that it stands for.

import { dirname, isAbsolute, relative } from "node:path";
import { stringText } from "@netwright/lang";

export const INITIAL_WEIGHTS = "train.initial_weights";

/** Its value: relative to the file, as settings are; `undefined` for a text that is no file. */
export function initialWeightsSetting(from: string, file: string | undefined): string {
  return stringText(isAbsolute(from) || file === undefined ? from : relative(dirname(file), from));
}
