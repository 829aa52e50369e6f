import { useState } from 'react';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { openView, removeView, saveView, useSavedViews } from './look-state.ts';
import type { Surface } from './surface.ts';
import { lookText } from './text.ts';

/** Views under a name: open, delete, save the present one. */
export function SavedViews({
  surface,
  onDone,
}: {
  readonly surface: Surface | null;
  readonly onDone: () => void;
}) {
  const [name, setName] = useState('');
  const views = useSavedViews((state) => state.views);
  return (
    <>
      {views.length === 0 ? <p className="muted">{lookText.noViews}</p> : null}
      <ul className="look-views">
        {views.map((view) => (
          <li key={view.name}>
            <button
              type="button"
              className="link"
              onClick={() => {
                openView(view, (secondsPerPixel) => surface?.zoomTo(secondsPerPixel));
                onDone();
              }}
            >
              {view.name}
            </button>
            <IconButton
              icon="cross"
              label={lookText.removeView(view.name)}
              placement="left"
              onPress={() => removeView(view.name)}
            />
          </li>
        ))}
      </ul>
      <form
        className="look-save"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() === '') return;
          saveView(name.trim());
          setName('');
        }}
      >
        <input
          type="text"
          aria-label={lookText.viewName}
          placeholder={lookText.viewName}
          maxLength={60}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <Button type="submit" isDisabled={name.trim() === ''}>
          {lookText.saveView}
        </Button>
      </form>
    </>
  );
}
