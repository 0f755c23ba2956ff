// Steps of an epoch, some at a time. A backend that computes on other threads than its caller's gets the next run of steps before it
// has done one: its threads wait for no one, and the caller is woken once for a whole run. Steps that are prepared together cost it
// a third of what each costs alone, as what it needs is in the caches of the processor then.

import { type Executable, numberOf } from "../executable/executable.ts";
import { type BatchFeed, filled } from "./batch-feed.ts";

/** Steps in order that were begun. */
export interface StepRun {
  readonly count: number;
  /** Whether other threads may still be at it, so that another run can be begun behind it. */
  readonly isRunning: boolean;
  /** Waits for its end, and gives the loss of each step; called once, and before that of a later run. */
  readonly losses: () => readonly number[];
}

export interface StepRuns {
  /** One or more, from `step` of an epoch on. */
  readonly begin: (epoch: number, step: number) => StepRun;
  /**
   * Waits for what was begun and not waited for, where nobody asks for its losses any more: until then it holds memory, and the
   * machine is at work. Throws nothing: whatever fails here comes after what made the losses unwanted.
   */
  readonly drop: () => void;
}

/** How long a run should take: an interrupt waits for two, the one that is computed and the one behind it. */
const RUN_MS = 20;
const MOST = 16;

/** `now` decides how many steps are in a run, and never what they compute. */
export function createStepRuns(executable: Executable, feed: BatchFeed, now: () => number): StepRuns {
  let size = 1;
  let ended = now();
  const underWay = new Set<() => void>();
  return {
    begin: (epoch, first) => {
      const begun = now();
      const count = Math.min(size, feed.steps - first);
      const steps = Array.from({ length: count }, (_, i) =>
        beginStep(executable, feed, epoch, first + i, underWay),
      );
      const isRunning = steps.some((step) => step.isRunning);
      const losses = (): readonly number[] => {
        // When the last one is done, there is nothing to wait for in the others.
        const backwards = steps.toReversed().map(({ loss }) => loss());
        const since = Math.max(begun, ended);
        ended = now();
        size = isRunning ? Math.max(1, Math.min(MOST, Math.floor((RUN_MS * count) / (ended - since)))) : 1;
        return backwards.reverse();
      };
      return { count, isRunning, losses };
    },
    drop: () => {
      for (const end of [...underWay].reverse()) {
        try {
          end();
        } catch {
          // The others are still to be waited for.
        }
      }
    },
  };
}

interface BegunStep {
  readonly isRunning: boolean;
  /** Waits for its end. */
  readonly loss: () => number;
}

/** Its end is in `underWay` until it is called: once, whatever comes of it. */
function beginStep(
  executable: Executable,
  feed: BatchFeed,
  epoch: number,
  step: number,
  underWay: Set<() => void>,
): BegunStep {
  const invocation = filled(executable, feed, epoch, step);
  const end = invocation.begin?.();
  if (end === undefined) {
    invocation.run();
    const loss = numberOf(invocation, "loss");
    return { isRunning: false, loss: () => loss };
  }
  const ending = (): void => {
    underWay.delete(ending);
    end();
  };
  underWay.add(ending);
  return {
    isRunning: true,
    loss: () => {
      ending();
      return numberOf(invocation, "loss");
    },
  };
}
