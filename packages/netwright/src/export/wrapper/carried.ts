// What a wrapper has of the packages themselves, so that it reads and encodes as they do: the statements of their sources
// that it calls, and those that these refer to.

import { at } from "@netwright/definitions";
import { called, statements } from "./carried-source.ts";

export type Called = keyof typeof called;

/** JavaScript that defines constants of these names, and no others. */
export function carriedSource(names: readonly Called[]): string {
  const found = new Set<number>();
  const reach = (place: number) => {
    if (found.has(place)) return;
    found.add(place);
    for (const next of at(statements, place).needs) reach(next);
  };
  const own = [...new Set(names)].sort();
  for (const name of own) reach(called[name][0]);
  const texts = [...found].sort((a, b) => a - b).map((place) => at(statements, place).text);
  const given = own.map((name) => {
    const [, inside] = called[name];
    return inside === name ? name : `${name}: ${inside}`;
  });
  return `
/** As the packages of Netwright have it. */
const { ${own.join(", ")} } = (() => {
${texts.join("\n")}
return { ${given.join(", ")} };
})();
`;
}
