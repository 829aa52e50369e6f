import { must } from '#shared/base/must.ts';
import '#test/e2e/board/harness.tsx';

/** The board as it is shipped, on the far end of a wire that lies in the page. */
window.subject = {
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
