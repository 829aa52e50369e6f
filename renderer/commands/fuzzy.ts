/**
 * How well the letters of `search` stand in `text` in their order: null when they do not, else the higher the better.
 * Letters at the beginning of a word and letters side by side count most; shorter texts win a draw.
 */
export function fuzzyScore(search: string, text: string): number | null {
  const wanted = search.toLowerCase().replaceAll(' ', '');
  const hay = text.toLowerCase();
  const whole = hay.indexOf(search.toLowerCase().trim());
  if (whole >= 0) return 1000 - whole - hay.length / 100;
  let score = 0;
  let from = 0;
  for (const letter of wanted) {
    const at = hay.indexOf(letter, from);
    if (at < 0) return null;
    if (at === from && from > 0) score += 8;
    if (at === 0 || /[\s/·-]/.test(hay.charAt(at - 1))) score += 6;
    score -= (at - from) * 0.2;
    from = at + 1;
  }
  return score - hay.length / 100;
}

/** The best matches first, at most `limit`; an empty search keeps the order. */
export function fuzzyBest<Item>(
  search: string,
  items: Iterable<Item>,
  textOf: (item: Item) => string,
  limit: number,
): Item[] {
  const scored: { item: Item; score: number }[] = [];
  for (const item of items) {
    const score = search.trim() === '' ? 0 : fuzzyScore(search, textOf(item));
    if (score !== null) scored.push({ item, score });
  }
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ item }) => item);
}
