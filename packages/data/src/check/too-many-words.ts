// A column whose words would fill the heap: told before that, as nothing catches it.

import { grouped } from "@netwright/definitions";
import { type DataProblem, error, type ProblemDetails } from "../problem/problem.ts";
import type { TooManyWords } from "../scan/heap-room.ts";

/** `what` is the column, as a sentence begins. */
export function tooManyWords(
  what: string,
  { words, needed, room }: TooManyWords,
  details: Omit<ProblemDetails, "notes">,
): DataProblem {
  const megabytes = (bytes: number) => `${grouped(bytes / 1e6)} MB`;
  return error(
    "NW0629",
    `${what} has ${grouped(words)} different words, which take about ${megabytes(needed)}, and there is room for ${megabytes(room)}.`,
    {
      notes: [
        "So many are names or texts, not categories: leave the column out.",
        "Node takes more memory with the environment variable `NODE_OPTIONS=--max-old-space-size=8192`, in MiB.",
      ],
      ...details,
    },
  );
}
