// Values with any number of blanks between them, as programs for people and for Fortran write them, made into values
// with a tab between them.

/** Blanks at both ends of a line are taken off. What stands in quotation marks stays as it is. */
export function blanksToTabs(text: string, quote: string): string {
  if (!text.includes(quote)) return text.split("\n").map(joined).join("\n");
  const parts: string[] = [];
  let line = "";
  // Outside of quotes from `start` on.
  let start = 0;
  let inQuotes = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (inQuotes) {
      if (character !== quote) continue;
      if (text[i + 1] === quote) {
        i += 1;
        continue;
      }
      inQuotes = false;
      line += text.slice(start, i + 1);
      start = i + 1;
    } else if (character === quote && opens(text, i)) {
      line += text.slice(start, i).replace(/[ \t]+/g, "\t");
      start = i;
      inQuotes = true;
    } else if (character === "\n") {
      parts.push((line + text.slice(start, i).replace(/[ \t]+/g, "\t")).replace(/^\t|\t$/g, ""));
      line = "";
      start = i + 1;
    }
  }
  const rest = text.slice(start);
  parts.push((line + (inQuotes ? rest : rest.replace(/[ \t]+/g, "\t"))).replace(/^\t|\t$/g, ""));
  return parts.join("\n");
}

function joined(line: string): string {
  return line.replace(/[ \t]+/g, "\t").replace(/^\t|\t$/g, "");
}

/** Whether a quotation mark stands where a value may begin. */
function opens(text: string, at: number): boolean {
  return at === 0 || /[ \t\n]/.test(text[at - 1] ?? "");
}
