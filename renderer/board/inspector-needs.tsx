import type { NeedLink, NeedState } from '#shared/contract/views.ts';
import type { RefusalCode } from '#shared/domain/refusal.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { select } from '#renderer/state/board.ts';
import { goTo } from '#renderer/state/place.ts';
import { counted } from '#renderer/ui/format.ts';
import { Icon, type IconName } from '#renderer/ui/icon.tsx';
import { innerText } from './inner-text.ts';
import { Part } from './inspector-part.tsx';
import { refusalText } from './refusal-text.ts';
import { selectOne, useBoardUi } from './ui-state.ts';

/** What the task takes and whether it is there; each object can be gone to. */
export function Needs({ needs }: { readonly needs: readonly NeedState[] }) {
  const missing = needs.filter(({ ok }) => !ok).length;
  return (
    <Part title={missing > 0 ? innerText.needsMissing(missing, needs.length) : innerText.needs}>
      {needs.length === 0 ? <p className="muted">{innerText.needsNone}</p> : null}
      <ul className="needs">
        {needs.map((need) => (
          <Need key={`${need.kind} ${need.what} ${need.links.map(({ id }) => id).join(' ')}`} need={need} />
        ))}
      </ul>
    </Part>
  );
}

const ICONS: Record<NeedState['kind'], IconName> = {
  person: 'crew',
  instrument: 'calibrations',
  tool: 'resources',
  lot: 'inventory',
  predecessor: 'right',
  gate: 'lock',
};

/** A gate that is not passed comes with its code; not being its turn yet is nothing wrong. */
function Need({ need: { kind, what, links, ok, text } }: { readonly need: NeedState }) {
  const waits = what === 'PREDECESSOR_NOT_FINISHED';
  const tone = ok || waits ? 'muted' : 'late';
  const name =
    kind === 'gate'
      ? Object.hasOwn(refusalText, what)
        ? refusalText[what as RefusalCode]
        : what
      : kind === 'predecessor'
        ? innerText.needFirst
        : what;
  return (
    <li>
      <span className="muted">
        <Icon name={ICONS[kind]} size={14} />
      </span>
      <span className="need-words">
        <span className="need-what">{name}</span>
        <span className="need-links">
          {links.map((link) => (
            <ObjectLink key={link.id} link={link} />
          ))}
        </span>
        <span className={`need-state ${tone}`}>
          <Icon name={ok ? 'check' : waits ? 'clock' : 'cross'} size={12} />
          {text}
        </span>
      </span>
    </li>
  );
}

const PLACES = { person: 'crew', instrument: 'calibrations', tool: 'resources' } as const;

/** Where the object is to be looked at: a person with the crew, a lot by the tasks that take from it. */
function ObjectLink({ link }: { readonly link: NeedLink }) {
  function open(): void {
    if (link.to === 'task') selectOne(link.id as TaskId);
    else if (link.to === 'lot') {
      useBoardUi.setState({ current: null });
      select(link.tasks);
    } else goTo(PLACES[link.to], link.name);
  }
  return (
    <button type="button" className="link" onClick={open}>
      {link.to === 'lot' && link.tasks.length > 1
        ? innerText.lotUsed(link.name, counted(link.tasks.length, 'task'))
        : link.name}
    </button>
  );
}
