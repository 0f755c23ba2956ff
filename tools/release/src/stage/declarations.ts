// Type declarations as they are published: those that can be reached from the entries, and no others. What comes from
// a package that is bundled lies beside them, so that a package needs none for its types that it does not for its code.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Target, WorkspacePackage } from "../workspace.ts";

export interface DeclarationRequest {
  readonly from: WorkspacePackage;
  /** Packages whose declarations come along, by name. */
  readonly inlined: ReadonlyMap<string, WorkspacePackage>;
  /** Names of packages that may be imported from. */
  readonly dependencies: readonly string[];
  readonly out: string;
}

/** Comments, a specifier behind `from` or in `import()`, and other strings, in which neither counts. */
const PARTS = /\/\*[\s\S]*?\*\/|\/\/.*|(\bfrom\s*|\bimport\s*\(?\s*)"([^"\n]+)"|"(?:[^"\\\n]|\\.)*"/g;

/** @throws Error where a declaration imports what the package does not bring */
export function copyDeclarations({ from, inlined, dependencies, out }: DeclarationRequest): void {
  const waiting = typesOf(from).map((path) => join(from.folder, path));
  const seen = new Set(waiting);
  for (const file of waiting) {
    const target = place(file);
    const text = readFileSync(file, "utf8").replace(PARTS, (part, before, specifier) => {
      if (specifier === undefined) return part.startsWith("//# sourceMappingURL") ? "" : part;
      const found = follow(file, specifier);
      if (found === undefined) return part;
      if (!seen.has(found)) {
        seen.add(found);
        waiting.push(found);
      }
      const path = relative(dirname(target), place(found)).split(sep).join("/");
      return `${before}"${path.replace(/^(?!\.)/, "./").replace(/\.d\.ts$/, ".js")}"`;
    });
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, `${text.trimEnd()}\n`);
  }

  /** Undefined for a dependency, which keeps its name. */
  function follow(file: string, specifier: string): string | undefined {
    if (specifier.startsWith(".")) return resolve(dirname(file), specifier.replace(/\.[jt]s$/, ".d.ts"));
    const [, name = "", path = ""] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(specifier) ?? [];
    const other = inlined.get(name);
    const types = other && typesIn(other.manifest.exports[`.${path}`] ?? {})[0];
    if (other !== undefined && types !== undefined) return join(other.folder, types);
    if (dependencies.includes(name)) return undefined;
    throw new Error(`${file} imports ${specifier}, which ${from.manifest.name} does not bring`);
  }

  function place(file: string): string {
    if (file.startsWith(from.folder + sep)) return join(out, relative(from.folder, file));
    const [name, other] = [...inlined].find(([, { folder }]) => file.startsWith(folder + sep)) ?? [];
    if (name === undefined || other === undefined) throw new Error(`${file} is of no known package`);
    return join(out, "dist", "types", name, relative(join(other.folder, "dist"), file));
  }
}

/** The declarations of all entries of a package. */
function typesOf({ manifest }: WorkspacePackage): string[] {
  return [...new Set(Object.values(manifest.exports).flatMap(typesIn))];
}

function typesIn(target: Target): string[] {
  if (typeof target === "string") return [];
  return Object.entries(target).flatMap(([condition, inner]) =>
    condition === "types" && typeof inner === "string" ? [inner] : typesIn(inner),
  );
}
