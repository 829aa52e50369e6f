let told: (name: string, filter: string) => void = () => undefined;

/**
 * Has somebody hear of every file that is saved, and by which filter where it does not hold everything: copies of what the
 * station shows stand in its record (RP-03).
 */
export const onSaved = (listener: typeof told): void => void (told = listener);

/** Hands a file to the browser as a download. */
export function saveFile(name: string, content: Blob, filter = ''): void {
  told(name, filter);
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** The mark at the beginning tells spreadsheets that the text is UTF-8. */
export const saveText = (name: string, text: string, filter = ''): void =>
  saveFile(name, new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }), filter);

/** American plants print on Letter; everybody else on A4. */
export const paper = /-US\b/i.test(navigator.language) ? 'letter' : 'a4';

/** Saves what the station wrote as a PDF, base64. */
export const savePdf = (name: string, pdf: string): void => {
  const bytes = Uint8Array.from(atob(pdf), (letter) => letter.charCodeAt(0));
  saveFile(name, new Blob([bytes], { type: 'application/pdf' }));
};
