import normal from '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?inline';
import bold from '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf?inline';
import { jsPDF } from 'jspdf';
import { takeFaces } from '#shared/base/paper-face.ts';
import type { Palette } from './palette.ts';
import { paperContext } from './paper.ts';
import { type PrintHead, drawPage } from './print-page.ts';
import type { PrintSheet } from './print-pages.ts';
import type { SceneInput } from './surface.ts';

/** Inside the code that prints: the window's policy lets it fetch nothing. */
const faces = { normal: fileOf(normal), bold: fileOf(bold) };

/** What a data URL holds, in base64. */
function fileOf(url: string): string {
  return url.slice(url.indexOf(',') + 1);
}

/** The pages as a PDF; null when it was cancelled. */
export async function pdfOf(
  { scene, sheet, head }: { scene: SceneInput; sheet: PrintSheet; head: PrintHead },
  palette: Palette,
  { signal, onPage }: { signal: AbortSignal; onPage: (done: number) => void },
): Promise<Blob | null> {
  const format = [sheet.width, sheet.height];
  const orientation = sheet.width > sheet.height ? 'landscape' : 'portrait';
  const doc = new jsPDF({ unit: 'pt', format, orientation, compress: true, precision: 2 });
  takeFaces(doc, faces);
  doc.setProperties({ title: `${head.plant} · ${head.plan}`, subject: head.span });
  const context = paperContext(doc);
  for (const page of sheet.pages) {
    if (page.number > 1) doc.addPage(format, orientation);
    drawPage(context, palette, scene, sheet, page, head);
    onPage(page.number);
    await new Promise((done) => setTimeout(done)); // so that the window lives and Cancel is heard
    if (signal.aborted) return null;
  }
  return doc.output('blob');
}
