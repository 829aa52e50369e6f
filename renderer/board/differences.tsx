import type { Proposal } from '#shared/contract/views.ts';
import { acceptProposal } from '#renderer/commands/plan.ts';
import { act } from '#renderer/state/act.ts';
import { BecomesRows, type Figure } from '#renderer/ui/becomes.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { count, hours } from '#renderer/ui/format.ts';
import { Filter } from '#renderer/ui/view.tsx';
import { DifferenceList, useChosen } from './difference-list.tsx';
import { innerText } from './inner-text.ts';
import { boardText } from './text.ts';
import { useBoardUi } from './ui-state.ts';

/** What a proposal would change, to be accepted as a whole, in part, or not. */
export function Differences({ proposal }: { readonly proposal: Proposal }) {
  const chosen = useChosen(proposal.differences);
  const { size } = chosen.tasks;
  return (
    <>
      <div className="differences-head">
        <Balance proposal={proposal} />
        <span className="board-gap" />
        <Showing />
        <Button onPress={() => void act('proposal.reject', {})}>{innerText.reject}</Button>
        <Button isDisabled={size === 0} onPress={() => void acceptProposal([...chosen.tasks])}>
          {innerText.acceptSome(count(size))}
        </Button>
        <Button look="primary" onPress={() => void acceptProposal()}>
          {innerText.acceptAll}
        </Button>
      </div>
      <DifferenceList
        differences={proposal.differences}
        counts={proposal.counts}
        titles={{ before: innerText.was, after: innerText.becomes }}
        chosen={chosen}
      />
    </>
  );
}

/** Whether the board shows the proposal or the draft as it is. */
function Showing() {
  const showing = useBoardUi((state) => state.showing);
  return (
    <Filter
      label={innerText.showing}
      options={[
        { value: 'draft' as const, title: innerText.showDraft },
        { value: 'proposal' as const, title: innerText.showProposal },
      ]}
      value={showing}
      onChange={(value) => useBoardUi.setState({ showing: value })}
    />
  );
}

const BALANCE: readonly Figure[] = [
  { title: innerText.lateOrders, of: ({ lateOrders }) => lateOrders, write: count },
  { title: innerText.tardiness, of: ({ tardiness }) => tardiness, write: hours },
  { title: innerText.setupTotal, of: ({ setup }) => setup, write: hours },
  { title: boardText.unplaced, of: ({ unplaced }) => unplaced, write: count },
];

/** The figures a planner steers by, before and after. */
const Balance = ({ proposal: { before, after, rule } }: { readonly proposal: Proposal }) => (
  <dl className="balance">
    <div>
      <dt className="unseen">{boardText.differences}</dt>
      <dd>{innerText.proposal(rule)}</dd>
    </div>
    <BecomesRows figures={BALANCE} before={before} after={after} />
  </dl>
);
