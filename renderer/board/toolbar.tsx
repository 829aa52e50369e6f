import { useEffect, useState } from 'react';
import { useBoard } from '#renderer/state/board.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { writtenKeys } from '#renderer/commands/keys.ts';
import { formatsOf } from '#renderer/ui/format.ts';
import { tipOf } from '#renderer/ui/tip.ts';
import { nowOnBoard, zoomToLevel } from './commands.ts';
import { HEAD_WIDTH } from './metrics.ts';
import { type Level, levelOf } from './scale.ts';
import type { SceneInput, Surface } from './surface.ts';
import { boardText, levelText } from './text.ts';
import { openRepairs, toggleInspector, toggleTable, useBoardUi } from './ui-state.ts';

/** How much time is in sight, jump to now, and the other ways to look at the board. */
export function Toolbar({
  surface,
  scene,
}: {
  readonly surface: Surface | null;
  readonly scene: SceneInput;
}) {
  const table = useBoardUi((state) => state.table);
  const inspector = useBoardUi((state) => state.inspector);
  return (
    <div className="board-toolbar" role="toolbar" aria-label={boardText.board}>
      {surface && !table ? <ZoomTools surface={surface} scene={scene} /> : null}
      <span className="board-gap" />
      <RepairsButton />
      <Button
        look="quiet"
        icon="print"
        {...tipOf(boardText.printCommand, writtenKeys('$mod+p'))}
        onPress={() => useBoardUi.setState({ printing: true })}
      >
        <span className="tool-word">{boardText.print}</span>
      </Button>
      <Button
        look="quiet"
        icon="orders"
        {...tipOf(boardText.showTable, 'Y')}
        onPress={toggleTable}
        aria-pressed={table}
      >
        <span className="tool-word">{boardText.table}</span>
      </Button>
      <Button
        look="quiet"
        icon="info"
        {...tipOf(boardText.showInspector, 'I', 'left')}
        onPress={toggleInspector}
        aria-pressed={inspector}
      >
        <span className="tool-word">{boardText.inspector}</span>
      </Button>
    </div>
  );
}

/** Says which unit is down, as that is when repairs are wanted. */
function RepairsButton() {
  const rows = useBoard((state) => state.board?.rows);
  const down = rows?.filter(({ downtimes }) =>
    downtimes.some(({ end, planned }) => end === null && !planned),
  );
  const [first] = down ?? [];
  return (
    <Button look="quiet" icon="maintenance" onPress={() => openRepairs()}>
      {first ? boardText.repairsDown(first.name, (down?.length ?? 1) - 1) : boardText.repairs}
    </Button>
  );
}

function ZoomTools({ surface, scene }: { readonly surface: Surface; readonly scene: SceneInput }) {
  const window = useBoard((state) => state.window);
  const zone = useBoard((state) => state.board?.zone ?? 'UTC');
  const level = useLevel(surface, scene);
  const formats = formatsOf(zone);
  return (
    <>
      <div className="filter" role="group" aria-label={boardText.zoom}>
        {(Object.keys(levelText) as Level[]).map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === level}
            onClick={() => zoomToLevel(surface, name)}
          >
            {levelText[name]}
          </button>
        ))}
      </div>
      <span className="button-row board-zoom">
        <IconButton icon="minus" label={boardText.zoomOut} keys="−" onPress={() => surface.zoomBy(1 / 1.5)} />
        <IconButton icon="plus" label={boardText.zoomIn} keys="+" onPress={() => surface.zoomBy(1.5)} />
      </span>
      <Button onPress={() => surface.jumpTo(nowOnBoard())}>{boardText.now}</Button>
      {window ? (
        <span className="board-span muted">{`${formats.day(window.start)} – ${formats.day(window.end)}`}</span>
      ) : null}
    </>
  );
}

/** Follows the zoom, however it was changed. */
function useLevel(surface: Surface, scene: SceneInput): Level | null {
  const [level, setLevel] = useState<Level | null>(null);
  const { planned } = scene.layout;
  useEffect(
    () =>
      surface.onFrame(() =>
        setLevel(levelOf(surface.secondsPerPixel(), surface.size().width - HEAD_WIDTH, planned)),
      ),
    [surface, planned],
  );
  return level;
}
