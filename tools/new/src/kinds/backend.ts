// A backend: a package whose one test that must pass is the conformance kit.

import type { Kind } from "./kind.ts";

export const backend: Kind = {
  what: "backend",
  scaffold: ({ name, camel, file }) => {
    const folder = `packages/backend-${file}`;
    return {
      edits: [
        { kind: "create", path: `${folder}/package.json`, text: manifest(file) },
        { kind: "create", path: `${folder}/tsconfig.json`, text: TSCONFIG },
        { kind: "create", path: `${folder}/src/index.ts`, text: index(camel, file) },
        { kind: "create", path: `${folder}/src/${file}-backend.ts`, text: source(name, camel) },
        { kind: "create", path: `${folder}/test/conformance.test.ts`, text: conformance(name, camel, file) },
      ],
      next: [
        `Add \`{ "path": "${folder}" }\` to the references of tsconfig.json and tsconfig.test.json; run \`npm install\`.`,
        `Say in biome.json and in ARCHITECTURE.md what ${folder} may import: runtime and ir.`,
        "Make the conformance kit pass: `supports` says no to what there is no kernel for, and derived operations are expanded.",
        "docs/backends.md says what a machine has to do; packages/backend-reference is the shortest there is.",
      ],
    };
  },
};

const manifest = (file: string) => `{
  "name": "@netwright/backend-${file}",
  "version": "0.1.0",
  "private": true,
  "description": "",
  "license": "Apache-2.0",
  "type": "module",
  "engines": {
    "node": ">=20.19"
  },
  "sideEffects": false,
  "exports": {
    ".": {
      "@netwright/source": "./src/index.ts",
      "types": "./dist/index.d.ts",
      "default": "./dist/index.js"
    }
  },
  "files": [
    "dist"
  ],
  "dependencies": {
    "@netwright/runtime": "0.1.0",
    "@netwright/ir": "0.1.0"
  },
  "nx": {
    "targets": {
      "build": {},
      "test": {}
    }
  }
}
`;

const TSCONFIG = `{
  "extends": "../../tsconfig.base.json",
  "compilerOptions": {
    "rootDir": "src",
    "outDir": "dist",
    "tsBuildInfoFile": "dist/.tsbuildinfo"
  },
  "include": ["src"],
  "references": [
    {
      "path": "../../packages/runtime"
    },
    {
      "path": "../../packages/ir"
    }
  ]
}
`;

const index = (camel: string, file: string) => `// Public face of the backend.

export { BACKEND_CONTRACT as backendContract } from "@netwright/runtime";
export { ${camel}Backend, ${camel}Backend as backend } from "./${file}-backend.ts";
`;

const source = (name: string, camel: string) => `// The ${name} backend.

import { isDerived } from "@netwright/ir";
import { type Backend, BackendError } from "@netwright/runtime";

export const ${camel}Backend: Backend = {
  name: "${name}",
  supports: (op) => (isDerived(op) || op.name === "composite" ? "there is no kernel for it" : true),
  load: async () => {
    throw new BackendError("${name}", "it cannot run programs yet", "Write \`load\`.");
  },
  describe: async () => ({
    name: "${name}",
    versions: {},
    threads: 1,
    simd: false,
    device: "cpu",
    deterministic: true,
  }),
};
`;

const conformance = (name: string, camel: string, file: string) => `// The ${name} backend proves itself.

import { describe, test } from "@jest/globals";
import { ${camel}Backend } from "@netwright/backend-${file}";
import { describeConformance } from "@netwright/conformance";
import { examplePrograms } from "netwright";

describeConformance(${camel}Backend, { describe, test }, { programs: examplePrograms() });
`;
