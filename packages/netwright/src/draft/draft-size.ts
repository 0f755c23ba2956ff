// How large the model of a draft is and how it is trained, by the number of rows and of inputs: enough weights to learn,
// few enough to train in seconds, or a minute or two. Measured on the tables of `npm run tables`.

/** More columns than this are not described one by one where nothing has to be said of them: the file is to be read. */
export const MOST_DESCRIBED = 30;
/** Words are nothing to a network until they are described; more columns of them are left out. */
export const MOST_DESCRIBED_WORDS = 60;

export interface DraftSize {
  readonly width: number;
  readonly depth: number;
  /** L2 penalty of the weights, which keeps a model of few rows from learning them by heart; 0 for none. */
  readonly penalty: number;
  readonly batch: number;
  readonly epochs: number;
  readonly patience: number;
}

interface Step extends DraftSize {
  /** Of tables with fewer rows than this. */
  readonly below: number;
}

const STEPS: readonly Step[] = [
  { below: 200, width: 16, depth: 1, penalty: 3e-2, batch: 16, epochs: 300, patience: 40 },
  { below: 2_000, width: 64, depth: 2, penalty: 0, batch: 32, epochs: 300, patience: 40 },
  { below: 20_000, width: 128, depth: 2, penalty: 0, batch: 128, epochs: 200, patience: 25 },
  { below: 100_000, width: 128, depth: 2, penalty: 0, batch: 256, epochs: 60, patience: 10 },
];

const LARGEST: DraftSize = { width: 128, depth: 2, penalty: 0, batch: 512, epochs: 20, patience: 5 };

/** More weights than this for each row in the first layer are learned by heart. */
const WEIGHTS_A_ROW = 20;
const NARROWEST = 16;

/** `inputs` is how many numbers the features become. */
export function draftSize(rows: number, inputs: number): DraftSize {
  const size = STEPS.find(({ below }) => rows < below) ?? LARGEST;
  let { width } = size;
  while (width > NARROWEST && width * inputs > WEIGHTS_A_ROW * rows) width /= 2;
  return { ...size, width };
}
