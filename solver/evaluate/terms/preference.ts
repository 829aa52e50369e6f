import type { TaskTerm } from './term.ts';

/** Points that the plant puts on choosing this unit rather than another. */
export const preference: TaskTerm = {
  name: 'Use the preferred units',
  weight: 'preference',
  per: 'point',
  penalty: ({ plan, modeFrom, modeUnit, modePenalty }, { unit }, task) => {
    const { preference: weight } = plan.weights;
    if (weight === 0) return 0;
    let mode = modeFrom[task];
    while (mode < modeFrom[task + 1] && modeUnit[mode] !== unit[task]) mode += 1;
    return mode < modeFrom[task + 1] ? weight * modePenalty[mode] : 0;
  },
};
