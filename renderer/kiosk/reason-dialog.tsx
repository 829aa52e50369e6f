import { CANNOT_RUN_REASONS, DOWNTIME_REASONS, PAUSE_REASONS } from '#shared/contract/line.ts';
import { Sheet } from './sheet.tsx';

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
export const DownDialog = (props: Props) => (
  <Reasons title="What is wrong?" reasons={DOWNTIME_REASONS} {...props} />
);
export const CannotRunDialog = (props: Props) => (
  <Reasons title="Why can’t you run this?" reasons={CANNOT_RUN_REASONS} {...props} />
);
