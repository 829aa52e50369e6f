import type { TaskId } from '#shared/domain/task.ts';
import type { Role } from '#shared/domain/role.ts';
import type { ImportReport } from '#shared/domain/import-report.ts';
import type { BoardBar, BoardRow, BoardState, SolveProgress, UnplacedTask } from './views.ts';

/** What happened, told to every window. A reply only says ok or why not; what changed comes as a fact. */
export type Fact =
  /** Some bars changed: an edit, an undo, a report from a line. */
  | {
      readonly kind: 'board.changed';
      readonly bars: readonly BoardBar[];
      readonly removed: readonly TaskId[];
      readonly unplaced: readonly UnplacedTask[];
      readonly rows: readonly BoardRow[];
      readonly state: BoardState;
    }
  /** So much changed (an import, an accepted proposal) that the board is to be read again. */
  | { readonly kind: 'board.replaced'; readonly revision: number }
  | { readonly kind: 'plant.imported'; readonly report: ImportReport }
  | { readonly kind: 'solve.progress'; readonly progress: SolveProgress }
  | {
      readonly kind: 'solve.ended';
      readonly outcome: 'proposal' | 'nothingBetter' | 'cancelled' | 'failed';
      readonly text: string;
    }
  /** A proposal waits that no solve has told of. */
  | { readonly kind: 'proposal.ready'; readonly text: string }
  | { readonly kind: 'proposal.closed' }
  | { readonly kind: 'version.published'; readonly number: number }
  | { readonly kind: 'queues.dispatched'; readonly units: readonly string[] }
  /** Something about a connection to an ERP: its age, its outbox, what waits to be accepted. */
  | { readonly kind: 'feeds.changed' }
  /** Something about a connection to lines: whether it stands, what was acknowledged. */
  | { readonly kind: 'links.changed' }
  /** A case was opened, decided or closed; those that were opened with their words. */
  | {
      readonly kind: 'cases.changed';
      readonly opened: readonly { readonly id: number; readonly text: string }[];
    }
  /** Accounts, or what the plant demands of them, are others now. */
  | { readonly kind: 'accounts.changed' }
  /** Who is at this window, told to it alone. */
  | { readonly kind: 'session.changed' }
  /** The record was checked or backed up, cannot be written, or can be again. */
  | { readonly kind: 'record.changed' }
  /** How lines get in: addresses, paired screens, codes. */
  | { readonly kind: 'lines.changed' }
  | {
      readonly kind: 'notice';
      readonly level: 'info' | 'warn' | 'error';
      readonly text: string;
      /** Only for these, where there are accounts. */
      readonly for?: Role;
    };

export type FactKind = Fact['kind'];
