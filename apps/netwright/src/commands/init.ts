// `netwright init DATA`: a first file for a table, ready to train.

import { statSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve, sep } from "node:path";
import { unfitSettings } from "@netwright/data";
import { count } from "@netwright/definitions";
import { Command, Option } from "commander";
import {
  type DraftedNet,
  draftNet,
  IS_DIRECTORY,
  leftOutLines,
  openTable,
  pictureFrom,
  type RecipeName,
  type RefusalCause,
  recipeNames,
  type Task,
  tasks,
  unreadableData,
} from "netwright";
import { examples } from "#examples";
import { prose } from "../output/prose.ts";
import { shellWord } from "../output/shell-word.ts";
import { readingOf, readTable, STDIN } from "../project/read-table.ts";
import { blockedOutputs, writeOutput } from "../project/write-output.ts";
import { type CliCode, cliError } from "../usage/codes.ts";
import { type CommonOptions, type ForceOption, withCommon, withForce } from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done, failed, failedWith } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";
import { initExample } from "./init-example.ts";
import { FOLDER_COLUMN, type PicturesInFolders, picturesBelow, picturesIn } from "./pictures-in.ts";

type InitOptions = CommonOptions &
  ForceOption & {
    readonly target?: string;
    readonly task?: Task;
    readonly recipe?: RecipeName;
    readonly sheet?: string;
    readonly output?: string;
    readonly example?: string;
  };

export function initCommand(perform: Perform): Command {
  const command = new Command("init")
    .description("Writes a first .net file for a table: columns, scaling, split and a model of sensible size")
    .argument(
      "[data]",
      "a table in any format, a quoted pattern of several files, or a folder with one of pictures for each class; with --example, the folder to write to",
    )
    .option(
      "-t, --target <column>",
      "the column to predict; default: one called target, label, class, outcome, response or y, else the last one",
    )
    .addOption(
      new Option(
        "--task <task>",
        "what the values of the target are; default: words are classes, numbers what they look like",
      ).choices(tasks),
    )
    .addOption(
      new Option(
        "--recipe <recipe>",
        "which network and training; default: tabm for classes, deep_ensemble or, from 2,000 rows on, real_mlp_ensemble for numbers, plain for very small, large or wide tables",
      ).choices(recipeNames),
    )
    .option("--sheet <name>", "of a workbook: which sheet; default: the first")
    .option("-o, --output <file>", "the file to write; default: beside the table, with its name")
    .addOption(
      new Option("--example <name>", "writes an example and its data instead").choices(
        examples.map(({ name }) => name),
      ),
    );
  return withCommon(withForce(command), "init concrete.csv --target CompressiveStrength").action(
    (data: string | undefined, options: InitOptions) =>
      perform(options, async (session) => {
        const { force = false } = options;
        const example = examples.find(({ name }) => name === options.example);
        if (example !== undefined && options.output !== undefined)
          return failed(session, [exampleOutput(example.name)]);
        if (example !== undefined) return initExample(session, example, data ?? ".", force);
        return data === undefined ? failed(session, [noTable()]) : init(session, data, options);
      }),
  );
}

function exampleOutput(example: string) {
  return cliError(
    "NW0901",
    "`--output` names the file for a table; an example is several",
    `The folder for it is the argument: \`init --example ${example} FOLDER\`.`,
  );
}

