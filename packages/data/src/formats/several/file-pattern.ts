// Patterns that names of files fit: the stars of a shell, in any part of a path.

export function isPattern(path: string): boolean {
  return /[*?]/.test(path);
}

/** The parts of a path, written for any system. */
export function pathParts(path: string): string[] {
  return path.split(/[/\\]/);
}

/** `*` stands for any characters of a name, `?` for one of them. */
export function namePattern(part: string): RegExp {
  const source = Array.from(part, (character) => {
    if (character === "*") return "[^]*";
    return character === "?" ? "[^]" : character.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  });
  // Several stars beside each other are one, so that a long name is not tried in many ways.
  return new RegExp(`^${source.join("").replace(/(?:\[\^\]\*)+/g, "[^]*")}$`, "u");
}

/** Whether a path ends as the pattern says: as many parts of it are looked at as the pattern has. */
export function fitter(pattern: string): (path: string) => boolean {
  const wanted = pathParts(pattern.replace(/^(?:\.[/\\])+/, "")).map(namePattern);
  return (path) => {
    const parts = pathParts(path).slice(-wanted.length);
    return parts.length === wanted.length && wanted.every((one, i) => one.test(parts[i] ?? ""));
  };
}
