import type { ComponentProps, ReactNode } from 'react';
import './button.css';
import { Icon, type IconName } from './icon.tsx';
import { type TipSide, tipOf } from './tip.ts';

export interface Press extends Omit<ComponentProps<'button'>, 'children' | 'onClick' | 'disabled'> {
  readonly isDisabled?: boolean;
  readonly onPress?: () => void;
}

const Pressable = ({
  type = 'button',
  isDisabled,
  onPress,
  children,
  ...rest
}: Press & { readonly children: ReactNode }) => (
  <button {...rest} type={type} disabled={isDisabled} onClick={onPress}>
    {children}
  </button>
);

/** `primary` once per place; `quiet` without a frame. */
export const Button = ({
  look = 'plain',
  icon,
  children,
  className = '',
  ...rest
}: Press & {
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger';
  readonly icon?: IconName;
  readonly children: ReactNode;
}) => (
  <Pressable {...rest} className={`button ${look} ${className}`}>
    {icon ? <Icon name={icon} size={15} /> : null}
    {children}
  </Pressable>
);

/** A button that shows only an icon: its label is its name and its tip. */
export const IconButton = ({
  icon,
  label,
  keys,
  placement,
  className = '',
  ...rest
}: Press & {
  readonly icon: IconName;
  readonly label: string;
  readonly keys?: string | undefined;
  readonly placement?: TipSide;
}) => (
  <Pressable
    {...rest}
    {...tipOf(label, keys, placement)}
    aria-label={label}
    className={`button quiet icon-only ${className}`}
  >
    <Icon name={icon} />
  </Pressable>
);
