// All that is done with a run: it predicts, its training goes on, it is exported, shown and opened again.

import type { RunBundle } from "@netwright/runtime";
import {
  type Checked,
  diffModels,
  explain,
  exportRun,
  memoryFiles,
  openModel,
  openProject,
  resolvedText,
  runTraining,
  savedModel,
  tableOf,
} from "netwright";
import type { Subject } from "./subjects.ts";

/** The predictions, to the bit, or the codes of why there are none. */
export async function predictionsOf({ backend, rows }: Subject, { model }: RunBundle): Promise<string> {
  const opened = await openModel(model, backend, { rows: rows.length });
  if (!opened.ok) return refusalOf(opened);
  try {
    const predicted = opened.value.predict(rows);
    return predicted.ok ? JSON.stringify(predicted.value) : refusalOf(predicted);
  } finally {
    opened.value.dispose();
  }
}

/** What the training ends in when it goes on, or the codes of why it does not; null without a checkpoint. */
export async function continuationOf(
  { backend, project }: Subject,
  bundle: RunBundle,
): Promise<string | null> {
  const { checkpoint } = bundle;
  if (checkpoint === null) return null;
  const trained = await runTraining(project, { backend, resume: { ...bundle, checkpoint } });
  if (!trained.ok) return refusalOf(trained);
  const { record, history } = trained.value.bundle;
  // Times are other ones each time.
  const lines = history.map(({ seconds: _, ...line }) => line);
  return JSON.stringify([record.hash, record.splits, record.epochs, record.status, lines]);
}

const table = "a;b;day;y;kind\n1;2;mo;3;odd\n\n4,5;6;tu;NA;even\n";

/** Tables as its file says that they are written, for predictions and for a measure. */
async function readTables({ backend }: Subject, { model }: RunBundle): Promise<void> {
  const opened = await openModel(model, backend, { rows: 2 });
  if (!opened.ok) return;
  try {
    const read = tableOf(table, "table.csv", opened.value.reading);
    if (!read.ok) return checkDiagnostics(read);
    const predicted = opened.value.predict(read.value);
    if (!predicted.ok) checkDiagnostics(predicted);
    const evaluated = await opened.value.evaluate(read.value);
    if (!evaluated.ok) checkDiagnostics(evaluated);
  } finally {
    opened.value.dispose();
  }
}

/** Everything else that is done with a run. Each throws what is an error of ours, and where a name leads out of a folder. */
export const otherUses: readonly ((subject: Subject, bundle: RunBundle) => Promise<void>)[] = [
  readTables,
  async (_, bundle) => {
    const exported = await exportRun(bundle);
    if (!exported.ok) return checkDiagnostics(exported);
    const { name } = exported.value;
    if (/[/\\:\p{Cc}]|^\./u.test(name)) throw new Error(`an export is named ${JSON.stringify(name)}`);
  },
  async ({ project }, { model: file }) => {
    const saved = await savedModel(file);
    if (!saved.ok) return checkDiagnostics(saved);
    resolvedText(saved.value.model);
    explain(saved.value.model);
    if (project.model !== undefined) diffModels(saved.value.model, project.model);
  },
  async (_, { model: { sources }, record }) => {
    const [main] = sources;
    const overrides = Object.entries(record.overrides).map(([path, value]) => ({ path, value }));
    const files = memoryFiles(new Map(sources.map(({ path, text }) => [path, text])));
    openProject({ file: main?.path ?? "", text: main?.text ?? "" }, { files, overrides });
  },
];

function refusalOf(refused: Checked<unknown>): string {
  checkDiagnostics(refused);
  return refused.diagnostics.map(({ code }) => code).join(" ");
}

/** @throws where nothing is said, or more than anybody reads */
function checkDiagnostics({ diagnostics }: Checked<unknown>): void {
  checkProblems(diagnostics);
}

/** The same for problems of the runtime. */
export function checkProblems(
  problems: readonly { readonly code: string; readonly message: string }[],
): void {
  if (problems.length === 0) throw new Error("it was refused, and nothing says why");
  const long = problems.find(({ message }) => message.length > 2000);
  if (long !== undefined) throw new Error(`a message of ${long.message.length} letters: ${long.code}`);
  if (problems.length > 40) throw new Error(`${problems.length} problems`);
}
