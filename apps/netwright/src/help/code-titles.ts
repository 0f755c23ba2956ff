// The title of every code that the command can show, from all packages that raise any.

import { codeTitles as libraryTitles } from "netwright";
import { cliCodes } from "../usage/codes.ts";
export const codeTitles: Readonly<Record<string, string>> = { ...libraryTitles, ...cliCodes };
