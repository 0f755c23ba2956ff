// `netwright help TOPIC`: the help of a command, the page of a code, or what is known of a layer, an activation, a
// setting or another name.

import { closest } from "@netwright/definitions";
import { type LibraryBlock, libraryBlock } from "@netwright/lang";
import { Command } from "commander";
import { type HelpPage, helpFor, helpForParam, helpNames, pageMarkdown, paramMarkdown } from "netwright";
import { codeTitles } from "../help/code-titles.ts";
import { documentNames, documentPage, isDocument, withContents } from "../help/document-page.ts";
import { errorPage } from "../help/error-page.ts";
import { renderMarkdown } from "../help/render-markdown.ts";
import { called } from "../usage/called.ts";
import { cliError } from "../usage/codes.ts";
import { type CommonOptions, withCommon } from "../usage/options.ts";
import type { Perform } from "../usage/perform.ts";
import { type CommandResult, done, failed } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

/** Text is not read well in longer lines. */
const WIDEST = 80;

export function helpCommand(perform: Perform, commandNames: readonly string[]): Command {
  const command = new Command("help")
    .description("Shows the help of a command, or explains a code, a layer, a loss, a setting ...")
    .argument(
      "[topic...]",
      "a command, a code such as NW0301, a name such as elu or train.batch, or a page such as docs/export.md",
    );
  return withCommon(command, "help NW0301").action((words: readonly string[], options: CommonOptions) =>
    perform(options, (session) => {
      const named = commandAt(command.parent, words);
      return named === undefined
        ? explain(words.join(" "), session, commandNames)
        : commandHelp(named, session);
    }),
  );
}

/** `plot activation` is a command in a command. */
function commandAt(program: Command | null, words: readonly string[]): Command | undefined {
  let found = program ?? undefined;
  for (const word of words) found = found?.commands.find((one) => one.name() === word);
  return found;
}

/** Commander prints it itself, with what stands before and after. */
function commandHelp(command: Command, { options }: Session): CommandResult {
  if (options.format === "text") command.outputHelp();
  return done("", { topic: command.name(), text: command.helpInformation() });
}

function explain(topic: string, session: Session, commandNames: readonly string[]): CommandResult {
  const code = topic.toUpperCase();
  const width = Math.min(WIDEST, session.io.stdout.columns ?? WIDEST);
  const show = (markdown: string, page?: string) =>
    renderMarkdown(called(markdown, session.io.command), width, session.colours, page);
  if (Object.hasOwn(codeTitles, code)) {
    const markdown = errorPage(code);
    return done(show(markdown), { topic: code, title: codeTitles[code], markdown });
  }
  const document = () => documentHelp(topic, session, show);
  if (isDocument(topic)) return document() ?? unknown(topic, session, commandNames);
  // `learning rate`, as people say it.
  const name = topic.trim().replace(/[\s-]+/g, "_");
  const pages: readonly HelpPage[] = helpFor(name);
  if (pages.length > 0)
    return done(pages.map((page) => show(pageMarkdown(page))).join("\n\n"), { topic, pages });
  const block = libraryBlock(topic);
  if (block !== undefined) return done(show(blockMarkdown(block)), { topic, ...block });
  const params = helpForParam(name);
  if (params.length > 0) return done(show(paramMarkdown(name, params)), { topic, parameters: params });
  return document() ?? unknown(topic, session, commandNames);
}

/** Null where there is no such page. */
function documentHelp(
  topic: string,
  session: Session,
  show: (markdown: string, page: string) => string,
): CommandResult | null {
  const found = documentPage(topic);
  if (found === null) return null;
  if ("section" in found) {
    const { page, section, sections } = found;
    const meant = closest(section, sections);
    const notes = [
      ...(meant === undefined ? [] : [`Did you mean \`netwright help ${page}#${meant}\`?`]),
      `\`netwright help ${page}\` lists its sections.`,
    ];
    return failed(session, [cliError("NW0901", `\`${page}\` has no section \`${section}\``, ...notes)]);
  }
  return done(show(withContents(found), found.name), { topic, ...found });
}

function unknown(topic: string, session: Session, commandNames: readonly string[]): CommandResult {
  const names = [...commandNames, ...Object.keys(codeTitles), ...helpNames(), ...documentNames()];
  const known = closest(topic, names);
  const notes = [
    ...(known === undefined ? [] : [`Did you mean \`netwright help ${known}\`?`]),
    "Topics are commands, codes such as NW0301, the names that a .net file may hold, and pages such as docs/export.md.",
  ];
  return failed(session, [cliError("NW0901", `there is no help on \`${topic}\``, ...notes)]);
}

function blockMarkdown({ library, name, signature, comment }: LibraryBlock): string {
  const parts = [
    `# ${name}: block of the library ${library}`,
    `\`${signature}\``,
    ...(comment === "" ? [] : [comment]),
    `A file brings it in with \`use "${library}"\`.`,
  ];
  return `${parts.join("\n\n")}\n`;
}
