// The title of every code that the packages raise, in one table. The command adds those of its own.

import { dataCodes } from "@netwright/data";
import { codes } from "@netwright/lang";
import { runtimeCodes } from "@netwright/runtime";
import { projectCodes } from "../project/codes.ts";

export const codeTitles: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(codes).map(([code, { title }]) => [code, title])),
  ...dataCodes,
  ...runtimeCodes,
  ...projectCodes,
};
