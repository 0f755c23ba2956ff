// Compilers for arm64 and for microcontrollers, whose programs run in QEMU. arm64 fuses products and sums wherever it is let.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Command, Compiler, Way } from "./compiler.ts";
import { GO_ENV, STRICT } from "./hosts.ts";

const own = (file: string) => fileURLToPath(new URL(`../../c/${file}`, import.meta.url));

const EMULATOR: Command = {
  command: "qemu-aarch64",
  version: ["--version"],
  debian: ["qemu-user"],
};

const BOARD: Command = {
  command: "qemu-system-arm",
  version: ["--version"],
  debian: ["qemu-system-arm"],
};

const arm64 = (name: string, flags: readonly string[], more: Partial<Way> = {}): Way => ({
  name,
  build: (source, program) => [...STRICT, ...flags, "-static", source, "-o", program, "-lm"],
  ...more,
});

const CROSS: Command = {
  command: "aarch64-linux-gnu-gcc",
  version: ["--version"],
  debian: ["gcc-aarch64-linux-gnu", "libc6-dev-arm64-cross"],
};

const RUST_TARGET = "aarch64-unknown-linux-gnu";

/** Whether Rust's library is there for arm64. */
function lacksRustTarget(): string | null {
  const words = ["--target", RUST_TARGET, "--print", "target-libdir"];
  const folder = spawnSync("rustc", words, { encoding: "utf8" }).stdout.trim();
  return existsSync(folder) ? null : `\`rustup target add ${RUST_TARGET}\` has not been done`;
}

const title =
  (name: string) =>
  ([compiler = "", emulator = ""]: readonly string[]) =>
    `${name.replace("%", compiler)}, QEMU ${emulator}`;

/** Newlib, its small printf, and the console of the emulator; the size is asked for, so what is not used goes. */
const board = (flags: readonly string[], script: string): Way => ({
  name: "-Os",
  build: (source, program) => [
    ...STRICT,
    "-Os",
    "-mthumb",
    ...flags,
    "-ffunction-sections",
    "-fdata-sections",
    "-Wl,--gc-sections",
    "--specs=nano.specs",
    "--specs=rdimon.specs",
    "-L",
    own("."),
    "-T",
    own(script),
    own("cortex-m.c"),
    source,
    "-o",
    program,
    "-lm",
  ],
});

export const M0: readonly string[] = ["-mcpu=cortex-m0"];
export const M4: readonly string[] = ["-mcpu=cortex-m4", "-mfloat-abi=hard", "-mfpu=fpv4-sp-d16"];

export const ARM_GCC: Command = {
  command: "arm-none-eabi-gcc",
  version: ["--version"],
  debian: ["gcc-arm-none-eabi", "libnewlib-arm-none-eabi"],
};

const console_ = ["-nographic", "-semihosting-config", "enable=on,target=native", "-kernel"];

export const ARM: readonly Compiler[] = [
  {
    name: "gcc for arm64",
    language: "c",
    needs: [CROSS, EMULATOR],
    title: title("gcc % for arm64"),
    ways: [
      arm64("-O0", ["-O0"]),
      arm64("-O2", ["-O2"], { ofLarge: true }),
      arm64("-O3", ["-O3"]),
      arm64("-O2 with products fused, as is gcc's default", ["-O2", "-ffp-contract=fast"], {
        fuses: true,
        ofLarge: true,
      }),
    ],
    run: ["qemu-aarch64"],
  },
  {
    name: "go for arm64",
    language: "go",
    needs: [{ command: "go", version: ["version"], debian: [] }, EMULATOR],
    title: title("Go % for arm64"),
    ways: [{ name: "build", build: (source, program) => ["build", "-o", program, source], ofLarge: true }],
    run: ["qemu-aarch64"],
    env: { ...GO_ENV, GOARCH: "arm64" },
  },
  {
    name: "rustc for arm64",
    language: "rust",
    needs: [{ command: "rustc", version: ["--version"], debian: [] }, EMULATOR, CROSS],
    lacks: lacksRustTarget,
    title: title("rustc % for arm64"),
    ways: [
      {
        name: "-O",
        build: (source, program) => [
          ...["--edition", "2021", "-O", "--target", RUST_TARGET],
          ...["-C", `linker=${CROSS.command}`, "-C", "target-feature=+crt-static"],
          ...[source, "-o", program],
        ],
        ofLarge: true,
      },
    ],
    run: ["qemu-aarch64"],
  },
  {
    name: "gcc for Cortex-M0",
    language: "c",
    needs: [ARM_GCC, BOARD],
    title: title("gcc % for Cortex-M0"),
    ways: [board(M0, "cortex-m0.ld")],
    run: ["qemu-system-arm", "-M", "microbit", ...console_],
    // A micro:bit has 16 KB of memory, and 256 KB for code and constants.
    models: ["concrete 2 x 32", "penguins"],
  },
  {
    name: "gcc for Cortex-M4",
    language: "c",
    needs: [ARM_GCC, BOARD],
    title: title("gcc % for Cortex-M4"),
    ways: [board(M4, "cortex-m4.ld")],
    run: ["qemu-system-arm", "-M", "mps2-an386", ...console_],
    models: ["concrete 2 x 32", "penguins", "digits, a CNN", "a series, an LSTM"],
  },
];
