// A folder of a stranger that an editor has opened: pipes, devices, links out of it, files without an end. Beside it lies what
// nobody may see, a folder that the settings allow, and one that is of the workspace at times.

import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Workplace, workplace } from "./workplace.ts";

/** Stands in files outside, and in the environment of the process. */
export const SECRET = "token_5f2c81";
/** In the folder that the settings allow, in that which comes and goes, and in a file that is a link at times. */
export const ALLOWED = "allowed_77b0";
export const SECOND = "second_3d19";
export const SWAPPED = "swapped_0e4a";

export interface StrangersFolder extends Workplace {
  /** What the editor has opened. */
  readonly work: string;
  readonly allowed: string;
  readonly second: string;
  /** `swapped.csv` of `work` becomes a link out of it, or a file again. */
  readonly swap: (isLink: boolean) => void;
}

export function strangersFolder(): StrangersFolder {
  const place = workplace();
  const work = join(place.path, "work");
  const allowed = join(place.path, "allowed");
  const second = join(place.path, "second");
  for (const folder of [join(work, "sub"), join(work, "folder.net"), allowed, second])
    mkdirSync(folder, { recursive: true });
  const files: Readonly<Record<string, string | Uint8Array>> = {
    "secret.net": `netwright 1\nparam ${SECRET} = ${SECRET}\n`,
    "secret.csv": `${SECRET},y\n${SECRET},1\n`,
    "allowed/table.csv": `${ALLOWED},y\n1,2\n`,
    "allowed/blocks.net": "netwright 1\nblock permitted(units) { dense(units, relu) }\n",
    "second/table.csv": `${SECOND},y\n1,2\n`,
    "work/.env": "KEY=own\n",
    "work/blocks.net": "netwright 1\nblock hidden(units) { dense(units, relu) }\n",
    "work/circle.net": 'netwright 1\nuse "circle.net"\nuse "model.net"\n',
    "work/table.csv": `a,"b\u001b[31m",y\n${"1,2,3\n2,3,4\n".repeat(20)}`,
    "work/bytes.csv": Uint8Array.from({ length: 2000 }, (_, i) => (i * 89) % 251),
    "work/huge.net": "a,y\n1,2\n",
    "work/huge.csv": "a,y\n1,2\n",
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(place.path, name), content);
  for (const name of ["huge.net", "huge.csv"]) truncateSync(join(work, name), 8 * 2 ** 30);
  for (const [name, target] of Object.entries(LINKS)) symlinkSync(target, join(place.path, name));
  for (const name of ["pipe.net", "pipe.csv"]) execFileSync("mkfifo", [join(work, name)]);
  const swap = (isLink: boolean) => {
    const swapped = join(work, "swapped.csv");
    rmSync(swapped, { force: true });
    if (isLink) symlinkSync("../secret.csv", swapped);
    else writeFileSync(swapped, `${SWAPPED},y\n1,2\n`);
  };
  swap(false);
  return { ...place, work, allowed, second, swap };
}

const LINKS: Readonly<Record<string, string>> = {
  "work/link.net": "../secret.net",
  "work/link.csv": "../secret.csv",
  "work/env.net": ".env",
  "work/away": "..",
  "work/self.net": "self.net",
  "work/zero.net": "/dev/zero",
  "work/zero.csv": "/dev/zero",
  "work/gone.csv": "nowhere",
  "work/process.net": "/proc/self/environ",
  "allowed/link.csv": "../secret.csv",
  "second/link.csv": "../secret.csv",
};

export const USED = [
  ...["pipe.net", "zero.net", "link.net", "env.net", "self.net", "huge.net", "folder.net", "blocks.net"],
  ...["circle.net", "away/secret.net", "../secret.net", "../allowed/blocks.net", "process.net", "none.net"],
  ...["/dev/zero", "/etc/passwd", "/proc/self/environ", "*.net", "", "."],
] as const;

export const READ = [
  ...["pipe.csv", "zero.csv", "link.csv", "gone.csv", "huge.csv", "bytes.csv", "table.csv"],
  ...["sub", "away/secret.csv", "../secret.csv", "sub/../../secret.csv", "away/allowed/link.csv", ".env"],
  ...["../allowed/link.csv", "../second/link.csv"],
  ...["/dev/zero", "/dev/stdin", "/etc/passwd", "/proc/self/environ", "/proc/self/cwd/../secret.csv"],
  ...["*.csv", "../*.csv", "/etc/pass*", "none.csv", ""],
] as const;

/** What may be read and told, always or at times. */
export const AT_TIMES = ["swapped.csv", "../allowed/table.csv", "../second/table.csv"] as const;
