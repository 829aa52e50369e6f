import { must } from '#shared/base/must.ts';
import { saveFile } from '#renderer/ui/save-file.ts';
import { byDay } from '#renderer/ui/theme.ts';
import { type Palette, anchorHatches, readPalette } from './palette.ts';
import { type PrintHead, drawPage } from './print-page.ts';
import type { PrintPage, PrintSheet } from './print-pages.ts';
import type { SceneInput } from './surface.ts';

/** Everything about one print; page by page it is drawn on a canvas or into a PDF by the same function. */
export interface PrintJob {
  readonly scene: SceneInput;
  readonly sheet: PrintSheet;
  readonly head: PrintHead;
  /** File name without ending. */
  readonly file: string;
  /** What of the plan is not faint, in words. */
  readonly filter: string;
}

export interface Progress {
  readonly signal: AbortSignal;
  readonly onPage: (done: number) => void;
}

/** Pixels per point of a page that is saved as a picture: 180 dpi. */
const PIXELS_PER_POINT = 2.5;
const FONTS = ['500 12px', '500 11px', '600 12px', '500 8px'];

/** Draws one page onto a canvas, so many pixels per point. */
export function paintPage(
  canvas: HTMLCanvasElement,
  job: Omit<PrintJob, 'file' | 'filter'>,
  page: PrintPage,
  density: number,
): void {
  const { sheet, scene, head } = job;
  canvas.width = Math.round(sheet.width * density);
  canvas.height = Math.round(sheet.height * density);
  const palette = byDay((colour) => readPalette(density, colour));
  const context = must(canvas.getContext('2d'), '2d context of a page');
  context.scale(density, density);
  anchorHatches(palette, 0, 0, density);
  drawPage(context, palette, scene, sheet, page, head);
}

/** Every page as a picture of its own. */
export async function savePictures(job: PrintJob, progress: Progress): Promise<void> {
  const family = byDay((colour) => colour('font'));
  await Promise.all(FONTS.map((font) => document.fonts.load(`${font} ${family}`)));
  const canvas = document.createElement('canvas');
  const digits = String(job.sheet.pages.length).length;
  for (const page of job.sheet.pages) {
    paintPage(canvas, job, page, PIXELS_PER_POINT);
    const picture = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    if (progress.signal.aborted) return;
    const number = String(page.number).padStart(digits, '0');
    const name = job.sheet.pages.length === 1 ? job.file : `${job.file}-${number}`;
    saveFile(`${name}.png`, must(picture, `picture of page ${page.number}`), job.filter);
    progress.onPage(page.number);
    await breath();
  }
}

/** All pages in one PDF whose words are words. jsPDF comes when it is first wanted. */
export async function savePdf(job: PrintJob, progress: Progress): Promise<void> {
  const { pdfOf } = await import('./print-pdf.ts');
  const { paperHatch } = await import('./paper.ts');
  const palette: Palette = byDay((colour) => readPalette(1, colour, paperHatch));
  const pdf = await pdfOf(job, palette, progress);
  if (pdf) saveFile(`${job.file}.pdf`, pdf, job.filter);
}

/** Lets the window draw, and hear a press of Cancel. */
const breath = (): Promise<void> => new Promise((done) => setTimeout(done));
