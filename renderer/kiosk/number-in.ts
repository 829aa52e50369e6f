/** A number that is not negative; a decimal comma is as good as a point. Null where it is none. */
export function numberIn(text: string): number | null {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(value) && value >= 0 ? value : null;
}
