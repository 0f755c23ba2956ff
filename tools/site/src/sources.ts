// What the site is made from: texts by their path in the repository, `docs/language.md`.

export type Sources = ReadonlyMap<string, string>;

/** Beside the README, those that its readers are led to. */
export const ROOT_DOCUMENTS: readonly string[] = [
  "SECURITY.md",
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
];
