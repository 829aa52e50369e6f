import type { KeyboardEventHandler, ReactNode } from 'react';
import { Button } from './button.tsx';
import { type IconName, Icon } from './icon.tsx';
import { text } from './text.ts';
import './view.css';

/** The head of a view: what it is, how many, what can be done. */
export const ViewHead = ({
  title,
  figure,
  children,
}: {
  readonly title: string;
  readonly figure?: string | undefined;
  readonly children?: ReactNode;
}) => (
  <header className="view-head">
    <h1>{title}</h1>
    {figure === undefined ? null : <span className="muted">{figure}</span>}
    <span className="view-head-gap" />
    {children}
  </header>
);

export const SearchBox = ({
  label,
  value,
  onChange,
  onKeyDown,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onKeyDown?: KeyboardEventHandler;
}) => (
  <label className="search-box">
    <Icon name="search" size={14} />
    <input
      type="search"
      aria-label={label}
      placeholder={label}
      value={value}
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={onKeyDown}
    />
  </label>
);

/** One of a few ways to look at a list; the figure says how many there are. */
export function Filter<Value extends string>({
  label,
  options,
  value,
  onChange,
}: {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly title: string; readonly figure?: number }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}) {
  return (
    <div className="filter" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.title}
          {option.figure === undefined ? null : <span className="filter-figure">{option.figure}</span>}
        </button>
      ))}
    </div>
  );
}

/** Says what to do next, and has the button. */
export const Empty = ({
  icon,
  title,
  hint,
  children,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly hint: string;
  readonly children?: ReactNode;
}) => (
  <div className="empty">
    <Icon name={icon} size={28} />
    <h2>{title}</h2>
    <p className="muted">{hint}</p>
    {children ? <div className="button-row">{children}</div> : null}
  </div>
);

/** What a filtered list shows when nothing is left. */
export const NothingFound = ({ onClear }: { readonly onClear: () => void }) => (
  <Empty icon="search" title={text.nothingFound} hint={text.nothingFoundHint}>
    <Button onPress={onClear}>{text.clearFilters}</Button>
  </Empty>
);

export type Tone = 'calm' | 'late' | 'warn' | 'ok';

/** A state in words with an icon where it matters: never colour alone. */
export const Mark = ({
  tone = 'calm',
  icon,
  children,
}: {
  readonly tone?: Tone;
  readonly icon?: IconName;
  readonly children: ReactNode;
}) => (
  <span className={`mark ${tone}`}>
    {icon ? <Icon name={icon} size={14} /> : null}
    <span className="mark-text">{children}</span>
  </span>
);

/** A quiet bar for a share of 0 … 1 with its figure beside it. */
export const Share = ({ value, figure }: { readonly value: number; readonly figure: string }) => (
  <span className="share">
    <span className="share-track" aria-hidden="true">
      <span className="share-fill" style={{ width: `${Math.min(1, Math.max(0, value)) * 100}%` }} />
    </span>
    <span className="share-figure">{figure}</span>
  </span>
);
