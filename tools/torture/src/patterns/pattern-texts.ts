// A text that makes a pattern work: what one of its repeated parts takes, many times, between what stands before it and
// something that does not fit. A pattern that can take such a text in several ways tries them all.

import { type AST, RegExpParser } from "@eslint-community/regexpp";
import type { Random } from "../random.ts";

export interface Pump {
  readonly before: string;
  readonly part: string;
  readonly behind: string;
}

/** One for each repeated part of the pattern; none for a pattern that repeats nothing. */
export function pumpsOf({ source, flags }: RegExp, random: Random): readonly Pump[] {
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, { unicode: flags.includes("u") });
  const write = writer(random);
  const found: Pump[] = [];
  const visit = (node: AST.Element | AST.Alternative | AST.Pattern, before: string): void => {
    if ("alternatives" in node) for (const each of node.alternatives) visit(each, before);
    else if (node.type === "Alternative") {
      let so = before;
      for (const element of node.elements) {
        visit(element, so);
        so += write(element);
      }
    } else if (node.type === "Quantifier") {
      if (node.max > 1) found.push({ before, part: write(node.element), behind: random.pick(MISFITS) });
      visit(node.element, before);
    }
  };
  visit(pattern, "");
  return found;
}

const MISFITS = ["", "\u0000", "!", "x", "\n", " ", "\n\u0000"] as const;
const LETTERS = [
  "a",
  "x",
  "0",
  "9",
  "_",
  " ",
  "\t",
  "\n",
  ".",
  ",",
  "-",
  '"',
  "'",
  "<",
  ">",
  "=",
  "é",
  "\u00a0",
] as const;

function writer(random: Random): (node: AST.Element | AST.Alternative) => string {
  const fitting = (node: { readonly raw: string }): string => {
    const test = new RegExp(`^${node.raw}$`, "su");
    const fits = LETTERS.filter((letter) => test.test(letter));
    return fits[random.below(fits.length)] ?? "";
  };
  const write = (node: AST.Element | AST.Alternative): string => {
    switch (node.type) {
      case "Alternative":
        return node.elements.map(write).join("");
      case "Group":
      case "CapturingGroup": {
        const chosen = node.alternatives[random.below(node.alternatives.length)];
        return chosen === undefined ? "" : write(chosen);
      }
      case "Quantifier": {
        const times = Math.min(node.max, node.min + random.below(3));
        return Array.from({ length: times }, () => write(node.element)).join("");
      }
      case "Character":
        return String.fromCodePoint(node.value);
      case "CharacterClass": {
        const first = node.elements[random.below(node.elements.length)];
        if (!node.negate && first?.type === "Character") return String.fromCodePoint(first.value);
        if (!node.negate && first?.type === "CharacterClassRange")
          return String.fromCodePoint(first.min.value);
        return fitting(node);
      }
      case "CharacterSet":
        return fitting(node);
      default:
        return "";
    }
  };
  return write;
}
