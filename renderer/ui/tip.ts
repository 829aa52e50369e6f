import { must } from '#shared/base/must.ts';
import './tip.css';

export type TipSide = 'bottom' | 'right' | 'left' | 'top';

/** The attributes by which a control says what it does, with its key; `followTips` shows it on hover and focus. */
export const tipOf = (text: string, keys?: string, side: TipSide = 'bottom') => ({
  'data-tip': text,
  'data-tip-keys': keys,
  'data-tip-side': side,
});

const DELAY_MILLIS = 400;
const OFFSET = 6;
const EDGE = 4;

/** One tip for the whole window, at the control on which the pointer rests or to which the keyboard has come. */
export function followTips(): void {
  const tip = document.createElement('div');
  tip.id = 'tip';
  tip.className = 'tip';
  tip.role = 'tooltip';
  tip.popover = 'manual';
  tip.dataset['reactAriaTopLayer'] = 'true'; // a dialog must not hide it
  document.body.append(tip);
  let control: HTMLElement | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function show(): void {
    if (!control?.isConnected) return;
    const { tip: words, tipKeys: keys } = control.dataset;
    tip.replaceChildren(must(words, 'The words of a tip'));
    if (keys !== undefined) {
      const written = document.createElement('kbd');
      written.textContent = keys;
      tip.append(written);
    }
    control.setAttribute('aria-describedby', tip.id);
    tip.showPopover();
    const { x, y } = placeOf(control, tip);
    tip.style.translate = `${x}px ${y}px`;
  }
  function leave(): void {
    clearTimeout(timer);
    tip.hidePopover();
    control?.removeAttribute('aria-describedby');
  }
  function turnTo(next: HTMLElement | null, delay: number): void {
    if (next === control) return;
    leave();
    control = next;
    if (next) timer = setTimeout(show, delay);
  }

  document.addEventListener('pointerover', ({ target, pointerType }) => {
    if (pointerType !== 'touch') turnTo(controlAt(target), DELAY_MILLIS);
  });
  document.documentElement.addEventListener('pointerleave', () => turnTo(null, 0));
  document.addEventListener('focusin', ({ target }) => {
    const next = controlAt(target);
    if (next?.matches(':focus-visible')) turnTo(next, 0);
  });
  document.addEventListener('focusout', () => turnTo(null, 0));
  // Whoever acts has read enough: the same control stays silent until the pointer or the focus comes back.
  document.addEventListener('pointerdown', leave, { capture: true });
  document.addEventListener('keydown', leave, { capture: true });
}

const controlAt = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-tip]:not(:disabled)') : null;

/** Pixels of the view: at the side that the control asks for, at the opposite one where there is no room. */
function placeOf(control: HTMLElement, { offsetWidth, offsetHeight }: HTMLElement): { x: number; y: number } {
  const { left, top, right, bottom, width, height } = control.getBoundingClientRect();
  const side = control.dataset['tipSide'] as TipSide;
  const [before, after, size, room] =
    side === 'top' || side === 'bottom'
      ? [top, bottom, offsetHeight, innerHeight]
      : [left, right, offsetWidth, innerWidth];
  const isAfter =
    side === 'bottom' || side === 'right' ? after + OFFSET + size <= room : before < OFFSET + size;
  const along = isAfter ? after + OFFSET : before - OFFSET - size;
  const across = (start: number, length: number, own: number, room: number): number =>
    Math.max(EDGE, Math.min(room - own - EDGE, start + (length - own) / 2));
  return side === 'top' || side === 'bottom'
    ? { x: across(left, width, offsetWidth, innerWidth), y: along }
    : { x: along, y: across(top, height, offsetHeight, innerHeight) };
}
