// A process of its own that trains, saves and sweeps, and says what it has kept: to be killed at any time.

import { openSmall, trainAndSave } from "./small-training.ts";

const [folder = "."] = process.argv.slice(2);
const training = await openSmall(folder);
process.stdout.write("begin\n");
await trainAndSave(training, {}, { onKept: (epoch) => process.stdout.write(`kept ${epoch}\n`) });
process.stdout.write("saved\n");
