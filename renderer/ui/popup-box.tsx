import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import './popup.css';
import type { PopupProps } from './popup.tsx';

/** The popup itself, while it is open. */
export const PopupBox = ({
  label,
  className,
  placement = 'bottom end',
  triggerRef,
  onOpenChange,
  children,
}: PopupProps) => (
  <Popover
    isOpen
    triggerRef={triggerRef}
    onOpenChange={onOpenChange}
    className={`popup ${className}`}
    placement={placement}
    offset={6}
  >
    <AriaDialog className="popup-inside" aria-label={label}>
      {typeof children === 'function' ? children({ close: () => onOpenChange(false) }) : children}
    </AriaDialog>
  </Popover>
);
