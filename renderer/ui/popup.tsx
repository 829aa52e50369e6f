import type { ReactNode } from 'react';
import { Dialog as AriaDialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover, type PopoverProps } from 'react-aria-components/Popover';
import './popup.css';

interface Look {
  readonly label: string;
  readonly className: string;
  readonly placement?: 'bottom start' | 'bottom end';
  readonly children: ReactNode | ((dialog: { readonly close: () => void }) => ReactNode);
}

/** A small dialog at what opened it; Escape or a click beside it closes it. */
export const Popup = ({
  label,
  className,
  placement = 'bottom end',
  children,
  ...rest
}: Look & Pick<PopoverProps, 'triggerRef' | 'isOpen' | 'onOpenChange'>) => (
  <Popover {...rest} className={`popup ${className}`} placement={placement} offset={6}>
    <AriaDialog className="popup-inside" aria-label={label}>
      {children}
    </AriaDialog>
  </Popover>
);

/** A button with a popup of its own. */
export const PopupButton = ({ button, ...rest }: Look & { readonly button: ReactNode }) => (
  <DialogTrigger>
    {button}
    <Popup {...rest} />
  </DialogTrigger>
);
