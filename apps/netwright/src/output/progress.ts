// Progress of a training: a line that is redrawn on a terminal, a line every tenth of the epochs elsewhere.

import type { EpochEvent, StartEvent, StepEvent, TrainingCallbacks } from "@netwright/runtime";
import { SingleBar } from "cli-progress";
import type { Io } from "../io/io.ts";
import { type ProgressState, progressLine, progressWords } from "./progress-line.ts";

export interface TrainingProgress {
  readonly callbacks: TrainingCallbacks;
  /** Ends the line that is redrawn; nothing is drawn afterwards. */
  readonly stop: () => void;
}

export function trainingProgress(io: Pick<Io, "stderr" | "now">, quiet = false): TrainingProgress {
  if (quiet) return { callbacks: {}, stop: () => {} };
  return io.stderr.isTTY === true ? redrawnLine(io) : fewLines(io);
}

const REDRAW_MS = 100;

function redrawnLine({ stderr, now }: Pick<Io, "stderr" | "now">): TrainingProgress {
  const tracker = createTracker(now);
  const bar = new SingleBar({
    stream: stderr,
    // Read anew each time, as a window may be resized. One character less: a full line would wrap.
    format: () => progressLine(tracker.state(), (stderr.columns ?? 80) - 1),
    // Switching wrapping off would outlive a process that is killed.
    linewrap: true,
    fps: 1000 / REDRAW_MS,
  });
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    callbacks: {
      onStart: (event) => {
        tracker.start(event);
        bar.start(1, 0);
      },
      onStep: (event) => {
        tracker.step(event);
        if (now() - drawn < REDRAW_MS) return;
        drawn = now();
        bar.update(tracker.state().fraction);
      },
      onEpoch: tracker.epoch,
    },
    stop: () => bar.stop(),
  };
}

const LINES = 10;

function fewLines({ stderr, now }: Pick<Io, "stderr" | "now">): TrainingProgress {
  const tracker = createTracker(now);
  let tenth = 0;
  return {
    callbacks: {
      onStart: (event) => {
        tracker.start(event);
        tenth = Math.floor(((event.epoch - 1) * LINES) / event.epochs);
      },
      onStep: tracker.step,
      onEpoch: (event) => {
        tracker.epoch(event);
        const state = tracker.state();
        const reached = Math.floor((event.epoch * LINES) / state.epochs);
        if (reached === tenth) return;
        tenth = reached;
        stderr.write(`${progressWords(state)}\n`);
      },
    },
    stop: () => {},
  };
}

/** What the events say, together: speed and time left are those of the training so far. */
function createTracker(now: () => number) {
  let plan: StartEvent = { epochs: 1, steps: 1, rows: 0, epoch: 1, step: 0 };
  let started = now();
  let rows = 0;
  let stepsBefore = 0;
  let steps = 0;
  let epoch = 1;
  let loss: number | null = null;
  let validation: number | null = null;
  return {
    start: (event: StartEvent) => {
      plan = event;
      started = now();
      epoch = Math.min(event.epoch, event.epochs);
      stepsBefore = (event.epoch - 1) * event.steps + event.step;
      steps = stepsBefore;
    },
    step: (event: StepEvent) => {
      rows += event.rows;
      steps = (event.epoch - 1) * event.steps + event.step;
      ({ epoch, loss } = event);
    },
    epoch: (event: EpochEvent) => {
      loss = event.loss;
      validation = event.validation_loss;
    },
    state: (): ProgressState => {
      const seconds = (now() - started) / 1000;
      const total = plan.epochs * plan.steps;
      const done = steps - stepsBefore;
      const running = done > 0 && seconds > 0;
      return {
        epoch,
        epochs: plan.epochs,
        fraction: total === 0 ? 1 : steps / total,
        loss,
        validation,
        rate: running ? rows / seconds : null,
        secondsLeft: running ? ((total - steps) * seconds) / done : null,
      };
    },
  };
}
