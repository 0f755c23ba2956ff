// Which kernels go over the same rows and become one, that does a few rows at a time: reductions of each row, and the
// elementwise kernels around them. Nothing is looked for but arrays of so many equal parts, of which each kernel makes a
// part of a result from the same part of its operands; so a layer or a loss need not be known.

import { at, type Func } from "@netwright/ir";
import type { MapKernel } from "../kernels/map.ts";
import type { ReduceKernel } from "../kernels/reduce.ts";
import { elementsOfRow, type RowsKernel } from "../kernels/rows.ts";
import type { BufferId } from "../kernels/rule.ts";
import { buffersOf, type Kernel } from "../kernels/table.ts";
import type { LoweredFunc } from "./lowering/context.ts";
import { reduceLoops } from "./reduce-loops.ts";
import { inPasses } from "./row-passes.ts";
import { fetchedOf, stripOf } from "./row-strips.ts";
import { schedule } from "./schedule.ts";

/** Longer functions take an engine's compiler too long. */
const MOST_KERNELS = 16;

interface Group {
  readonly rows: number;
  /** Positions of its kernels, increasing. */
  members: readonly number[];
}

type State = Pick<Func, "reads" | "writes">;

/** The kernels of a function with those over the same rows in one. */
export function groupRows(lowered: LoweredFunc, state: State): LoweredFunc {
  // Every group begins with one.
  const isFirst = (kernel: Kernel): boolean => linesOf(kernel) !== undefined;
  return lowered.kernels.some(isFirst) ? grouped(lowered, state) : lowered;
}

function grouped(lowered: LoweredFunc, { reads, writes }: State): LoweredFunc {
  const { parameters, results } = lowered;
  // Nothing that joins a group may be waited for by what is in it, so each comes behind all that it reads.
  const { kernels } = schedule(lowered.kernels, []);
  const updates = writes.map((name, i) => [at(results, i), parameters[reads.indexOf(name)]] as const);
  const groups = new Groups(kernels, new Map(updates));
  kernels.forEach((_, i) => {
    groups.add(i);
  });
  const found = groups.list.filter(({ members }) => members.length > 1);
  if (found.length === 0) return lowered;
  const groupOf = new Map(found.flatMap((group) => group.members.map((i) => [i, group] as const)));
  const readers = new Map<BufferId, Set<Group | undefined>>();
  for (const buffer of results) readers.set(buffer, new Set([undefined]));
  kernels.forEach((kernel, i) => {
    for (const { buffer } of buffersOf(kernel).reads) {
      const known = readers.get(buffer) ?? new Set();
      readers.set(buffer, known.add(groupOf.get(i)));
    }
  });
  return {
    ...lowered,
    kernels: kernels.flatMap((kernel, i): Kernel[] => {
      const group = groupOf.get(i);
      if (group === undefined) return [kernel];
      return at(group.members, 0) === i ? [rowsKernel(group, kernels, readers)] : [];
    }),
  };
}

function rowsKernel(
  group: Group,
  kernels: readonly Kernel[],
  readers: ReadonlyMap<BufferId, ReadonlySet<Group | undefined>>,
): RowsKernel {
  const { rows, members } = group;
  const inner = members.flatMap((i) => {
    const kernel = rowKernel(at(kernels, i));
    return kernel === undefined ? [] : [kernel];
  });
  const isInside = (buffer: BufferId): boolean => {
    const by = readers.get(buffer);
    return by === undefined || (by.size === 1 && by.has(group));
  };
  const passes = inPasses(inner, rows, isInside);
  const inside = new Map<BufferId, number>();
  for (const kernel of passes) {
    for (const buffer of kernel.body.stores) inside.set(buffer, elementsOfRow(kernel, rows));
    if (kernel.kind === "pass") for (const { result } of kernel.reductions) inside.set(result, 1);
  }
  for (const buffer of [...inside.keys()]) if (!isInside(buffer)) inside.delete(buffer);
  const [strip, fetched] = [stripOf(passes, rows), fetchedOf(passes, rows)];
  return { kind: "rows", rows, strip, kernels: passes, inside, fetched };
}

/** Of the members of groups. */
type Member = MapKernel | ReduceKernel;

function rowKernel(kernel: Kernel): Member | undefined {
  return kernel.kind === "map" || kernel.kind === "reduce" ? kernel : undefined;
}

class Groups {
  readonly list: Group[] = [];
  readonly #kernels: readonly Kernel[];
  /** New state with the old: it takes its place where a kernel reads that element by element, which one of several does not. */
  readonly #updated: ReadonlyMap<BufferId, BufferId | undefined>;
  readonly #of = new Map<number, Group>();
  readonly #writers = new Map<BufferId, number>();

  constructor(kernels: readonly Kernel[], updated: ReadonlyMap<BufferId, BufferId | undefined>) {
    this.#kernels = kernels;
    this.#updated = updated;
    kernels.forEach((kernel, i) => {
      for (const buffer of buffersOf(kernel).writes) this.#writers.set(buffer, i);
    });
  }

