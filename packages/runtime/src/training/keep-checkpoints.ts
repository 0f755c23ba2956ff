// Checkpoints of a training that is under way, so that whatever ends the process, little is lost. They decide nothing about
// the result, and one that fails ends nothing. Unless it is asked to, training waits for none of them: one is taken only when
// the last one is put away, and when the time that it takes is a hundredth of the time since then, but every minute in any case.

import { isBackendError } from "../backend/is-backend-error.ts";
import type { Checkpoint } from "./checkpoint.ts";

export interface Checkpointing {
  /** Epochs from one to the next; null leaves it to the time. */
  readonly every: number | null;
  /**
   * Puts one away, and resolves when it is safe, or cannot be made so: with the milliseconds for which training has stood still. What
   * it does until its first wait is counted by whoever calls it.
   */
  readonly keep: (checkpoint: Checkpoint) => Promise<number>;
  /** Whether training waits until each one is put away. Then one is kept whenever it is due. Default: false. */
  readonly waits?: boolean;
  /** Told of the first checkpoint that could not be copied or put away, as there was no memory for it. Training goes on. */
  readonly onFailure?: (error: unknown) => void;
}

/** Gives the checkpoint, or null where the state is not to be kept. */
type Take = () => Checkpoint | null;

export interface CheckpointKeeper {
  /** Whether `afterStep` would take one now. */
  readonly isDue: () => boolean;
  /** Takes one if one is due; a promise to wait for, if so. @throws BackendError where the state cannot be had */
  readonly afterStep: (take: Take) => Promise<void> | null;
  /** The same when an epoch is complete. */
  readonly afterEpoch: (take: Take) => Promise<void> | null;
  /** Whether one is being put away, which the event loop must run for. */
  readonly isBusy: () => boolean;
  /** Resolves when none is being put away, also where that failed. */
  readonly settled: () => Promise<void>;
}

const MINUTE_MS = 60_000;
/** Training stands still for checkpoints for less than one in so many parts of the time. */
const SHARE = 100;
/** What the first one is expected to cost: a few calls of the system, and copies and hashes of so many bytes in a millisecond. */
const CALLS_MS = 2;
const BYTES_PER_MS = 250_000;

/** `bytes` is the size of the state. */
export function createKeeper(
  plan: Checkpointing | undefined,
  bytes: number,
  now: () => number,
): CheckpointKeeper {
  let last = now();
  let cost = CALLS_MS + bytes / BYTES_PER_MS;
  let epochs = 0;
  let pending: Promise<void> | null = null;
  let hasFailed = false;

  function start(checkpointing: Checkpointing, take: Take): Promise<void> | null {
    last = now();
    epochs = 0;
    const checkpoint = taken(checkpointing, take);
    if (checkpoint === null) return null;
    pending = putAway(checkpointing, checkpoint).finally(() => {
      pending = null;
    });
    return checkpointing.waits === true ? pending : null;
  }
  function taken(checkpointing: Checkpointing, take: Take): Checkpoint | null {
    try {
      return take();
    } catch (error) {
      // What computes is lost, and there is nothing to go on with.
      if (isBackendError(error)) throw error;
      failed(checkpointing, error);
      return null;
    }
  }
  async function putAway(checkpointing: Checkpointing, checkpoint: Checkpoint): Promise<void> {
    try {
      const kept = checkpointing.keep(checkpoint);
      const spent = now() - last;
      cost = spent + (await kept);
    } catch (error) {
      failed(checkpointing, error);
    }
  }
  function failed({ onFailure }: Checkpointing, error: unknown): void {
    if (!hasFailed) onFailure?.(error);
    hasFailed = true;
  }
  const isDue = (): boolean => plan !== undefined && pending === null && now() - last >= MINUTE_MS;
  return {
    isDue,
    afterStep: (take) => (plan !== undefined && isDue() ? start(plan, take) : null),
    afterEpoch(take) {
      epochs++;
      if (plan === undefined || pending !== null) return null;
      const passed = now() - last;
      const isAffordable = plan.waits === true || passed >= SHARE * cost;
      const isDue = plan.every !== null && epochs >= plan.every && isAffordable;
      return isDue || passed >= MINUTE_MS ? start(plan, take) : null;
    },
    isBusy: () => pending !== null,
    settled: async () => {
      await pending;
    },
  };
}
