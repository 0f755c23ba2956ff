// Filters and orders the list of all pages while someone types, and for `all.html?q=...`. The list is whole without.

const input = document.querySelector("input[type=search]");
const list = document.getElementById("list");
const found = document.getElementById("found");
const everything = found.textContent;
const items = [...list.children].map((element) => ({
  element,
  title: element.dataset.title,
  text: element.textContent.toLowerCase(),
}));

/** Smaller is better; Infinity is no match. Every word must be there. */
function rank({ title, text }, query, words) {
  if (title === query) return 0;
  if (title.startsWith(query)) return 1;
  if (words.every((word) => title.includes(word))) return 2;
  return words.every((word) => text.includes(word)) ? 3 : Number.POSITIVE_INFINITY;
}

function search() {
  const query = input.value.trim().toLowerCase();
  const words = query.split(/\s+/);
  const ranked = items.map((item, i) => ({ ...item, i, rank: query === "" ? 0 : rank(item, query, words) }));
  ranked.sort((a, b) => a.rank - b.rank || a.i - b.i);
  for (const { element, rank: found } of ranked) {
    element.hidden = found === Number.POSITIVE_INFINITY;
    list.append(element);
  }
  const count = ranked.filter((item) => item.rank !== Number.POSITIVE_INFINITY).length;
  found.textContent = query === "" ? everything : told(count, input.value.trim());
}

/** What the search did, for eyes and for screen readers, which read it out as it changes. */
function told(count, query) {
  if (count > 0) return `${count} ${count === 1 ? "page" : "pages"} for “${query}”.`;
  return `Nothing found for “${query}”. The search looks for every word in the titles and summaries of all pages.`;
}

input.value = new URLSearchParams(location.search).get("q") ?? "";
input.addEventListener("input", search);
search();
