/**
 * How well every word of `search` stands in `text`: null when one does not, else the higher the better. A word may be
 * spread over the text as long as its letters keep their order; whole words, beginnings of words and shorter texts
 * count most.
 */
export function fuzzyScore(search: string, text: string): number | null {
  const hay = text.toLowerCase();
  let score = -hay.length / 100;
  for (const word of search.toLowerCase().split(/\s+/)) {
    const own = wordScore(word, hay);
    if (own === null) return null;
    score += own;
  }
  return score;
}

function wordScore(word: string, hay: string): number | null {
  const whole = hay.indexOf(word);
  if (whole >= 0) return 100 + (startsWord(hay, whole) ? 20 : 0) - whole * 0.2;
  let score = 0;
  let from = 0;
  for (const letter of word) {
    const at = hay.indexOf(letter, from);
    if (at < 0) return null;
    if (at === from && from > 0) score += 8;
    if (startsWord(hay, at)) score += 6;
    score -= (at - from) * 0.2;
    from = at + 1;
  }
  return score;
}

const startsWord = (hay: string, at: number): boolean => at === 0 || /[\s/·-]/.test(hay.charAt(at - 1));

/** The best matches first, at most `limit`; an empty search keeps the order. */
export function fuzzyBest<Item>(
  search: string,
  items: Iterable<Item>,
  textOf: (item: Item) => string,
  limit: number,
): Item[] {
  const scored: { item: Item; score: number }[] = [];
  for (const item of items) {
    const score = search.trim() === '' ? 0 : fuzzyScore(search.trim(), textOf(item));
    if (score !== null) scored.push({ item, score });
  }
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ item }) => item);
}
