// Files that are called pictures, and those among pictures that are none.

import { quote } from "@netwright/definitions";
import { type DataProblem, error } from "../problem/problem.ts";

const CALLED = /\.(?:png|jpe?g)$/i;

/** Whether a file is called one of those pictures that are read. */
export function isCalledPicture(name: string): boolean {
  return CALLED.test(name);
}

export function noPicture(name: string): DataProblem {
  return error("NW0642", `${quote(name)} is no picture: it is empty, or neither PNG nor JPEG.`, {
    notes: ["Save it again, or take it out of the folder."],
    setting: "source",
  });
}

/** Of a file that `pattern` takes for one as `like`: an ending leaves it out where it is not called a picture itself. */
export function noPictureAmong(name: string, pattern: string, like: string): DataProblem {
  const problem = noPicture(name);
  const [ending] = CALLED.exec(like) ?? [];
  const last = pattern.lastIndexOf("/") + 1;
  if (ending === undefined || isCalledPicture(name) || pattern.slice(last) !== "*") return problem;
  const narrower = `${pattern.slice(0, last)}*${ending}`;
  return { ...problem, notes: [`Take it out of the folder, or name an ending, as \`"${narrower}"\`.`] };
}
