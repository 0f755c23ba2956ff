// `.net` texts near to what people write, and far from it.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Random } from "../random.ts";
import { damaged } from "./pieces.ts";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));

/** The tests' own texts and the examples, by name without folders, so that `use` finds them. */
export function netTexts(): ReadonlyMap<string, string> {
  const folders = [
    "packages/lang/test/specs",
    "packages/lang/test/v1",
    "packages/lang/test/format",
    "examples",
  ];
  const files = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".net"))
      .sort()
      .map((name) => join(ROOT, folder, name)),
  );
  return new Map(files.map((file) => [file.slice(file.search(/[^\\/]*$/)), readFileSync(file, "utf8")]));
}

const CHARACTERS = [
  ..."{}()[],:=-><.+*/\"#%&\\' \t\n\r0e_a",
  "\u2028",
  "\u00a0",
  "\ufeff",
  "\ud800",
  "\u0000",
  "é",
  "\u{1f600}",
];
const WORDS = [
  ..."netwright param use data block model train expect in repeat if else residual parallel shared none true all".split(
    " ",
  ),
  ..."{ } ( ) [ ] , : = -> .. . + - * / < >= == # // ; 70% 1 -1 1e-4 1e999 .5 12ab 9007199254740993 dense relu features".split(
    " ",
  ),
  '"s"',
  '"open',
  "'s'",
  "\n",
];

/** A text of `all` with some changes, or two of them joined. */
export function changedNet(all: ReadonlyMap<string, string>, random: Random): string {
  const texts = [...all.values()];
  const text = () => texts[random.below(texts.length)] ?? "";
  const one = (from: readonly string[]) => from[random.below(from.length)] ?? "";
  switch (random.below(5)) {
    case 0:
      return damaged([...text()], random, {
        most: random.pick([1, 1, 2, 5]),
        longest: 12,
        put: () => one(CHARACTERS),
      }).join("");
    case 1:
    case 2: {
      const words = text().match(/[ \t]+|\r\n|[\r\n]|#[^\r\n]*|"[^"\r\n]*"|->|\.\.|[\w.%]+|./gs) ?? [];
      return damaged(words, random, {
        most: random.pick([1, 1, 2, 5]),
        longest: 6,
        put: () => ` ${one(WORDS)} `,
      }).join("");
    }
    case 3:
      return damaged(text().split(/(?<=\n)/), random, {
        most: 4,
        longest: 3,
        put: () => `${one(WORDS)}\n`,
      }).join("");
    default: {
      const [first, second] = [text(), text()];
      return first.slice(0, random.below(first.length + 1)) + second.slice(random.below(second.length + 1));
    }
  }
}
