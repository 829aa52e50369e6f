import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps } from 'react-aria-components/Button';
import './button.css';
import { Icon, type IconName } from './icon.tsx';
import { Tip } from './tip.tsx';

/** `primary` once per place; `quiet` without a frame. */
export function Button({
  look = 'plain',
  icon,
  children,
  className = '',
  ...rest
}: Omit<ButtonProps, 'children' | 'className'> & {
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger';
  readonly icon?: IconName;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <AriaButton {...rest} className={`button ${look} ${className}`}>
      {icon ? <Icon name={icon} size={15} /> : null}
      {children}
    </AriaButton>
  );
}

/** A button that shows only an icon: its label is its name and its tooltip. */
export const IconButton = ({
  icon,
  label,
  keys,
  placement = 'bottom',
  className = '',
  ...rest
}: Omit<ButtonProps, 'children' | 'className'> & {
  readonly icon: IconName;
  readonly label: string;
  readonly keys?: string | undefined;
  readonly placement?: 'bottom' | 'right' | 'left' | 'top';
  readonly className?: string;
}) => (
  <Tip text={label} keys={keys} placement={placement}>
    <AriaButton {...rest} aria-label={label} className={`button quiet icon-only ${className}`}>
      <Icon name={icon} />
    </AriaButton>
  </Tip>
);
