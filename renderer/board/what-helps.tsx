import { useState } from 'react';
import type { OrderHelp } from '#shared/contract/views.ts';
import type { OrderId } from '#shared/domain/order.ts';
import { AllowedButton } from '#renderer/commands/allowed-button.tsx';
import { station } from '#renderer/bridge/station.ts';
import { tryRemedy } from '#renderer/commands/scenarios.ts';
import { notify } from '#renderer/state/notices.ts';
import { Button } from '#renderer/ui/button.tsx';
import { count, counted, duration } from '#renderer/ui/format.ts';
import { innerText } from './inner-text.ts';

type Asked =
  | { readonly state: 'not' | 'asking' }
  | { readonly state: 'told'; readonly help: OrderHelp | null };

/** Asks what single change would make a late order on time; trying them takes the station some seconds. */
export function WhatHelps({ order }: { readonly order: OrderId }) {
  const [asked, setAsked] = useState<Asked>({ state: 'not' });
  function ask(): void {
    setAsked({ state: 'asking' });
    station.call('order.whatHelps', { order }).then(
      (help) => setAsked({ state: 'told', help }),
      (error: unknown) => {
        setAsked({ state: 'not' });
        notify('error', innerText.whatHelps, String(error));
      },
    );
  }
  if (asked.state === 'told') return <Help help={asked.help} />;
  return (
    <p className="what-helps" role="status">
      {asked.state === 'asking' ? (
        <span className="muted">{innerText.whatHelpsAsking}</span>
      ) : (
        <AllowedButton needs="order.whatHelps" onPress={ask}>
          {innerText.whatHelps}
        </AllowedButton>
      )}
    </p>
  );
}

function Help({ help }: { readonly help: OrderHelp | null }) {
  if (!help) return <p className="what-helps">{innerText.whatHelpsOnTime}</p>;
  const { id, late, remedies, tried } = help;
  const only = remedies.every(({ kind }) => kind === 'due');
  const head = only ? innerText.whatHelpsOnly : innerText.whatHelpsHead;
  return (
    <div className="what-helps" role="status">
      <p>{head(duration(late))}</p>
      <ul className="remedies">
        {remedies.map(({ kind, text, moved, shows }, index) => (
          <li key={kind}>
            {text}
            {moved > 0 ? (
              <span className="muted">{` · ${innerText.whatHelpsMoves(counted(moved, 'task'))}`}</span>
            ) : null}
            {shows ? (
              <Button aria-label={innerText.tryRemedyOf(text)} onPress={() => void tryRemedy(id, index)}>
                {innerText.tryRemedy}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <p className="muted">{innerText.whatHelpsTried(count(tried))}</p>
    </div>
  );
}
