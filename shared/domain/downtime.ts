import { z } from 'zod';

const ReasonName = z.string().trim().min(1).max(40);

/** Why a unit stands, as a plant tells it apart: kinds, each with its reasons, few enough for two looks and two taps. */
export const DowntimeReasons = z
  .array(z.object({ kind: ReasonName, reasons: z.array(ReasonName).max(12) }))
  .min(1)
  .max(12);
export type DowntimeReasons = z.infer<typeof DowntimeReasons>;

export const DEFAULT_DOWNTIME: DowntimeReasons = [
  { kind: 'Mechanical', reasons: ['Jam', 'Drive or bearing', 'Worn part', 'Leak'] },
  { kind: 'Electrical', reasons: ['Motor', 'Sensor', 'Power'] },
  { kind: 'Control system', reasons: ['Program', 'Network', 'Screen'] },
  { kind: 'Tool or format part', reasons: ['Broken', 'Worn', 'Wrong one'] },
  { kind: 'Utilities', reasons: ['Compressed air', 'Steam or heat', 'Cooling', 'Water'] },
  { kind: 'Cleaning', reasons: [] },
  { kind: 'Other', reasons: [] },
];

/** What is reported: the kind alone while nobody knows more. */
export const downtimeReason = (kind: string, reason: string | null): string =>
  reason === null ? kind : `${kind}: ${reason}`;

/** A kind in each line, its reasons behind a colon: `Mechanical: Jam, Leak`. */
export const downtimeText = (tree: DowntimeReasons): string =>
  tree
    .map(({ kind, reasons }) => downtimeReason(kind, reasons.length > 0 ? reasons.join(', ') : null))
    .join('\n');

/** Reads such a text; what is wrong with it, in which line, where it cannot be taken. */
export function downtimeFromText(
  text: string,
): { readonly ok: true; readonly tree: DowntimeReasons } | { readonly ok: false; readonly text: string } {
  const tree: { kind: string; reasons: string[] }[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [kind = '', ...rest] = line.split(':');
    const reasons = rest
      .join(':')
      .split(',')
      .map((reason) => reason.trim())
      .filter(Boolean);
    const why = flawOf(kind.trim(), reasons, tree);
    if (why !== null) return { ok: false, text: `Line ${index + 1}: ${why}` };
    tree.push({ kind: kind.trim(), reasons });
  }
  if (tree.length === 0) return { ok: false, text: 'At least one kind of downtime is needed.' };
  if (tree.length > 12)
    return { ok: false, text: `${tree.length} kinds are more than the 12 that fit on a screen.` };
  return { ok: true, tree };
}

function flawOf(kind: string, reasons: readonly string[], tree: DowntimeReasons): string | null {
  if (kind === '') return 'a kind stands before the colon.';
  if (tree.some((other) => other.kind === kind)) return `“${kind}” stands here twice.`;
  const twice = reasons.find((reason, index) => reasons.indexOf(reason) < index);
  if (twice !== undefined) return `“${twice}” stands here twice.`;
  const long = [kind, ...reasons].find((name) => name.length > 40);
  if (long !== undefined) return `“${long}” has more than 40 letters.`;
  return reasons.length > 12 ? `${reasons.length} reasons are more than the 12 that fit on a screen.` : null;
}
