import { type ReactNode, useEffect, useRef } from 'react';
import './sheet.css';

/** A dialog for fingers: the browser's own, so that focus, Escape and the backdrop are right. */
export function Sheet({
  title,
  close,
  children,
}: {
  readonly title: string;
  readonly close: () => void;
  readonly children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} className="sheet" aria-label={title} onCancel={close}>
      <header>
        <h2>{title}</h2>
        <button type="button" className="tap" onClick={close}>
          Back
        </button>
      </header>
      {children}
    </dialog>
  );
}
