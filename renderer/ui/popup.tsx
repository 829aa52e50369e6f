import { type ReactElement, type ReactNode, type RefObject, cloneElement, useRef, useState } from 'react';
import type { Press } from './button.tsx';
import { later } from './later.tsx';

interface Look {
  readonly label: string;
  readonly className: string;
  readonly placement?: 'bottom start' | 'bottom end';
  readonly children: ReactNode | ((dialog: { readonly close: () => void }) => ReactNode);
}

export interface PopupProps extends Look {
  /** What opened it, and where it stands. */
  readonly triggerRef: RefObject<HTMLElement | null>;
  readonly onOpenChange: (isOpen: boolean) => void;
}

const PopupBox = later(async () => (await import('./popup-box.tsx')).PopupBox);

/** A small dialog at what opened it; Escape or a click beside it closes it. */
export const Popup = ({ isOpen, ...rest }: PopupProps & { readonly isOpen: boolean }) =>
  isOpen ? <PopupBox {...rest} /> : null;

/** A button with a popup of its own. */
export function PopupButton({ button, ...rest }: Look & { readonly button: ReactElement<Press> }) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      {cloneElement(button, {
        ref: anchor,
        'aria-haspopup': 'dialog',
        'aria-expanded': isOpen,
        onPress: () => setOpen(true),
      })}
      <Popup {...rest} triggerRef={anchor} isOpen={isOpen} onOpenChange={setOpen} />
    </>
  );
}
