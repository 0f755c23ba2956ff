// Text as HTML.

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** For text and for attributes in double quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

export function plainText(html: string): string {
  const text = html.replace(/<[^>]*>/g, "");
  return Object.entries(ENTITIES).reduce(
    (rest, [character, entity]) => rest.replaceAll(entity, character),
    text,
  );
}
