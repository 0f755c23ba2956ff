// Compilers for this machine, at every level and with fused instructions allowed: the bits are Netwright's all the same.

import type { Compiler, Way } from "./compiler.ts";

export const STRICT = [
  "-std=c99",
  "-Wall",
  "-Wextra",
  "-Werror",
  "-Wno-unused-function",
  "-ffp-contract=off",
] as const;

const c = (flags: string, more: Partial<Way> = {}): Way => ({
  name: flags,
  build: (source, program) => [...STRICT, ...flags.split(" "), source, "-o", program, "-lm"],
  ...more,
});

const FUSED = "-mfma -mavx2";
const LEVELS = ["-O0", "-O1", "-O2", "-O3", "-Os"];
const OF_LARGE = ["-O0", "-O2", `-O3 ${FUSED}`];

const levels: readonly Way[] = [...LEVELS, ...LEVELS.map((level) => `${level} ${FUSED}`)].map((flags) =>
  c(flags, OF_LARGE.includes(flags) ? { ofLarge: true } : {}),
);

const rust = (name: string, flags: readonly string[]): Way => ({
  name,
  build: (source, program) => ["--edition", "2021", ...flags, source, "-o", program],
});

const GO = { GO111MODULE: "off", GOFLAGS: "", CGO_ENABLED: "0" };

const named =
  (name: string) =>
  ([version = ""]: readonly string[]) =>
    `${name} ${version}`;

export const HOSTS: readonly Compiler[] = [
  {
    name: "gcc",
    language: "c",
    needs: [{ command: "gcc", version: ["--version"], debian: ["gcc", "libc6-dev"] }],
    title: named("gcc"),
    ways: levels,
    run: [],
  },
  {
    name: "clang",
    language: "c",
    needs: [{ command: "clang", version: ["--version"], debian: ["clang", "libc6-dev"] }],
    title: named("clang"),
    ways: levels,
    run: [],
  },
  {
    name: "tcc",
    language: "c",
    needs: [{ command: "tcc", version: ["-v"], debian: ["tcc", "libc6-dev"] }],
    title: named("tcc"),
    ways: [
      {
        name: "plain",
        build: (source, program) => [source, "-o", program, "-lm"],
        ofLarge: true,
      },
    ],
    run: [],
  },
  {
    name: "rustc",
    language: "rust",
    needs: [{ command: "rustc", version: ["--version"], debian: [] }],
    title: named("rustc"),
    ways: [
      rust("debug", []),
      { ...rust("-O", ["-O"]), ofLarge: true },
      rust("-O with fused products", ["-O", "-C", "target-feature=+fma,+avx2"]),
    ],
    run: [],
  },
  {
    name: "go",
    language: "go",
    needs: [{ command: "go", version: ["version"], debian: [] }],
    title: named("Go"),
    ways: [{ name: "build", build: (source, program) => ["build", "-o", program, source], ofLarge: true }],
    run: [],
    env: GO,
  },
  {
    name: "node",
    language: "js",
    needs: [{ command: "node", version: ["--version"], debian: [] }],
    title: named("Node"),
    ways: [{ name: "as it is", build: null, ofLarge: true }],
    run: ["node"],
  },
];

export const GO_ENV: Readonly<Record<string, string>> = GO;