  /** In order of the kernels. */
  add(i: number): void {
    const kernel = this.#candidate(i);
    if (kernel === undefined) return;
    // The latest first: most of what the kernel reads is there.
    for (const group of [...this.list].reverse()) {
      if (this.#join(i, kernel, group)) return;
    }
    if (kernel.kind === "map") return;
    const rows = linesOf(kernel);
    if (rows === undefined) return;
    const group: Group = { rows, members: [i] };
    this.list.push(group);
    this.#of.set(i, group);
    this.#pull(kernel.operand, group);
  }

  #candidate(i: number): Member | undefined {
    const kernel = rowKernel(at(this.#kernels, i));
    if (kernel === undefined) return undefined;
    const { reads, writes } = buffersOf(kernel);
    const old = writes.map((buffer) => this.#updated.get(buffer));
    return reads.some(({ buffer }) => old.includes(buffer)) ? undefined : kernel;
  }

  /** What makes the operand of the first reduction. */
  #pull(buffer: BufferId, group: Group): void {
    const writer = this.#writers.get(buffer);
    if (writer === undefined || this.#of.has(writer)) return;
    const kernel = this.#candidate(writer);
    if (kernel?.kind !== "map" || !fits(kernel, group.rows)) return;
    group.members = [writer, ...group.members];
    this.#of.set(writer, group);
  }

  #join(i: number, kernel: Member, group: Group): boolean {
    if (group.members.length >= MOST_KERNELS || !fits(kernel, group.rows)) return false;
    const isOurs = (buffer: BufferId): boolean => {
      const writer = this.#writers.get(buffer);
      return writer !== undefined && this.#of.get(writer) === group;
    };
    const reads = readsOf(kernel);
    if (reads.some(({ buffer, byRow }) => !byRow && isOurs(buffer))) return false;
    if (!reads.some(({ buffer, byRow }) => byRow && (isOurs(buffer) || this.#isRead(buffer, group))))
      return false;
    if (reads.some(({ buffer }) => !isOurs(buffer) && this.#dependsOn(buffer, group))) return false;
    group.members = [...group.members, i];
    this.#of.set(i, group);
    return true;
  }

  /** Whether kernels of the group read parts of it, so that it is in the cache. */
  #isRead(buffer: BufferId, { members }: Group): boolean {
    return members.some((i) => {
      const kernel = rowKernel(at(this.#kernels, i));
      return kernel !== undefined && readsOf(kernel).some((read) => read.isFull && read.buffer === buffer);
    });
  }

  /** Whether what makes the buffer, outside of the group, waits for it. */
  #dependsOn(buffer: BufferId, group: Group): boolean {
    const first = at(group.members, 0);
    const seen = new Set<number>();
    const pending: BufferId[] = [buffer];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const writer = this.#writers.get(next);
      if (writer === undefined || seen.has(writer)) continue;
      const unit = this.#of.get(writer);
      if (unit === group) return true;
      // What comes before waits for nothing of the group, unless it waits for another one, of which something comes later.
      if (writer < first && this.list.length === 1) continue;
      for (const member of unit?.members ?? [writer]) {
        seen.add(member);
        for (const read of buffersOf(at(this.#kernels, member)).reads) pending.push(read.buffer);
      }
    }
    return false;
  }
}

interface RowRead {
  readonly buffer: BufferId;
  /** Whether each part of the result is made of the same part of it. */
  readonly byRow: boolean;
  /** Whether it has an element for each of the result. */
  readonly isFull: boolean;
}

function readsOf(kernel: Member): readonly RowRead[] {
  if (kernel.kind === "reduce") return [{ buffer: kernel.operand, byRow: true, isFull: true }];
  const { ops } = kernel.body;
  const made = new Set(ops.map(({ result }) => result));
  return ops.flatMap(({ inputs }) =>
    inputs.flatMap((input) =>
      // What the kernel makes on the way it does not read, also where it writes it for others.
      input.kind === "constant" || made.has(input.buffer)
        ? []
        : [
            {
              buffer: input.buffer,
              byRow: input.access.kind === "full" || input.access.kind === "column",
              isFull: input.access.kind === "full",
            },
          ],
    ),
  );
}

/** Whether it can be done in so many equal parts. */
function fits(kernel: Member, rows: number): boolean {
  if (kernel.kind === "reduce") return linesOf(kernel) === rows;
  const { body } = kernel;
  const size = body.rows * body.columns;
  if (size === 0 || size % rows !== 0) return false;
  // The rows that operands are repeated by.
  const isPlain = body.ops.every(({ inputs }) =>
    inputs.every((input) => input.kind === "constant" || input.access.columns === 0),
  );
  return isPlain || (size > rows && body.rows === rows);
}

/** How many rows it reduces, one behind the other; undefined where it does something else. */
function linesOf(kernel: Kernel): number | undefined {
  if (kernel.kind !== "reduce") return undefined;
  const { lines } = reduceLoops(kernel);
  const isDense = lines !== undefined && lines.bytes === 4 * lines.length;
  return isDense && lines.count >= 4 && lines.length > 1 ? lines.count : undefined;
}
