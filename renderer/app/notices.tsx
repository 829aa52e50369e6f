import { useNotices, dismiss, type Notice } from '#renderer/state/notices.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { Icon } from '#renderer/ui/icon.tsx';
import { text } from '#renderer/ui/text.ts';
import './notices.css';
import { appText } from './text.ts';

const LOOK = {
  info: { icon: 'check', tone: 'ok' },
  warn: { icon: 'warn', tone: 'warn' },
  error: { icon: 'warn', tone: 'late' },
} as const;

/** Refusals and news at the lower right, newest at the bottom; read out as they come. */
export function Notices() {
  const notices = useNotices((state) => state.notices);
  return (
    // The attribute tells React Aria that dialogs must not hide it: a refusal may come while one is open.
    <section
      className="notices"
      aria-label={appText.notices}
      aria-live="polite"
      data-react-aria-top-layer="true"
    >
      {notices.slice(-5).map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

function NoticeCard({ notice }: { readonly notice: Notice }) {
  const { icon, tone } = LOOK[notice.level];
  return (
    <div className="notice" role={notice.level === 'error' ? 'alert' : undefined}>
      <span className={tone}>
        <Icon name={icon} />
      </span>
      <div className="notice-words">
        <p className="notice-title">{notice.title}</p>
        {notice.text ? <p className="muted">{notice.text}</p> : null}
        {notice.actions.length > 0 ? (
          <div className="button-row">
            {notice.actions.map((action) => (
              <Button
                key={action.label}
                onPress={() => {
                  dismiss(notice.id);
                  action.run();
                }}
              >
                {action.label}
              </Button>
            ))}
          </div>
        ) : null}
      </div>
      <IconButton icon="cross" label={text.dismiss} onPress={() => dismiss(notice.id)} />
    </div>
  );
}
