import { useState } from 'react';
import { CANNOT_RUN_REASONS, PAUSE_REASONS } from '#shared/contract/line.ts';
import { type DowntimeReasons, downtimeReason } from '#shared/domain/downtime.ts';
import { Sheet } from './sheet.tsx';
import './lists.css';

interface Props {
  readonly close: () => void;
  readonly choose: (reason: string) => void;
}

const Reasons = ({
  title,
  reasons,
  close,
  choose,
}: Props & { readonly title: string; readonly reasons: readonly string[] }) => (
  <Sheet title={title} close={close}>
    <ul className="tiles">
      {reasons.map((reason) => (
        <li key={reason}>
          <button type="button" className="tap wide" onClick={() => choose(reason)}>
            {reason}
          </button>
        </li>
      ))}
    </ul>
  </Sheet>
);

export const PauseDialog = (props: Props) => (
  <Reasons title="Why do you pause?" reasons={PAUSE_REASONS} {...props} />
);

/** First the kind, then what of it, where the plant tells more apart; the kind alone is enough. */
export function DownDialog({ tree, choose, close }: Props & { readonly tree: DowntimeReasons }) {
  const [kind, setKind] = useState<string | null>(null);
  const reasons = tree.find((entry) => entry.kind === kind)?.reasons ?? [];
  if (kind !== null)
    return (
      <Reasons
        title={kind}
        reasons={[NOT_KNOWN, ...reasons]}
        close={close}
        choose={(reason) => choose(downtimeReason(kind, reason === NOT_KNOWN ? null : reason))}
      />
    );
  return (
    <Reasons
      title="What is wrong?"
      reasons={tree.map((entry) => entry.kind)}
      close={close}
      choose={(chosen) =>
        tree.find((entry) => entry.kind === chosen)?.reasons.length ? setKind(chosen) : choose(chosen)
      }
    />
  );
}

const NOT_KNOWN = 'Not known yet';

export const CannotRunDialog = (props: Props) => (
  <Reasons title="Why can’t you run this?" reasons={CANNOT_RUN_REASONS} {...props} />
);
