import type { BoardState } from '#shared/contract/views.ts';
import { DRAFT } from '#shared/domain/draft-scenario.ts';

/** What a board says where there are no scenarios but the draft and nothing has begun. */
export const ONLY_DRAFT: Pick<BoardState, 'scenario' | 'scenarios' | 'adherence' | 'overrides' | 'unseen'> = {
  adherence: null,
  overrides: { starts: 0, overridden: 0 },
  unseen: null,
  scenario: DRAFT,
  scenarios: [{ id: DRAFT, name: 'Draft', author: '', created: 0, assumes: null }],
};
