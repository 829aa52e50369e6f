import type { Figures } from '#shared/domain/schedule.ts';
import { Icon } from './icon.tsx';
import { text } from './text.ts';

/** A figure of which less is better. */
export interface Figure {
  readonly title: string;
  readonly of: (figures: Figures) => number;
  readonly write: (value: number) => string;
}

/** Rows of a description list: figures before and after; only what is written differently has a colour. */
export const BecomesRows = ({
  figures,
  before,
  after,
}: {
  readonly figures: readonly Figure[];
  readonly before: Figures;
  readonly after: Figures;
}) =>
  figures.map(({ title, of, write }) => {
    const [was, is] = [write(of(before)), write(of(after))];
    const tone = was === is ? '' : of(after) < of(before) ? 'ok' : 'late';
    return (
      <div key={title}>
        <dt>{title}</dt>
        <dd>
          <span className="muted">{was}</span>
          <Icon name="right" size={12} />
          <span className="unseen">{text.becomes}</span>
          <span className={tone}>{is}</span>
        </dd>
      </div>
    );
  });
