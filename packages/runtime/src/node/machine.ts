// Which machine this is, for the names of folders that a process is working on: on a shared disk those of others lie beside
// them, and a process number means something on one machine only, until it is started again, and in one container of it.

import { readFileSync, readlinkSync } from "node:fs";
import { hostname, uptime } from "node:os";
import { hashText } from "../hash/hash.ts";

/** Who writes. */
export interface Owner {
  readonly pid: number;
  /** Six hexadecimal digits, other ones for every name of a machine, and for every container of it. */
  readonly machine: string;
  /** Absent where the system does not tell one start of a machine from another, or one of the same name. */
  readonly boot?: Boot;
}

export interface Boot {
  /** Six hexadecimal digits, other ones for every start, so that two machines of one name differ. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly atMs: number;
}

let known: Owner | undefined;

/** Found when it is asked for: who only reads has no need of a hash. */
export function thisProcess(): Owner {
  known ??= findProcess();
  return known;
}

function findProcess(): Owner {
  const boot = thisBoot();
  const machine = digits(`${hostname()}${processSpace()}`);
  return { pid: process.pid, machine, ...(boot === null ? {} : { boot }) };
}

function thisBoot(): Boot | null {
  try {
    const id = digits(readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
    return { id, atMs: Date.now() - uptime() * 1000 };
  } catch {
    return null;
  }
}

/** The space of process numbers of a machine that no container has, as Linux names it: `PROC_PID_INIT_INO`. */
const OUTERMOST = "pid:[4026531836]";

/**
 * Whose process numbers are meant: containers have their own, and may share a disk and the name of the machine. Not with the
 * start of the machine, as they share that, too, and may be told another time of it.
 */
function processSpace(): string {
  try {
    const space = readlinkSync("/proc/self/ns/pid");
    return space === OUTERMOST ? "" : ` ${space}`;
  } catch {
    return "";
  }
}

function digits(text: string): string {
  return hashText(text).slice(0, 6);
}

/** What the owner was, as far as the name of the folder tells. */
export interface FormerOwner {
  readonly pid: number;
  readonly machine: string;
  /** `Boot.id`, or null where it had none. */
  readonly boot: string | null;
}

/** `1234.0f1e2d`, or with the start of the machine `1234.0f1e2d3c4b5a`. */
export function ownerMark({ pid, machine, boot }: Owner): string {
  return `${pid}.${machine}${boot?.id ?? ""}`;
}

/**
 * Whether the process is known to be gone that last worked at `atMs`. Of another machine or container, and of one that has the
 * same name and was started otherwise since, nothing is known.
 */
export function isGone(
  owner: FormerOwner,
  own: Owner,
  lives: (pid: number, atMs: number) => boolean,
  atMs: number,
): boolean {
  if (owner.machine !== own.machine) return false;
  const isSameBoot = owner.boot === null || own.boot === undefined || owner.boot === own.boot.id;
  // What was put there before this machine was started is most likely its own, of its last start.
  return isSameBoot ? !lives(owner.pid, atMs) : own.boot !== undefined && atMs < own.boot.atMs;
}
