import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { IconButton } from './button.tsx';
import './dialog.css';
import { text } from './text.ts';

/** A question in front of the window. Escape and a click beside it close it. */
export const Dialog = ({
  title,
  wide = false,
  onClose,
  children,
}: {
  readonly title: string;
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) => (
  <ModalOverlay
    className="dialog-backdrop"
    isOpen
    isDismissable
    shouldCloseOnInteractOutside={(element) => element.closest('[data-react-aria-top-layer]') === null}
    onOpenChange={(open) => {
      if (!open) onClose();
    }}
  >
    <Modal className={wide ? 'dialog wide' : 'dialog'}>
      <AriaDialog className="dialog-inside">
        <header className="dialog-head">
          <Heading slot="title">{title}</Heading>
          <IconButton icon="cross" label={text.close} onPress={onClose} />
        </header>
        {children}
      </AriaDialog>
    </Modal>
  </ModalOverlay>
);

/** The row of decisions at the foot of a dialog; the one to take stands last. */
export const DialogFoot = ({ children }: { readonly children: ReactNode }) => (
  <footer className="dialog-foot">{children}</footer>
);
