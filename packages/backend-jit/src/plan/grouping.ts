// Which operations share a kernel. Elementwise operations join the kernel that makes an operand they read in
// place: a contraction (as its epilogue) or a group of elementwise operations. Those that depend on nothing but
// parameters float: they are computed again, in registers, in every kernel that wants them. Joining never
// makes two kernels wait for one another.

import type { PointwiseInput, PointwiseOp } from "../kernels/body.ts";
import type { BufferId } from "../kernels/rule.ts";
import { buffersOf, type Kernel } from "../kernels/table.ts";
import { FULL } from "./access.ts";
import { type Draft, fixedDraft, mapDraft } from "./draft.ts";

interface Addition {
  readonly ops: PointwiseOp[];
  readonly made: BufferId[];
  readonly reads: BufferId[];
  columns: number | undefined;
}

type BufferInput = Extract<PointwiseInput, { readonly kind: "buffer" }>;

interface Floating {
  readonly op: PointwiseOp;
  readonly size: number;
}

export class Grouping {
  readonly drafts: Draft[] = [];
  readonly #producers = new Map<BufferId, Draft>();
  readonly #floating = new Map<BufferId, Floating>();

  addKernel(kernel: Kernel): void {
    const { reads, writes } = buffersOf(kernel);
    for (const { buffer } of reads) this.materialise(buffer);
    this.#append(
      fixedDraft(
        kernel,
        reads.map(({ buffer }) => buffer),
        writes,
      ),
    );
  }

  addContraction(draft: Draft): void {
    for (const buffer of draft.reads) this.materialise(buffer);
    this.#append(draft);
  }

  addPointwise(op: PointwiseOp, size: number): void {
    op.inputs.forEach((input) => {
      if (input.kind === "buffer" && input.access.kind !== "full") this.materialise(input.buffer);
    });
    const producers: Draft[] = [];
    op.inputs.forEach((input) => {
      if (input.kind === "constant" || input.access.kind !== "full") return;
      const producer = this.#producers.get(input.buffer);
      if (producer !== undefined && !producers.includes(producer)) producers.push(producer);
    });
    if (producers.length === 0) {
      this.#floating.set(op.result, { op, size });
      return;
    }
    // The latest first: most of what the operation reads is ready there.
    const isJoined = producers
      .sort((a, b) => b.position - a.position)
      .some((draft) => draft.core.kind !== "fixed" && draft.size === size && this.#join(op, draft));
    if (!isJoined) this.#begin(op, size);
  }

  /** The draft that writes the buffer, where another reads it. */
  producerOf(buffer: BufferId): Draft | undefined {
    return this.#producers.get(buffer);
  }

  /** Makes sure that some kernel writes the buffer, unless it is there from the start. */
  materialise(buffer: BufferId): void {
    const floating = this.#floating.get(buffer);
    if (floating === undefined || this.#producers.has(buffer)) return;
    this.#begin(floating.op, floating.size);
  }

  #begin(op: PointwiseOp, size: number): void {
    const draft = mapDraft(size);
    if (!this.#join(op, draft)) {
      // Operands that are computed on the way see the array as other rows and columns.
      for (const input of op.inputs) if (input.kind === "buffer") this.materialise(input.buffer);
      if (!this.#join(op, draft)) throw new Error("an elementwise operation fits no kernel of its own");
    }
    this.#append(draft);
  }

  #append(draft: Draft): void {
    draft.position = this.drafts.push(draft) - 1;
    for (const buffer of draft.made) this.#producers.set(buffer, draft);
  }

  #join(op: PointwiseOp, draft: Draft): boolean {
    const addition: Addition = { ops: [], made: [], reads: [], columns: draft.columns };
    if (!this.#extend(addition, op, draft)) return false;
    draft.columns = addition.columns;
    draft.ops.push(...addition.ops);
    addition.made.forEach((buffer) => {
      draft.made.add(buffer);
    });
    addition.reads.forEach((buffer) => {
      draft.reads.add(buffer);
    });
    this.#producers.set(op.result, draft);
    return true;
  }

  /** Adds the operation and the floating ones that it needs; false where it cannot run in the draft. */
  #extend(addition: Addition, op: PointwiseOp, draft: Draft): boolean {
    if (!op.inputs.every((input) => input.kind === "constant" || this.#takes(addition, input, draft)))
      return false;
    addition.ops.push(op);
    addition.made.push(op.result);
    return true;
  }

  #takes(addition: Addition, { buffer, access }: BufferInput, draft: Draft): boolean {
    if (access.columns !== 0) {
      if (addition.columns !== undefined && addition.columns !== access.columns) return false;
      addition.columns = access.columns;
    }
    if (access.kind === FULL.kind) {
      if (draft.made.has(buffer) || addition.made.includes(buffer)) return true;
      const floating = this.#floating.get(buffer);
      if (floating !== undefined && !this.#producers.has(buffer)) {
        return this.#extend(addition, floating.op, draft);
      }
    }
    const producer = this.#producers.get(buffer);
    if (producer !== undefined && (producer === draft || this.#dependsOn(producer, draft))) return false;
    addition.reads.push(buffer);
    return true;
  }

  #dependsOn(draft: Draft, other: Draft): boolean {
    const seen = new Set<Draft>();
    const pending = [draft];
    for (const each of pending) {
      for (const buffer of each.reads) {
        const producer = this.#producers.get(buffer);
        if (producer === other) return true;
        if (producer !== undefined && !seen.has(producer)) {
          seen.add(producer);
          pending.push(producer);
        }
      }
    }
    return false;
  }
}
