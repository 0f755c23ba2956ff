// From a name to a backend: known ones, absent packages, other people's packages, misspelt names.

import { describe, expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { BACKEND_CONTRACT, BackendError, type BackendRegistry, resolveBackend } from "@netwright/runtime";

const importPackage = (name: string): Promise<unknown> => import(name);

const registry: BackendRegistry = [
  { name: "reference", packageName: "@netwright/backend-reference", load: async () => referenceBackend },
  {
    name: "absent",
    packageName: "@netwright/backend-absent",
    load: async () => {
      await importPackage("@netwright/backend-absent");
      return referenceBackend;
    },
  },
  {
    name: "broken",
    packageName: "@netwright/backend-broken",
    load: async () => {
      // Its own package is there and one that it needs is not.
      await importPackage("@netwright/engine-of-broken");
      return referenceBackend;
    },
  },
  {
    name: "picky",
    packageName: "@netwright/backend-picky",
    load: async () => {
      throw new BackendError(
        "picky",
        "No SIMD on this machine.\n  at somewhere",
        "Choose `--backend reference`.",
      );
    },
  },
];

async function problemOf(name: string, importer?: (name: string) => Promise<unknown>) {
  const result = await resolveBackend(name, registry, importer);
  if (result.ok) throw new Error("a backend was found");
  expect(result.problems).toHaveLength(1);
  return result.problems[0];
}

describe("a backend of the registry", () => {
  test("is loaded by its name", async () => {
    expect(await resolveBackend("reference", registry)).toEqual({ ok: true, value: referenceBackend });
  });

  test("that is not installed: the command that adds it", async () => {
    expect(await problemOf("absent")).toEqual({
      code: "NW0811",
      message:
        "The backend absent comes with the package `@netwright/backend-absent`, which is not installed.",
      notes: ["Add it: `npm install @netwright/backend-absent`"],
    });
  });

  test("that lacks something in turn is not called absent", async () => {
    const problem = await problemOf("broken");
    expect(problem?.code).toBe("NW0812");
    expect(problem?.message).toContain(
      "The backend broken is installed and could not be loaded: Cannot find",
    );
    expect(problem?.message).toContain("@netwright/engine-of-broken");
  });

  test("that refuses to work here: its own remedy", async () => {
    expect(await problemOf("picky")).toEqual({
      code: "NW0812",
      message: "The backend picky is installed and could not be loaded: No SIMD on this machine.",
      notes: ["Choose `--backend reference`."],
    });
  });
});

describe("a backend whose package the user adds", () => {
  const packageName = "@netwright/backend-apart";
  const apart: BackendRegistry = [{ name: "apart", packageName, afterInstall: "Then hand it in." }];
  const resolved = (importer: (name: string) => Promise<unknown>) => resolveBackend("apart", apart, importer);

  test("is imported by the name of its package", async () => {
    const found = { backend: referenceBackend, backendContract: BACKEND_CONTRACT };
    const imported: string[] = [];
    const result = await resolved(async (name) => {
      imported.push(name);
      return found;
    });
    expect(result).toEqual({ ok: true, value: referenceBackend });
    expect(imported).toEqual([packageName]);
  });

  test.each([
    [
      "Node",
      Object.assign(new Error(`Cannot find package '${packageName}' imported from /a/b.js`), {
        code: "ERR_MODULE_NOT_FOUND",
      }),
    ],
    ["Chromium", new TypeError(`Failed to resolve module specifier '${packageName}'`)],
    [
      "Firefox",
      new TypeError(
        `The specifier \u201c${packageName}\u201d was a bare specifier, but was not remapped to anything.`,
      ),
    ],
    ["Safari", new TypeError(`Module name, '${packageName}' does not resolve to a valid URL.`)],
  ])("is absent in the words of %s: the command that adds it, and what comes then", async (_, error) => {
    const result = await resolved(() => Promise.reject(error));
    expect(result).toMatchObject({
      ok: false,
      problems: [{ code: "NW0811", notes: [`Add it: \`npm install ${packageName}\``, "Then hand it in."] }],
    });
  });

  test("is there and fails, or lacks another package: that is what is said", async () => {
    for (const message of ["Failed to fetch", "Failed to resolve module specifier '@netwright/engine'"]) {
      const result = await resolved(() => Promise.reject(new TypeError(message)));
      expect(result).toMatchObject({ ok: false, problems: [{ code: "NW0812" }] });
    }
    const old = await resolved(async () => ({ backend: referenceBackend, backendContract: 99 }));
    expect(old).toMatchObject({ ok: false, problems: [{ code: "NW0814" }] });
  });
});

describe("an unknown name", () => {
  test.each(["refrence", "Reference", "referense", "eference"])("%s is near to a known one", async (name) => {
    expect((await problemOf(name))?.notes).toContain("Did you mean `reference`?");
  });

  test("far from all: no guess, the list", async () => {
    expect(await problemOf("tpu", importPackage)).toEqual({
      code: "NW0810",
      message: "There is no backend `tpu`.",
      notes: ["Known are reference, absent, broken, picky, and any installed package that holds a backend."],
    });
  });

  test.each(["../evil-path", "https://a-b.example/x.js", "node:fs-x", "a-b/c", ""])(
    "`%s` is never imported",
    async (name) => {
      const imported: string[] = [];
      const spy = async (asked: string) => imported.push(asked);
      expect((await problemOf(name, spy))?.code).toBe("NW0810");
      expect(imported).toEqual([]);
    },
  );
});

describe("a package of somebody else", () => {
  const good = { backend: { ...referenceBackend, name: "their" }, backendContract: BACKEND_CONTRACT };

  test.each(["their-backend", "@them/backend", "their-netwright_backend"])("%s is imported", async (name) => {
    const imported: string[] = [];
    const result = await resolveBackend(name, registry, async (asked) => {
      imported.push(asked);
      return good;
    });
    expect(imported).toEqual([name]);
    expect(result).toEqual({ ok: true, value: good.backend });
  });

  test("that is not installed", async () => {
    expect(await problemOf("their-absent-backend", importPackage)).toEqual({
      code: "NW0811",
      message: "There is no backend `their-absent-backend`, and no package of that name is installed.",
      notes: ["If it is a package that holds a backend, add it: `npm install their-absent-backend`"],
    });
  });

  test("that is no backend: a package that exists", async () => {
    const problem = await problemOf("fast-check", importPackage);
    expect(problem).toMatchObject({ code: "NW0813" });
    expect(problem?.message).toBe(
      "The package `fast-check` does not export a `backend` of the expected form. It lacks `backend`.",
    );
  });

  test.each<{ name: string; module: unknown; code: string; message: string }>([
    {
      name: "no name",
      module: { ...good, backend: { ...good.backend, name: 3 } },
      code: "NW0813",
      message: "It lacks `backend.name`.",
    },
    {
      name: "no methods",
      module: { ...good, backend: { name: "x", load: () => {} } },
      code: "NW0813",
      message: "It lacks `backend.supports`, `backend.describe`.",
    },
    { name: "nothing at all", module: null, code: "NW0813", message: "It lacks `backend`." },
    { name: "no contract", module: { backend: good.backend }, code: "NW0814", message: "with no version" },
    {
      name: "another contract",
      module: { ...good, backendContract: 99 },
      code: "NW0814",
      message: "with version 99 of the backend contract; this release needs version 2",
    },
    {
      name: "the contract before this one, with its own methods",
      module: {
        backend: { name: "x", supports: () => true, compile: () => {}, describe: () => {} },
        backendContract: 1,
      },
      code: "NW0814",
      message: "with version 1 of the backend contract; this release needs version 2",
    },
  ])("that is not right: $name", async ({ module, code, message }) => {
    const problem = await problemOf("their-backend", async () => module);
    expect(problem?.code).toBe(code);
    expect(problem?.message).toContain(message);
  });

  test("that fails when it is loaded", async () => {
    const problem = await problemOf("their-backend", async () => {
      throw new TypeError("x is not a function\n    at line 3");
    });
    expect(problem?.message).toBe(
      "The package `their-backend` is installed and could not be loaded: x is not a function",
    );
  });
});
