import type { Ask, CallName, Reply } from '#shared/contract/calls.ts';
import type { Fact } from '#shared/contract/facts.ts';
import type { Board } from '#shared/contract/views.ts';
import type * as WindowClient from './window-client.ts';
import { windowBrowser } from './browser.ts';
import type { Copies } from './copies.ts';

/** One planner's window: its own client, and its board as facts keep it. */
export class Window {
  readonly #client: typeof WindowClient;
  facts = 0;
  reads = 0;

  /** `changed` hears what of the board may be another one now. */
  constructor(
    address: string,
    copy: Copies<typeof WindowClient>,
    changed: (board: Board, fact: Fact) => void,
    closed: AbortSignal,
  ) {
    this.#client = copy(windowBrowser(address, closed));
    this.#client.station.facts((fact) => {
      this.facts += 1;
      const told = (): void => changed(this.board, fact);
      if (!this.#client.foldFact(fact)) {
        if (fact.kind === 'board.changed') told();
        return;
      }
      this.reads += 1;
      void this.#client.readBoard().then(told);
    });
  }

  async open(): Promise<void> {
    await this.#client.readBoard();
  }

  get board(): Board {
    const { board } = this.#client.useBoard.getState();
    if (!board) throw new Error('The window has not read its board.');
    return board;
  }

  ask<Name extends CallName>(name: Name, ask: Ask<Name>): Promise<Reply<Name>> {
    return this.#client.station.call(name, ask);
  }
}