function noTable() {
  return cliError(
    "NW0901",
    "missing required argument 'data'",
    "Without a table of your own, `--example concrete` writes one, with its model.",
    "`netwright init --help` shows what there is.",
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function noTableIn(folder: string) {
  const several = shellWord(join(folder, "*.csv"));
  const below = picturesBelow(folder);
  // Of `test` and `train` the one to learn from.
  const train = below.find((one) => /train/i.test(basename(one.folder)));
  const first = train ?? below[0];
  const other = train === undefined ? undefined : below.find((one) => one !== train);
  return unreadableData(
    folder,
    IS_DIRECTORY,
    [
      `Several files that are one table are a pattern in quotes: \`netwright init ${several}\`.`,
      "A folder is taken where it has one of pictures (PNG, JPEG) for each class in it.",
      ...(first === undefined
        ? []
        : [`\`${first.folder}\` is such a folder: \`netwright init ${shellWord(first.folder)}\`.`]),
      ...(other === undefined
        ? []
        : [
            `Pictures of \`${other.folder}\` are then for \`netwright evaluate RUN --data ${shellWord(other.pattern)}\`.`,
          ]),
    ],
    undefined,
  );
}

async function init(session: Session, asked: string, options: InitOptions): Promise<CommandResult> {
  if (asked === STDIN) {
    const message = "`init` needs a file: what it writes names the table";
    return failed(session, [cliError("NW0901", message, "Save the table first, then: init table.csv")]);
  }
  const { sheet } = options;
  const pictures = picturesIn(asked);
  if (pictures === null && isFolder(asked)) return failed(session, [noTableIn(asked)]);
  const data = pictures?.pattern ?? asked;
  const named = sheet === undefined ? {} : { sheet };
  const opened = openTable(data);
  if (opened.ok && unfitSettings(data, opened.table, named).length > 0) {
    const message = `\`--sheet\` is for a workbook, and \`${data}\` is none`;
    return failed(session, [cliError("NW0901", message, "Leave it out.")]);
  }
  const folder = pictures === null ? {} : { folderColumn: FOLDER_COLUMN };
  const table = await readTable(data, session.io, { ...named, ...folder });
  if (!table.ok) return failedWith(session, table);
  session.report(table.diagnostics);
  const rule = { force: options.force === true, inputs: [data] };
  const stem = stemOf(pictures?.folder ?? data);
  const output = options.output ?? join(dirname(pictures?.folder ?? data), `${stem}.net`);
  const blocked = blockedOutputs([output], rule);
  if (blocked.length > 0) return failed(session, blocked);
  const reading = readingOf(table.value);
  const draft = draftNet(table.value, {
    source: relative(resolve(dirname(output)), resolve(data))
      .split(sep)
      .join("/"),
    name: nameOf(stem),
    ...named,
    ...(pictures === null ? {} : { folderColumn: FOLDER_COLUMN }),
    ...(options.target === undefined ? {} : { target: options.target }),
    ...(options.task === undefined ? {} : { task: options.task }),
    ...(options.recipe === undefined ? {} : { recipe: options.recipe }),
    picture: (file) => pictureFrom(file, data, ["."]),
  });
  if (!draft.ok) {
    const message = `no model can be drafted for \`${data}\`: ${draft.problem}`;
    return failed(session, [cliError(CODES[draft.cause], message, ...draft.remedies)]);
  }
  const problem = writeOutput(output, draft.text, rule);
  if (problem !== null) return failed(session, [problem]);
  return done(reportOf(draft, pictures, reading, output, session), {
    file: output,
    ...(reading === null ? {} : { reading }),
    target: draft.target,
    reason: draft.reason,
    task: draft.task,
    recipe: draft.recipe,
    ...(draft.fewNumbers === null ? {} : { few_numbers: draft.fewNumbers }),
    features: draft.features,
    left_out: draft.leftOut,
    rows_without_target: draft.rowsWithoutTarget,
  });
}

const CODES: { readonly [C in RefusalCause]: CliCode } = {
  "no-target": "NW0905",
  words: "NW0906",
  "odd-cells": "NW0907",
  "no-features": "NW0908",
  "few-rows": "NW0909",
};

/** What was chosen and what was left out, a line each. */
function reportOf(
  draft: DraftedNet,
  pictures: PicturesInFolders | null,
  reading: string | null,
  file: string,
  { io, width }: Session,
): string {
  const { target, reason, task, fewNumbers, from, leftOut, rowsWithoutTarget: dropped } = draft;
  const taken = task === "numbers" ? "" : `, as ${task},`;
  const said = [
    `${file}: predicts \`${target}\` (${reason})${taken} from ${from}`,
    ...(fewNumbers === null
      ? []
      : [
          `  \`${target}\` has ${count(fewNumbers, "different whole number")}: if they are ${task === "classes" ? "numbers" : "classes"}, \`--task ${task === "classes" ? "numbers" : "classes"}\` predicts them as such`,
        ]),
    ...(reading === null ? [] : [`  ${reading}`]),
    ...(pictures === null || pictures.others === 0
      ? []
      : [
          `  left out: ${count(pictures.others, "file")} in these folders that \`${pictures.pattern}\` does not fit`,
          ...(pictures.otherPictures === 0
            ? []
            : [
                `  ${count(pictures.otherPictures, "picture")} among them: in folders with pictures alone, those of all endings are taken`,
              ]),
        ]),
    ...leftOutLines(leftOut).map((line) => `  left out: ${line}`),
    ...(dropped === 0 ? [] : [`  left out: ${count(dropped, "row")} without a value of \`${target}\``]),
  ];
  const lines = [
    ...said.map((line) => prose(line, width)),
    `Read it, then: ${io.command} train ${shellWord(file)}`,
  ];
  return `${lines.join("\n")}\n`;
}

/** The name of the file without its endings; of a pattern what it says, or the folder of the files. */
function stemOf(data: string): string {
  const unpacked = basename(data).replace(/\.(?:gz|zst)$/i, "");
  const stem = basename(unpacked, extname(unpacked));
  if (!/[*?]/.test(data)) return stem;
  const said = stem.replace(/[*?]+/g, "").replace(/^\W+|\W+$/g, "");
  const folder = basename(dirname(data)).replace(/[*?]+/g, "");
  return said || folder.replace(/^\.+$/, "") || "table";
}

/** A name of the language from the name of a file. */
function nameOf(stem: string): string {
  const name = stem.replace(/\W+/g, "_").replace(/^(?=\d)/, "table_");
  return /^[A-Za-z]\w*$/.test(name) ? name : "table";
}
