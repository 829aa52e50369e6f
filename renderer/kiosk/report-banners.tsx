import { dismissRefusal, useOutbox } from './outbox.ts';
import { kioskText as words } from './text.ts';

/** Whether the station is away, what is kept here meanwhile, and what it refused last. */
export function ReportBanners({ isExpired }: { readonly isExpired: boolean }) {
  const { waiting, refusal, offline } = useOutbox();
  return (
    <>
      {offline || waiting.length > 0 ? (
        <p className="banner warn" role="status">
          {offline ? 'The station cannot be reached. ' : ''}
          {waiting.length > 0
            ? `${waiting.length} ${waiting.length === 1 ? 'report is' : 'reports are'} saved here and not yet received.`
            : isExpired
              ? words.expired
              : 'You see the last list.'}
        </p>
      ) : null}
      {refusal ? (
        <p className="banner bad" role="alert">
          <span className="grow">{refusal.text}</span>
          <button type="button" className="tap" onClick={dismissRefusal}>
            OK
          </button>
        </p>
      ) : null}
    </>
  );
}
