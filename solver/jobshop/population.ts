import { distance, type Individual } from './individual.ts';

/** Schedules that are good and differ. */
export class Population {
  readonly members: Individual[] = [];
  readonly #size: number;
  readonly #random: () => number;

  constructor(size: number, random: () => number) {
    this.#size = size;
    this.#random = random;
  }

  get isFull(): boolean {
    return this.members.length === this.#size;
  }

  /** Two different members; ask only when it is full. */
  parents(): readonly [Individual, Individual] {
    const { members } = this;
    const first = Math.floor(this.#random() * members.length);
    const second = (first + 1 + Math.floor(this.#random() * (members.length - 1))) % members.length;
    return [members[first], members[second]];
  }

  /** Takes the place of its like where there is one, else of the worst, and only if it is no worse. */
  add(individual: Individual): void {
    const { members } = this;
    let out = members.findIndex((member) => distance(member, individual) < ALIKE);
    if (out < 0 && !this.isFull) {
      members.push(individual);
      return;
    }
    if (out < 0) {
      out = 0;
      for (let k = 1; k < members.length; k += 1) if (members[k].makespan > members[out].makespan) out = k;
    }
    if (individual.makespan <= members[out].makespan) members[out] = individual;
  }
}

/** Two that differ in a smaller share than this are one. */
const ALIKE = 0.02;
