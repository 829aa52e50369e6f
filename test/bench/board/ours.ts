import { must } from '#shared/base/must.ts';
import { startBoard } from '#test/e2e/board/page.tsx';

const mount = await startBoard();
const { useBoard } = await import('#renderer/state/board.ts');
await new Promise<void>((arrived) => {
  const look = (): unknown => useBoard.getState().board && arrived();
  useBoard.subscribe(look);
  look();
});

/** The board as it is shipped, on the far end of a wire that lies in the page. */
window.subject = {
  mount,
  board: () => window.harness.board(),
  replace: (bars) => window.harness.replace(bars),
  scroller: () => must(document.querySelector<HTMLElement>('#board-grid'), 'the scroller'),
  show(days) {
    const name = days === 1 ? 'Day' : '2 weeks';
    must(
      [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name),
      `the button ${name}`,
    ).click();
  },
};
