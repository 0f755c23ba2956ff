// Patterns that names of files fit: the stars of a shell, in any part of a path.

import { at } from "@netwright/definitions";

export function isPattern(path: string): boolean {
  return /[*?]/.test(path);
}

/** The parts of a path, written for any system. */
export function pathParts(path: string): string[] {
  return path.split(/[/\\]/);
}

export type FitsName = (name: string) => boolean;

/**
 * Whether a name fits: `*` stands for any characters of it, `?` for one of them. A pattern may be a stranger's: no regular
 * expression, which tries a name in exponentially many ways. Here only the last star is tried again, one character further on, so
 * that the time is at most the product of both lengths.
 */
export function namePattern(part: string): FitsName {
  const wanted = Array.from(part);
  if (!isPattern(part)) return (name) => name === part;
  return (name) => fits(Array.from(name), wanted);
}

function fits(name: readonly string[], wanted: readonly string[]): boolean {
  let [i, w] = [0, 0];
  let star = -1;
  let from = 0;
  while (i < name.length) {
    if (wanted[w] === "*") {
      star = w++;
      from = i;
    } else if (w < wanted.length && (wanted[w] === "?" || wanted[w] === at(name, i))) {
      i++;
      w++;
    } else if (star >= 0) {
      w = star + 1;
      i = ++from;
    } else {
      return false;
    }
  }
  while (wanted[w] === "*") w++;
  return w === wanted.length;
}

/** Whether a path ends as the pattern says: as many parts of it are looked at as the pattern has. */
export function fitter(pattern: string): (path: string) => boolean {
  const wanted = pathParts(pattern.replace(/^(?:\.[/\\])+/, "")).map(namePattern);
  return (path) => {
    const parts = pathParts(path).slice(-wanted.length);
    return parts.length === wanted.length && wanted.every((fitsPart, i) => fitsPart(parts[i] ?? ""));
  };
}
