import type { ScenarioId } from './scenario.ts';

/** The draft itself: the scenario that is always there, that alone is published. Apart from its schema, which the window does without. */
export const DRAFT = 0 as ScenarioId;
