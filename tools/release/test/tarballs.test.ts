// What is in the tarballs: everything that npm and people look for, and nothing that they do not.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { describe, expect, test } from "@jest/globals";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { stagedManifest } from "../src/manifest.ts";
import { publishedPackages } from "../src/workspace.ts";
import { pack, root } from "./support/packed.ts";

const packed = pack();
const names = packed.names;
const inTarball = new Map(
  names.map((name) => {
    const list = execFileSync("tar", ["-tzf", packed.tarball(name)], { encoding: "utf8" });
    return [
      name,
      list
        .trim()
        .split("\n")
        .map((path) => path.replace(/^package\//, "")),
    ] as const;
  }),
);
const read = (name: string, file: string) => readFileSync(join(packed.staged(name), file), "utf8");

test("what else is in the folder that they are packed into stays", () => {
  expect(readFileSync(join(packed.folder, "notes.txt"), "utf8")).toBe("of someone else");
});

test("the packages that are published", () => {
  expect(names.toSorted()).toEqual([
    "@netwright/backend-jit",
    "@netwright/backend-native",
    "@netwright/backend-reference",
    "@netwright/backend-wasm",
    "@netwright/backend-xla",
    "@netwright/compiler",
    "@netwright/conformance",
    "@netwright/data",
    "@netwright/definitions",
    "@netwright/formats",
    "@netwright/ir",
    "@netwright/lang",
    "@netwright/lsp",
    "@netwright/runtime",
    "@netwright/stablehlo",
    "netwright",
  ]);
});

describe.each(names)("%s", (name) => {
  const files = inTarball.get(name) ?? [];

  test("has its license, a README with an example, and a manifest that says where it comes from", () => {
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
    const readme = read(name, "README.md");
    expect(readme.startsWith(`# ${name}\n`)).toBe(true);
    expect(readme).toContain("```js\n");
    expect(readme).toContain("<https://example.invalid/netwright>");
    expect(JSON.parse(read(name, "package.json"))).toMatchObject({
      license: "Apache-2.0",
      repository: { type: "git", url: expect.stringMatching(/^git\+https:/), directory: expect.any(String) },
      homepage: expect.stringMatching(/^https:/),
      bugs: { url: expect.stringMatching(/^https:/) },
      keywords: expect.arrayContaining(["neural-network"]),
      description: expect.any(String),
      engines: { node: ">=20.19" },
    });
  });

  test("brings no sources, maps or leavings of the build", () => {
    const unwanted = /\.map$|tsbuildinfo|(?<!\.d)\.ts$|^src\/|^test\/|package-lock|\.nx/;
    expect(files.filter((file) => unwanted.test(file))).toEqual([]);
    expect(read(name, "package.json")).not.toMatch(/@netwright\/source|"(workspace|file|link):|\.\.\//);
    for (const file of files.filter((path) => /\.(js|ts)$/.test(path))) {
      expect(read(name, file)).not.toContain("sourceMappingURL");
    }
  });

  test("loads nothing that it does not have: Node's own modules, its files, its dependencies", () => {
    const { dependencies = {}, peerDependencies = {} } = JSON.parse(read(name, "package.json"));
    const known = Object.keys({ ...dependencies, ...peerDependencies });
    const used = (packed.contents[name] ?? []).flatMap((one) => [...one.imports, ...one.dynamicImports]);
    const outside = used.filter((one) => !files.includes(one) && !one.startsWith("node:"));
    expect(outside.filter((one) => !known.some((dep) => one === dep || one.startsWith(`${dep}/`)))).toEqual(
      [],
    );
    const declarations = files.filter((file) => file.endsWith(".d.ts")).map((file) => read(name, file));
    const unused = Object.keys(dependencies).filter(
      (dep) =>
        !outside.some((one) => one === dep || one.startsWith(`${dep}/`)) &&
        !declarations.some((text) => text.includes(`"${dep}`)),
    );
    expect(unused).toEqual([]);
  });

  test("whoever's code is bundled is named, with the license", () => {
    const modules = (packed.contents[name] ?? []).flatMap(({ modules: inside }) => inside);
    const theirs = new Set(
      modules.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []),
    );
    expect(files.includes("THIRD-PARTY-NOTICES.txt")).toBe(theirs.size > 0);
    const notices = theirs.size > 0 ? read(name, "THIRD-PARTY-NOTICES.txt") : "";
    for (const one of theirs)
      expect(notices).toMatch(new RegExp(`^${one} \\d+\\.\\d+\\.\\d+ \\(.+\\)$`, "m"));
  });

  test("no type of TensorFlow.js is in its declarations", () => {
    const declarations = files.filter((file) => file.endsWith(".d.ts"));
    expect(declarations.length).toBeGreaterThan(0);
    for (const file of declarations) expect(read(name, file)).not.toMatch(/(from|import\()\s*"@tensorflow/);
  });

  test("publint finds nothing", async () => {
    const data = readFileSync(packed.tarball(name));
    const { messages, pkg } = await publint({ pack: { tarball: toArrayBuffer(data) }, strict: true });
    const left = messages.filter(({ code }) => !Object.hasOwn(PUBLINT_OFF, code));
    expect(left.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  test("arethetypeswrong finds nothing", async () => {
    const result = await checkPackage(
      createPackageFromTarballData(new Uint8Array(readFileSync(packed.tarball(name)))),
    );
    const problems = result.types === false ? [{ kind: "no types" }] : result.problems;
    expect(problems.filter((problem) => !isOff(problem))).toEqual([]);
  }, 60_000);
});

/** Rules of publint that do not apply, each with the reason. */
const PUBLINT_OFF: Readonly<Record<string, string>> = {};

/** Problems of arethetypeswrong that do not apply, each with the reason. */
const WRONG_OFF: Readonly<Record<string, string>> = {
  CJSResolvesToESM:
    "every Node from 20.19 on, the oldest that `engines` admits, gives ES modules to `require`; TypeScript knows from 5.8 on",
};

/** Also a resolution that nobody uses any more. */
function isOff(problem: { readonly kind: string }): boolean {
  // node10 knows no `exports`; it is the resolution of Node 10, and TypeScript 6 has given it up.
  const isOld = "resolutionKind" in problem && problem.resolutionKind === "node10";
  return isOld || Object.hasOwn(WRONG_OFF, problem.kind);
}

function toArrayBuffer(data: Buffer): ArrayBuffer {
  return new Uint8Array(data).buffer;
}

describe("an address that is a placeholder", () => {
  const [one] = publishedPackages();
  if (one === undefined) throw new Error("no package is published");

  test("makes a package private, which npm does not publish", () => {
    for (const name of names) expect(JSON.parse(read(name, "package.json")).private).toBe(true);
  });

  test("a real one does not, and is in every field", () => {
    const manifest = stagedManifest(one, {}, { address: "https://code.example/net" });
    expect(manifest.private).toBeUndefined();
    expect(manifest).toMatchObject({
      homepage: "https://code.example/net#readme",
      bugs: { url: "https://code.example/net/issues" },
      repository: { url: "git+https://code.example/net.git" },
    });
  });
});

test("the workflow that publishes can sign where the packages come from, and tries first", () => {
  const workflow = readFileSync(join(root, ".github/workflows/publish.yml"), "utf8");
  const steps = workflow.split("\n").filter((line) => line.includes("npm run release"));
  expect(steps.map((line) => line.trim().replace(/^- /, ""))).toEqual([
    "run: npm run release -- --dry-run",
    "run: npm run release -- --provenance",
  ]);
  expect(workflow).toMatch(/^ +id-token: write$/m);
});
