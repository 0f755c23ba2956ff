// Patterns that names of files fit: the stars of a shell, in any part of a path.

export function isPattern(path: string): boolean {
  return /[*?]/.test(path);
}

/** The parts of a path, written for any system. */
export function pathParts(path: string): string[] {
  return path.split(/[/\\]/);
}

/**
 * `*` stands for any characters of a name, `?` for one of them. Each star is given no more than it needs, and only the last one is
 * ever given more, so that no pattern takes longer than its length times that of the name.
 */
export function namePattern(part: string): (name: string) => boolean {
  const wanted = Array.from(part);
  return (name) => {
    const characters = Array.from(name);
    let [at, next] = [0, 0];
    let star: { readonly next: number; readonly at: number } | null = null;
    while (at < characters.length) {
      if (wanted[next] === "*") {
        star = { next: ++next, at };
      } else if (next < wanted.length && (wanted[next] === "?" || wanted[next] === characters[at])) {
        next++;
        at++;
      } else if (star !== null) {
        star = { next: star.next, at: star.at + 1 };
        ({ next, at } = star);
      } else return false;
    }
    return wanted.slice(next).every((character) => character === "*");
  };
}

/** Whether a path ends as the pattern says: as many parts of it are looked at as the pattern has. */
export function fitter(pattern: string): (path: string) => boolean {
  const wanted = pathParts(pattern.replace(/^(?:\.[/\\])+/, "")).map(namePattern);
  return (path) => {
    const parts = pathParts(path).slice(-wanted.length);
    return parts.length === wanted.length && wanted.every((fits, i) => fits(parts[i] ?? ""));
  };
}
