import { type FormEvent, useState } from 'react';
import type { Comment } from '#shared/domain/comment.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { act } from '#renderer/state/act.ts';
import { useBoard } from '#renderer/state/board.ts';
import { Button } from '#renderer/ui/button.tsx';
import { formatsOf } from '#renderer/ui/format.ts';
import { innerText } from './inner-text.ts';

/** What was said about a task, the oldest first, and a field to say more. */
export function Comments({
  task,
  comments,
}: {
  readonly task: TaskId;
  readonly comments: readonly Comment[];
}) {
  const [text, setText] = useState('');
  const zone = useBoard((state) => state.board?.zone ?? 'UTC');
  const { moment } = formatsOf(zone);
  const isEmpty = text.trim() === '';
  async function send(event?: FormEvent): Promise<void> {
    event?.preventDefault();
    if (isEmpty) return;
    const outcome = await act('task.comment', { task, text });
    if (outcome?.ok) setText('');
  }
  return (
    <section className="inspector-part">
      <h3>{innerText.comments}</h3>
      <ul className="comments">
        {comments.map(({ seq, author, at, text: said }) => (
          <li key={seq}>
            <p className="muted">{innerText.commentBy(author, moment(at))}</p>
            <p>{said}</p>
          </li>
        ))}
      </ul>
      <form className="comment-form" onSubmit={(event) => void send(event)}>
        <textarea
          id="comment-text"
          aria-label={innerText.commentLabel}
          maxLength={1000}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
            if (event.key === 'Escape') document.querySelector<HTMLElement>('#board-grid')?.focus();
          }}
        />
        <Button type="submit" isDisabled={isEmpty}>
          {innerText.addComment}
        </Button>
      </form>
    </section>
  );
}
