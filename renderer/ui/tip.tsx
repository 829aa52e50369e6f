import type { ReactElement } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import './tip.css';

/** Says on hover and focus what the one control inside it does, with its key. */
export const Tip = ({
  text,
  keys,
  placement = 'bottom',
  children,
}: {
  readonly text: string;
  readonly keys?: string | undefined;
  readonly placement?: 'bottom' | 'right' | 'left' | 'top';
  readonly children: ReactElement;
}) => (
  <TooltipTrigger delay={400} closeDelay={0}>
    {children}
    <Tooltip className="tip" placement={placement} offset={6}>
      {text}
      {keys ? <kbd>{keys}</kbd> : null}
    </Tooltip>
  </TooltipTrigger>
);
