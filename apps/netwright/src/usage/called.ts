// Texts say `netwright train` for a command to type. Who has it from npx types `npx netwright train`, and is told so.

/** `command` is how this process was called. Words in backticks, and lines that are a command. */
export function called(text: string, command: string): string {
  if (command === "netwright") return text;
  // Blanks are passed over from the beginning of a line alone, not from each of them.
  return text.replace(/(`|^ *)netwright (?=[a-z-]+\b)/gm, (_, before) => `${before}${command} `);
}
