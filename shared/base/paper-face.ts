/** The window's face on paper, in its two weights: TrueType files in base64. */
export interface PaperFaces {
  readonly normal: string;
  readonly bold: string;
}

/** The part of a document (jsPDF's) that takes faces. */
interface TakesFaces {
  addFileToVFS(name: string, file: string): unknown;
  addFont(file: string, face: string, weight: string): unknown;
}

export const PAPER_FACE = 'Inter';

/** Makes the face known to a document, which carries along the letters that it uses and no others. */
export function takeFaces(doc: TakesFaces, faces: PaperFaces): void {
  for (const weight of ['normal', 'bold'] as const) {
    doc.addFileToVFS(`${weight}.ttf`, faces[weight]);
    doc.addFont(`${weight}.ttf`, PAPER_FACE, weight);
  }
}

/** A text as paper writes it: one sign per letter, since a mark of its own would stand beside its letter. */
export const paperText = (text: string): string => text.normalize('NFC');
