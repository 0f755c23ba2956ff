// What has to be read of what a judge imports: a refusal with a reason is right, and without this a reader that refuses everything
// would be right each time.

import type { ResultRow } from "../results/result.ts";

export interface MustBeRead {
  /** Each has to be there and to be read: in every way where it is written in several, `NAME (dynamo)`. */
  readonly models: readonly string[];
  /** How many tests of a line that counts them have to be equal at least, by how it begins. */
  readonly tests: Readonly<Record<string, number>>;
}

/** What is not, a sentence each. */
export function unread(rows: readonly ResultRow[], { models, tests }: MustBeRead): readonly string[] {
  return [
    ...models.flatMap((name) => {
      const ways = rows.filter(({ model }) => model === name || model.startsWith(`${name} (`));
      if (ways.length === 0) return [`${name}: has to be read, and is not among the files`];
      return ways.flatMap(({ model, difference, refused }) =>
        difference === null ? [`${model}: has to be read: ${refused ?? "nothing was compared"}`] : [],
      );
    }),
    ...Object.entries(tests).flatMap(([title, least]) => {
      const equal = rows.find(({ model }) => model.startsWith(`${title}: `))?.predictions ?? 0;
      return equal >= least ? [] : [`${title}: ${equal} are equal, and ${least} have to be`];
    }),
  ];
}
