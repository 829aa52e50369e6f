import type { BoardState } from '#shared/contract/views.ts';
import { DRAFT } from '#shared/domain/draft-scenario.ts';

/** What a board says of its scenarios where there are none but the draft. */
export const ONLY_DRAFT: Pick<BoardState, 'scenario' | 'scenarios'> = {
  scenario: DRAFT,
  scenarios: [{ id: DRAFT, name: 'Draft', author: '', created: 0, assumes: null }],
};
