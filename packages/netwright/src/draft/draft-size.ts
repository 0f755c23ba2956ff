// How large the model of a draft is and how it is trained, by the number of rows alone.

export interface DraftSize {
  readonly width: number;
  readonly depth: number;
  readonly loss: string;
  readonly batch: number;
  readonly epochs: number;
  readonly patience: number;
}

interface Step extends DraftSize {
  /** Of tables with fewer rows than this. */
  readonly below: number;
}

/** Enough weights to learn, few enough to train in a minute. */
const STEPS: readonly Step[] = [
  { below: 200, width: 16, depth: 1, loss: "mae", batch: 16, epochs: 300, patience: 40 },
  { below: 2_000, width: 64, depth: 2, loss: "mae", batch: 32, epochs: 300, patience: 40 },
  { below: 20_000, width: 128, depth: 2, loss: "mae", batch: 128, epochs: 300, patience: 40 },
];

const LARGEST: DraftSize = { width: 256, depth: 3, loss: "mae", batch: 256, epochs: 300, patience: 40 };

export function draftSize(rows: number): DraftSize {
  return STEPS.find(({ below }) => rows < below) ?? LARGEST;
}
