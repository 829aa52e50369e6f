import { useState } from 'react';
import { act } from '#renderer/state/act.ts';
import { notify } from '#renderer/state/notices.ts';
import { goTo, openOverlay } from '#renderer/state/place.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import './first-start.css';
import { appText } from './text.ts';

async function openDemo(): Promise<void> {
  const outcome = await act('plant.openDemo', {});
  if (!outcome?.ok) return;
  goTo('board');
  notify('info', appText.demoOpen, appText.demoOpenText, {
    label: appText.solve,
    run: () => openOverlay('solve'),
  });
}

/** An empty database asks one question. */
export function FirstStart() {
  const [isOpening, setOpening] = useState(false);
  return (
    <div className="first-start">
      <h1>{appText.welcome}</h1>
      <p className="muted">{appText.welcomeHint}</p>
      <div className="first-start-choices">
        <button
          type="button"
          disabled={isOpening}
          onClick={() => {
            setOpening(true);
            void openDemo().finally(() => setOpening(false));
          }}
        >
          <Icon name="resources" size={24} />
          <strong>{isOpening ? appText.opening : appText.demo}</strong>
          <span className="muted">{appText.demoHint}</span>
        </button>
        <button type="button" disabled={isOpening} onClick={() => goTo('imports')}>
          <Icon name="imports" size={24} />
          <strong>{appText.startEmpty}</strong>
          <span className="muted">{appText.emptyHint}</span>
        </button>
        <button type="button" disabled={isOpening} onClick={() => goTo('connections')}>
          <Icon name="connections" size={24} />
          <strong>{appText.startConnected}</strong>
          <span className="muted">{appText.connectedHint}</span>
        </button>
      </div>
    </div>
  );
}
